using NetSim.Analysis.Findings;
using NetSim.Analysis.Sightings;
using NetSim.Analysis.Statistics;

namespace NetSim.Analysis.Rules.Traffic;

/// <summary>TCP segments were sent again: frames are lost on the way.</summary>
internal sealed class SegmentsLost : Diagnosis
{
    public override string Name => "tcp-loss";

    public override IEnumerable<Finding> Find(DiagnosisCase c)
    {
        foreach (var same in FlowViews.Tcp(c))
        {
            var seen = same.MaxBy(f => f.Client.SentAgain + f.Server.SentAgain)!;
            long again = seen.Client.SentAgain + seen.Server.SentAgain, data = seen.Client.DataSegments + seen.Server.DataSegments;
            if (again == 0 || MtuBlackHole.Stuck(seen) is not null) continue;
            bool bad = again >= 3 && again * 200 >= data;
            var marks = seen.Server.Again.Concat(seen.Client.Again).Take(4).ToList();
            yield return new(Name, bad ? Severity.Warning : Severity.Note, $"{again} of {data} segments between {c.Ends.Told(seen.Key.Source)} and {c.Ends.Told(seen.Key.Destination, seen.Key.DestinationPort)} were sent again: {Where(c, same)}")
            {
                Evidence = [.. marks.Select(Evidence.Of), .. Faults(c)],
                Advice = "look for drops along the way (ip -s link, tc -s qdisc, ethtool -S) and for a link that is full or bad",
                Subject = $"{c.Ends.Owner(seen.Key.Source) ?? seen.Key.Source.ToString()} {seen.Key.Destination} {seen.Key.DestinationPort}",
            };
        }
    }

    /// <summary>Between the last point that shows more of them and the first that shows fewer.</summary>
    private static string Where(DiagnosisCase c, IReadOnlyList<SeenFlow> same)
    {
        bool server = same.Sum(f => f.Server.SentAgain) >= same.Sum(f => f.Client.SentAgain);
        // From the sender on: where the copies are fewer, some were lost before.
        var ordered = (server ? same.Reverse() : same).Select(f => (f.Point, Sent: (server ? f.Server : f.Client).DataSegments)).ToList();
        for (int i = 1; i < ordered.Count; i++)
            if (ordered[i].Sent < ordered[i - 1].Sent) return $"{ordered[i - 1].Sent - ordered[i].Sent} were lost between {ordered[i - 1].Point.Name} and {ordered[i].Point.Name}";
        var side = server ? same[0].Server : same[0].Client;
        return $"they were lost {(side.Again.Count > 0 ? "somewhere behind" : "before")} {ordered[^1].Point.Name}";
    }

    private static IEnumerable<Evidence> Faults(DiagnosisCase c) => c.Model is not { } m ? [] : m.Topology.Namespaces.SelectMany(n => n.Interfaces).SelectMany(i => i.Faults.Select(f => new Evidence(Table: $"faults of {i}", Row: f.Value.ToString())));
}
