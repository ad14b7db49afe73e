using NetSim.Model.Tracing;

namespace NetSim.Simulation.Programs.Hosting;

/// <summary>The files of a container (or the host, or outside): what was written during the run, else what the image ships.</summary>
internal sealed class OwnedFiles(Simulator simulator, string owner, ImagePrograms? image, Func<string, string?> kernel) : IFiles
{
    /// <summary>As much of /dev/zero as a program may ask for here.</summary>
    private static readonly string Zeros = new('\0', 1 << 20);

    public string? Read(string path)
    {
        if (path == "/dev/null") return "";
        if (path == "/dev/zero") return Zeros;
        if ((path.StartsWith("/proc/sys/", StringComparison.Ordinal) || path == "/proc/net/arp" || path.StartsWith("/sys/", StringComparison.Ordinal)) && kernel(path) is { } value) return value;
        return simulator.Topology.Files.TryGetValue((owner, path), out string? text) ? text : image?.Files.GetValueOrDefault(path);
    }

    public IReadOnlyList<string> Paths()
    {
        var paths = new SortedSet<string>(image?.Files.Keys ?? [], StringComparer.Ordinal);
        foreach (var ((by, path), text) in simulator.Topology.Files)
            if (by == owner && text is not null) paths.Add(path);
        return [.. paths];
    }

    public void Remove(string path) => simulator.Apply(new Change.FileWritten(owner, path, null) { Origin = Origin.NotDockers });

    public void Write(string path, string text)
    {
        if (path != "/dev/null") simulator.Apply(new Change.FileWritten(owner, path, text) { Origin = Origin.NotDockers });
    }
}
