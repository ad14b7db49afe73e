using NetSim.Analysis.Findings;

namespace NetSim.Analysis.Rules.Reach;

/// <summary>FORWARD drops by its policy what no rule accepts, and no rule of Docker accepts it.</summary>
internal sealed class ForwardClosed : ReachRule
{
    public override string Name => "forward-policy-drop";

    public override string? Because(ReachCase c) => c.Answer.Rule is { RuleNumber: 0, Table: "filter", Chain: "FORWARD" } && c.Topology.Find("host")?.Rules.Find("filter")?.Chain("DOCKER") is null
        ? "the policy of FORWARD on the host is DROP, which another tool set, and no rule of Docker accepts it (iptables is off in daemon.json)" : null;

    public override IReadOnlyList<string> Commands(ReachCase c) => ["iptables -P FORWARD ACCEPT"];
}
