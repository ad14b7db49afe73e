using NetSim.Model.Tracing;

namespace NetSim.Simulation.Programs.Hosting;

/// <summary>The files of a container (or the host, or outside): what was written during the run, else what the image ships.</summary>
internal sealed class OwnedFiles(Simulator simulator, string owner, ImagePrograms? image) : IFiles
{
    public string? Read(string path)
    {
        if (path == "/dev/null") return "";
        return simulator.Topology.Files.TryGetValue((owner, path), out string? text) ? text : image?.Files.GetValueOrDefault(path);
    }

    public void Write(string path, string text)
    {
        if (path != "/dev/null") simulator.Apply(new Change.FileWritten(owner, path, text) { Origin = Origin.NotDockers });
    }
}
