using NetSim.Capture.Files;
using NetSim.Model.Input;

namespace NetSim.Capture.Live;

/// <summary>A live capture into a file: pcapng with an interface block for each interface and its counts, or a classic pcap for one interface when the name ends in .pcap.</summary>
public static class LiveFile
{
    /// <summary>Captures until the options or <paramref name="stop"/> end it, and returns the counts.</summary>
    /// <param name="capture">An open capture.</param>
    /// <param name="path">The file, which is replaced.</param>
    /// <param name="seen">Is told of every packet after it is written; null: nobody.</param>
    /// <param name="stop">Ends it; what is written so far is kept.</param>
    /// <exception cref="InputException">The file can't be written.</exception>
    public static IReadOnlyList<LiveCounts> Write(LiveCapture capture, string path, LivePacketHandler? seen, CancellationToken stop)
    {
        try
        {
            if (path.EndsWith(".pcap", StringComparison.Ordinal) && capture.Interfaces.Count == 1) WritePcap(capture, path, seen, stop);
            else WritePcapng(capture, path, seen, stop);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException(path, "", $"can't be written ({e.Message.TrimEnd('.')})");
        }
        return capture.Counts;
    }

    private static void WritePcap(LiveCapture capture, string path, LivePacketHandler? seen, CancellationToken stop)
    {
        var on = capture.Interfaces[0];
        using var writer = PcapWriter.Create(path, on.LinkType, (int)on.SnapLength);
        capture.Run((in CapturedPacket p) =>
        {
            writer.Write(p.UnixNanoseconds, p.Bytes, p.OriginalLength);
            seen?.Invoke(p);
        }, stop);
    }

    private static void WritePcapng(LiveCapture capture, string path, LivePacketHandler? seen, CancellationToken stop)
    {
        using var writer = PcapngWriter.Create(path);
        foreach (var i in capture.Interfaces) writer.AddInterface(i.Name, linkType: i.LinkType, snapLength: (int)i.SnapLength);
        long last = 0;
        capture.Run((in CapturedPacket p) =>
        {
            writer.Write(p.Interface, p.UnixNanoseconds, p.Bytes, p.OriginalLength);
            last = Math.Max(last, p.UnixNanoseconds);
            seen?.Invoke(p);
        }, stop);
        var counts = capture.Counts;
        for (int i = 0; i < counts.Count; i++) writer.WriteStatistics(i, last, counts[i].Received, counts[i].DroppedByInterface, counts[i].DroppedByKernel);
    }
}
