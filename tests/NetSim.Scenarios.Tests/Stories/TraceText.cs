using System.Text;
using System.Text.RegularExpressions;
using NetSim.Model.Tracing;
using NetSim.Wire.Inspection;
using NetSim.Workbench.Opening;

namespace NetSim.Scenarios.Tests.Stories;

/// <summary>A trace as a text to read: a line for each change of a table, and one for each packet with all that became of it.</summary>
internal static partial class TraceText
{
    public static string Of(Simulated run)
    {
        var lines = new List<StringBuilder>();
        var packets = new Dictionary<int, StringBuilder>();
        var changes = new Queue<string>(Encoding.UTF8.GetString(Runs.Json(run)).Split('\n').Where(l => l.Contains("\"change\":", StringComparison.Ordinal)));
        foreach (var e in run.Trace.Events())
        {
            if (e.Change is not null) lines.Add(new StringBuilder(Short(Number().Replace(changes.Dequeue(), "{"))));
            else Packet(run.Trace, e, lines, packets);
        }
        return string.Join('\n', lines) + "\n";
    }

    /// <summary>A file that a web server serves may be long.</summary>
    private static string Short(string line) => line.Length <= 1000 ? line : $"{line[..1000]}… {line.Length} characters";

    private static void Packet(Trace trace, TraceEvent e, List<StringBuilder> lines, Dictionary<int, StringBuilder> packets)
    {
        if (!packets.TryGetValue(e.Packet.Value, out var line))
        {
            packets[e.Packet.Value] = line = new StringBuilder($"{e.Time} packet {e.Packet}");
            lines.Add(line);
        }
        line.Append($" | {e.Place}: {Word(trace, e.Step!)}");
    }

    private static string Word(Trace trace, Step step) => step switch
    {
        Step.Originated s => $"from {s.Socket.Program}",
        Step.Received s => $"{(s.OnlyTap ? "tap " : "")}in {Frame(trace, s.Frame)}",
        Step.Transmitted s => $"out {Frame(trace, s.Frame)}",
        Step.Seen s => $"seen {Frame(trace, s.Frame)}",
        Step.Filtered s => $"{s.Detail.Table} {s.Detail.Chain} {s.Detail.RuleNumber} {s.Detail.Verdict}",
        Step.Translated s => $"{s.Detail.Before} becomes {s.Detail.After}",
        Step.Switched s => s.ToHost ? "to the host" : s.Port is null ? "to all ports" : $"to {s.Port.Interface}",
        Step.Routed s => $"route {s.Detail.Route}",
        Step.Delivered s => $"delivered to {s.Socket.Program}",
        Step.Dropped s => $"dropped {s.Reason}",
        _ => step.ToString(),
    };

    private static string Frame(Trace trace, int frame) => frame < 0 ? "" : FrameReading.Summarise(trace.Packets.Bytes(frame), trace.Packets.LinkType(frame)).Text;

    [GeneratedRegex(@"^\{""n"":\d+,")]
    private static partial Regex Number();
}
