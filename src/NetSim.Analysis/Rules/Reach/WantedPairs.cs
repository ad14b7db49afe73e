using NetSim.Analysis.Explanation;
using NetSim.Analysis.Findings;
using NetSim.Analysis.Statistics;
using NetSim.Model.Topology;

namespace NetSim.Analysis.Rules.Reach;

/// <summary>Pairs that people want and that fail by the model's word: published ports, and what steps, links and settings name.</summary>
internal sealed class WantedPairs : Diagnosis
{
    public override string Name => "wanted-pairs";

    public override IReadOnlyList<string> Names => ["unreachable"];

    public override IEnumerable<Finding> Find(DiagnosisCase c)
    {
        if (c.Model is not { } model) yield break;
        foreach (var wanted in Published(model.Topology).Concat(c.Wanted))
        {
            if (c.IsIntended(wanted.Question.From, wanted.Question.Target) || Ask(model, wanted.Question) is not { } answer) continue;
            if (answer.Disposition is Disposition.Delivered or Disposition.Unknown) continue;
            var finding = ReachNaming.Of(answer, model.Topology, [wanted.Evidence]);
            // A port that is published, where nobody listens and nobody was seen to ask, may be meant for later.
            if (finding.Rule is "nothing-listens" && wanted.Why.Contains(" publishes ", StringComparison.Ordinal)) finding = finding with { Severity = c.Traffic is null ? Severity.Warning : Severity.Note };
            yield return finding with { Predicted = $"{wanted.Why}; by the model it is {answer.Disposition.ToString().ToLowerInvariant()}: {answer.Reason}" };
        }
    }

    private static Explanation.Explanation? Ask(Explainer model, Question question)
    {
        try
        {
            return model.Explain(question);
        }
        catch (Model.Input.InputException)
        {
            return null; // an end that is gone
        }
    }

    private static IEnumerable<WantedPair> Published(Topology t)
    {
        foreach (var c in t.Containers.Where(c => c.State == "running" && c.Namespace.Length > 0))
            foreach (var p in c.Published.Where(p => p.Protocol is "tcp" or "udp" && p.HostAddress.IsV4))
                yield return new(new(p.HostAddress.IsLoopback ? "host" : "outside", p.HostAddress.IsAny ? "host" : p.HostAddress.ToString(), p.HostPort, p.Protocol == "udp" ? AskedProtocol.Udp : AskedProtocol.Tcp),
                    $"{c.Name} publishes {p.HostPort}->{p.ContainerPort}/{p.Protocol}", new(Table: $"published ports of {c.Name}", Row: $"{p.HostAddress}:{p.HostPort} -> {p.ContainerPort}/{p.Protocol}"));
    }
}
