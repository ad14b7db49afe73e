using NetSim.Analysis.Findings;

namespace NetSim.Analysis.Rules.Reach;

/// <summary>The other end answers, and the answer takes another way, on which it is lost.</summary>
internal sealed class AnswerElsewhere : ReachRule
{
    public override string Name => "answer-lost";

    public override string? Because(ReachCase c) => c.Answer.Rule is null && c.Reason.StartsWith("the answer never comes back", StringComparison.Ordinal) ? c.Reason : null;

    public override string? Advice(ReachCase c) => "compare both directions: ip route get ADDRESS, at both ends and on the host";

    public override IEnumerable<Evidence> Rows(ReachCase c) => c.Topology.Find("host")?.Routes.Routes.Where(r => r.Gateway is not null && !r.Destination.IsAll).Select(r => new Evidence(Table: "host routes", Row: r.ToString())) ?? [];
}
