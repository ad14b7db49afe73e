using NetSim.Analysis.Findings;
using NetSim.Analysis.Statistics;

namespace NetSim.Analysis.Rules.Tables;

/// <summary>Rules that the engine would have written are not there.</summary>
internal sealed class MissingRules : Diagnosis
{
    public override string Name => "rules-missing";

    public override IEnumerable<Finding> Find(DiagnosisCase c)
    {
        var rules = c.Missing.Where(m => m.Kind == "rule").ToList();
        if (rules.Count == 0 || c.Model is { } model && Reach.RulesFlushed.IsFlushed(model.Topology)) yield break;
        yield return new(Name, Severity.Note, $"{rules.Count} {(rules.Count == 1 ? "rule" : "rules")} that the engine writes {(rules.Count == 1 ? "is" : "are")} not there, such as that of {rules[0].Origin} in {rules[0].Table}")
        {
            Evidence = [.. rules.Take(4).Select(m => new Evidence(Table: m.Table, Row: $"missing: {m.Row}"))],
            Commands = ["systemctl restart docker"],
            Subject = "rules",
        };
    }
}
