using NetSim.Analysis.Reading;
using NetSim.Analysis.Sightings;
using NetSim.Capture.Correlation;
using NetSim.Capture.Files;
using NetSim.Model.Tracing;
using NetSim.Wire.Decoding;
using NetSim.Workbench.Analysing;
using NetSim.Workbench.Exporting;

namespace NetSim.Workbench.Diagnosing;

/// <summary>Reads packets of captures, or of a run, into a book for a diagnosis.</summary>
internal static class TrafficReading
{
    /// <summary>How evidence calls the file that `netsim run --pcapng` writes.</summary>
    public const string RunFile = "run.pcapng";

    /// <summary>Reads a capture to its end or damage.</summary>
    /// <param name="book">Takes the packets.</param>
    /// <param name="reader">The capture.</param>
    /// <param name="placeOf">Where an interface of a file is, as far as that is known.</param>
    /// <param name="warnings">Takes what the user should know.</param>
    /// <param name="stop">Ends the reading.</param>
    public static void Read(TrafficBook book, CaptureReader reader, Func<CaptureInterface, Place?> placeOf, List<string> warnings, CancellationToken stop)
    {
        var points = new List<ObservationPoint>();
        var join = new SightingJoin();
        long number = 0;
        while (reader.TryNext(out var packet))
        {
            if (++number % 65536 == 0) stop.ThrowIfCancellationRequested();
            while (points.Count <= packet.Interface) points.Add(book.AddPoint(reader.FileName, placeOf(reader.Interfaces[points.Count])));
            int link = reader.Interfaces[packet.Interface].LinkType;
            bool cooked = link is LinkTypes.LinuxSll or LinkTypes.LinuxSll2;
            book.Add(points[packet.Interface], number, new SeenPacket
            {
                Bytes = packet.Bytes,
                OriginalLength = packet.OriginalLength,
                UnixNanoseconds = packet.UnixNanoseconds,
                HasTime = packet.HasTime,
                LinkType = link,
                Interface = packet.Interface,
                IsRepeated = cooked && join.IsRepeated(packet.Bytes, link, packet.UnixNanoseconds, CaptureFeed.PointOf(packet, link), CaptureFeed.IsOutbound(packet, link)),
            });
        }
        if (reader.Damage is { } damage) warnings.Add($"{damage}; the {number:#,0} packets before it are looked at");
    }

    /// <summary>Reads the frames of a run, numbered as its pcapng has them.</summary>
    public static void Read(TrafficBook book, ITraceReader trace)
    {
        var points = new Dictionary<int, ObservationPoint>();
        var bytes = new byte[1 << 17];
        long number = 0;
        foreach (var (_, row) in trace.Rows())
        {
            if (!TracePcapng.IsShown(trace, row)) continue;
            if (!points.TryGetValue(row.Place, out var point)) points.Add(row.Place, point = book.AddPoint(RunFile, trace.Places[row.Place]));
            int length = trace.Packets.Read(row.B, bytes);
            book.Add(point, ++number, new SeenPacket { Bytes = bytes.AsSpan(0, length), OriginalLength = trace.Packets.OriginalLength(row.B), UnixNanoseconds = row.Time, HasTime = true, LinkType = LinkTypes.Ethernet, Interface = point.Number });
        }
    }
}
