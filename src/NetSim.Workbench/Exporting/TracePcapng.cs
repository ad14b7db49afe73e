using NetSim.Capture.Files;
using NetSim.Model.Topology;
using NetSim.Model.Tracing;

namespace NetSim.Workbench.Exporting;

/// <summary>A trace as one pcapng file: an interface block for each interface, named "namespace:interface", its frames in order of time.</summary>
public static class TracePcapng
{
    private const string Comment = "written by NetSim; each interface is one block, so look at one at a time: frame.interface_id == N";

    /// <summary>Writes all frames that interfaces received or transmitted.</summary>
    public static void Write(ITraceReader trace, long zeroUnixNanoseconds, Stream target)
    {
        using var writer = new PcapngWriter(target, Comment);
        var numbers = new Dictionary<int, int>();
        var macs = Macs(trace);
        foreach (int place in Shown(trace))
        {
            var p = trace.Places[place];
            numbers.Add(place, writer.AddInterface($"{p.Namespace}:{p.Interface}", "", macs.TryGetValue(p, out var mac) ? mac : null));
        }
        var bytes = new byte[1 << 17];
        foreach (var (_, row) in trace.Rows())
        {
            if (!IsShown(trace, row)) continue;
            int length = trace.Packets.Read(row.B, bytes);
            writer.Write(numbers[row.Place], zeroUnixNanoseconds + row.Time, bytes.AsSpan(0, length), trace.Packets.OriginalLength(row.B), row.Kind == StepKind.Seen ? null : row.Kind == StepKind.Transmitted);
        }
    }

    /// <summary>Is the row a frame that the file holds?</summary>
    internal static bool IsShown(ITraceReader trace, TraceRow row) =>
        row.Kind is StepKind.Received or StepKind.Transmitted or StepKind.Seen && row.B >= 0 && trace.Places[row.Place].Interface is not null;

    private static IEnumerable<int> Shown(ITraceReader trace)
    {
        var seen = new HashSet<int>();
        foreach (var (_, row) in trace.Rows())
            if (IsShown(trace, row) && seen.Add(row.Place)) yield return row.Place;
    }

    private static Dictionary<Place, Model.Addressing.MacAddress> Macs(ITraceReader trace)
    {
        var topology = Topology.At(trace, new SimTime(long.MaxValue));
        return topology.Namespaces.SelectMany(n => n.Interfaces).GroupBy(i => new Place(i.Namespace.Key, i.Name)).ToDictionary(g => g.Key, g => g.First().Mac);
    }
}
