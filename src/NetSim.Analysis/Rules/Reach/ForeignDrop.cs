using NetSim.Analysis.Findings;

namespace NetSim.Analysis.Rules.Reach;

/// <summary>A rule that Docker did not make drops or rejects it.</summary>
internal sealed class ForeignDrop : ReachRule
{
    public override string Name => "foreign-drop";

    public override string? Because(ReachCase c) => c.Answer.Rule is { RuleNumber: > 0 } rule && rule.Origin.Rule.Length == 0 && c.Answer.DecidedIn is "host" ? $"rule {rule.RuleNumber} of {rule.Table} {rule.Chain} on the host, which Docker did not make, ends it: {rule.RuleText}" : null;

    public override IReadOnlyList<string> Commands(ReachCase c) => [$"iptables {(c.Answer.Rule!.Table == "filter" ? "" : $"-t {c.Answer.Rule.Table} ")}-D {c.Answer.Rule.Chain} {c.Answer.Rule.RuleText}"];

    public override string? Advice(ReachCase c) => "take that rule away, or accept this pair before it in DOCKER-USER";
}
