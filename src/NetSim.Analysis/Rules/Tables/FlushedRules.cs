using NetSim.Analysis.Findings;
using NetSim.Analysis.Statistics;

namespace NetSim.Analysis.Rules.Tables;

/// <summary>Docker's rules are gone, whether or not anybody was seen to suffer.</summary>
internal sealed class FlushedRules : Diagnosis
{
    public override string Name => "rules-flushed";

    public override IEnumerable<Finding> Find(DiagnosisCase c)
    {
        if (c.Model is not { } model || !Reach.RulesFlushed.IsFlushed(model.Topology)) yield break;
        yield return new(Name, Severity.Error, "Docker's own rules are gone from the firewall of the host: somebody flushed or replaced it after the engine had started; published ports, the way out and the walls between networks do not work as they should")
        {
            Evidence = [new(Table: "host iptables", Row: "no rule of Docker in filter or in nat"), .. c.Missing.Where(m => m.Kind == "rule").Take(2).Select(m => new Evidence(Table: m.Table, Row: $"missing: {m.Row}"))],
            Commands = ["systemctl restart docker"],
            Advice = "the engine writes its rules anew when it starts; let the other tool leave the tables filter and nat alone",
            Subject = "rules",
        };
    }
}
