using NetSim.Analysis.Explanation;
using NetSim.Analysis.Findings;
using NetSim.Analysis.Rules.Reach;
using NetSim.Analysis.Sightings;
using NetSim.Analysis.Statistics;

namespace NetSim.Analysis.Rules.Traffic;

/// <summary>Nobody answers when an address is asked for.</summary>
internal sealed class ArpUnanswered : Diagnosis
{
    public override string Name => "arp-unanswered";

    public override IEnumerable<Finding> Find(DiagnosisCase c)
    {
        foreach (var p in c.Points)
        {
            var silent = p.Arps.Values.Where(a => !a.IsAnswered && a.Times >= 3 && !p.Claims.Keys.Any(k => k.Item1 == a.Target)).ToList();
            if (silent.Count > 6) continue;
            foreach (var a in silent)
            {
                string from = c.Ends.Sender(a.Asker) ?? a.Asker.ToString();
                if (c.IsIntended(from, a.Target.ToString())) continue;
                // Without a model it means something only where answers to this asker are seen.
                if (Predicted(c, a, from) is { } named) yield return named;
                else if (p.Arps.Values.Any(o => o.Asker == a.Asker && o.IsAnswered)) yield return new(Name, Severity.Note, $"{from} asks {a.Times} times who has {c.Ends.Told(a.Target)}, and nobody answers") { Evidence = [Evidence.Of(a.First), Evidence.Of(a.Last)], Subject = $"{from} {a.Target}" };
            }
        }
    }

    private static Finding? Predicted(DiagnosisCase c, SeenArp a, string from)
    {
        if (c.Model is not { } m || from != "host" && !m.Topology.Containers.Exists(x => x.Name == from && x.State == "running")) return null;
        var answer = m.Explain(new(from, a.Target.ToString(), null, AskedProtocol.Icmp));
        return answer.Disposition != Disposition.Unreachable ? null : ReachNaming.Of(answer, m.Topology, [Evidence.Of(a.First), Evidence.Of(a.Last)]) with { Subject = $"{from} {a.Target}", Predicted = $"unreachable by the model too: {answer.Reason}" };
    }
}
