using NetSim.Model.Tracing;
using NetSim.Wire.Inspection;

namespace NetSim.Workbench.Questions;

/// <summary>Which packets died in a span of time, where, and which row decided it.</summary>
internal static class DropStory
{
    /// <summary>A line for each conversation and cause: "tcp 172.18.0.2:49488 > 172.19.0.2:6379 dropped on host by raw PREROUTING, rule 1: …".</summary>
    public static IReadOnlyList<string> Between(Trace trace, SimTime began, SimTime ended)
    {
        var frames = new Dictionary<int, int>();
        var lines = new List<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (long n = FirstAt(trace, began); n < trace.Count && trace.Row(n) is var row && row.Time <= ended.Nanoseconds; n++)
        {
            if (TraceReading.FrameOf(row) is var frame and >= 0) frames[row.Packet] = frame;
            if (row.Kind != StepKind.Dropped || !IsTold((DropReason)row.A)) continue;
            string line = Whose(trace, frames.GetValueOrDefault(row.Packet, -1)) + Sentence(trace, row);
            if (seen.Add(line)) lines.Add(line);
        }
        return lines;
    }

    /// <summary>Where a packet died and what decided it, as a sentence without its subject.</summary>
    public static string Sentence(Trace trace, TraceRow row)
    {
        var place = trace.Places[row.Place];
        if (row.B < 0 || trace.Detail(row.B) is not FilterDetail rule) return $"dropped on {place}: {Words((DropReason)row.A)}";
        return rule.RuleNumber == 0
            ? $"dropped on {place} by the policy of {rule.Table} {rule.Chain}"
            : $"dropped on {place} by {rule.Table} {rule.Chain}, rule {rule.RuleNumber}: {rule.RuleText} ({rule.Origin})";
    }

    /// <summary>A refusal is told by the program that met it, and what was meant for others died nowhere.</summary>
    private static bool IsTold(DropReason reason) => reason is not (DropReason.OtherHost or DropReason.NoSocket or DropReason.NotWanted or DropReason.SamePort);

    private static string Whose(Trace trace, int frame) =>
        frame >= 0 && FrameReading.TryReadFlow(trace.Packets.Bytes(frame), trace.Packets.LinkType(frame), out var flow) ? $"{flow} " : "";

    /// <summary>"NoRoute" as "no route".</summary>
    private static string Words(DropReason reason) =>
        string.Concat(reason.ToString().Select((c, i) => !char.IsUpper(c) ? c.ToString() : i == 0 ? char.ToLowerInvariant(c).ToString() : $" {char.ToLowerInvariant(c)}"));

    private static long FirstAt(Trace trace, SimTime time)
    {
        long low = 0, high = trace.Count;
        while (low < high)
        {
            long middle = (low + high) / 2;
            if (trace.Row(middle).Time < time.Nanoseconds) low = middle + 1;
            else high = middle;
        }
        return low;
    }
}
