using NetSim.Capture.Files;
using NetSim.Model.Tracing;

namespace NetSim.Workbench.Diagnosing;

/// <summary>Where captures were taken: by the list of a recorded folder, the name of the file or of the interface.</summary>
internal static class FileNames
{
    /// <summary>The place of an interface of a capture; null when nothing tells it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="device">What the file says of the interface.</param>
    /// <param name="known">Places by the end of a path: "pcap/host.docker0.pcap".</param>
    public static Place? Of(string path, CaptureInterface device, IReadOnlyDictionary<string, Place> known)
    {
        string plain = path.Replace('\\', '/');
        foreach (var (file, place) in known)
            if (plain.EndsWith("/" + file, StringComparison.Ordinal) || plain == file) return place;
        // As NetSim writes interfaces: "web:eth0".
        if (device.Name.Split(':') is [{ Length: > 0 } space, { Length: > 0 } name]) return new(space, name);
        string stem = Path.GetFileNameWithoutExtension(plain);
        return stem.Split('.') switch
        {
            ["ctr", var container, .. var rest] when rest.Length > 0 => new(container, string.Join('.', rest)),
            ["host", .. var rest] when rest.Length > 0 => new("host", string.Join('.', rest)),
            ["veth", var container, ..] => new("host", $"veth of {container}"),
            _ => device.Name.Length > 0 && device.Name != "any" ? new("", device.Name) : null,
        };
    }
}
