using NetSim.Model.Input;
using NetSim.Model.Topology;
using NetSim.Model.Tracing;

namespace NetSim.Workbench.Opening;

/// <summary>Opens what is known of a real host: a directory or .zip with docker's network-inspect.json and container-inspect.json, which are enough, and, where there,
/// host.json, host-iptables.txt, host-ip6tables.txt, containers/NAME.json and captures.json.</summary>
public static class BundleOpening
{
    /// <summary>Is it a bundle?</summary>
    public static bool IsBundle(string path) => BundleFolder.IsBundle(path);

    /// <summary>Reads a bundle.</summary>
    /// <exception cref="InputException">It lacks what is needed, or a file is not what it should be.</exception>
    public static OpenedBundle Read(string path)
    {
        var folder = BundleFolder.Open(path);
        var build = new BundleBuild(folder);
        var changes = build.Changes();
        var files = Directory.Exists(path) ? CapturePointList.Read(path)?.Files : null;
        return new(changes, files ?? new Dictionary<string, Place>(StringComparer.Ordinal), build.Warnings);
    }
}

/// <summary>A bundle, opened.</summary>
/// <param name="Changes">What builds its topology, from nothing.</param>
/// <param name="Files">Where each capture of it was taken, by its path in the bundle: "pcap/host.docker0.pcap".</param>
/// <param name="Warnings">What had to be guessed, each a sentence.</param>
public sealed record OpenedBundle(IReadOnlyList<Change> Changes, IReadOnlyDictionary<string, Place> Files, IReadOnlyList<string> Warnings)
{
    /// <summary>The topology of the host as it was.</summary>
    public Topology Topology()
    {
        var topology = new Topology();
        foreach (var c in Changes) topology.Apply(c);
        return topology;
    }
}
