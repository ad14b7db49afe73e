using NetSim.Capture.Files;

namespace NetSim.Tests.Capture;

/// <summary>The captures of the repository, for tests.</summary>
internal static class Samples
{
    /// <summary>All captures, by name, in order.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. Directory.GetFiles(Path.Combine(Folder.Top, "captures")).Select(f => Path.GetFileName(f)).Where(f => f != "README.md").Order(StringComparer.Ordinal)];

    /// <summary>Where a capture lies.</summary>
    public static string PathOf(string name) => Path.Combine(Folder.Top, "captures", name);

    /// <summary>A packet of a capture in memory of its own.</summary>
    internal sealed record Packet(int Interface, long UnixNanoseconds, byte[] Bytes, int OriginalLength, bool? Outbound = null);

    /// <summary>All packets up to the end or damage.</summary>
    public static List<Packet> ReadAll(CaptureReader reader)
    {
        var packets = new List<Packet>();
        while (reader.TryNext(out var p)) packets.Add(new(p.Interface, p.UnixNanoseconds, p.Bytes.ToArray(), p.OriginalLength, p.Outbound));
        return packets;
    }

    /// <summary>All packets of bytes that are a capture file.</summary>
    public static List<Packet> ReadAll(byte[] file)
    {
        using var reader = CaptureReader.Open(new MemoryStream(file), "test.pcap");
        return ReadAll(reader);
    }
}
