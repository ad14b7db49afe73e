using NetSim.Analysis.Findings;

namespace NetSim.Analysis.Rules.Reach;

/// <summary>From 28 on a container's own address is not reachable from other hosts, published port or not; earlier engines let published ports through.</summary>
internal sealed class DirectRouting : ReachRule
{
    public override string Name => "direct-routing";

    public override string? Because(ReachCase c) => c.Question.From == "outside" && c.Maker == "direct-access-drop" ? "since Docker Engine 28 packets from other hosts to a container's own address are dropped in raw PREROUTING, for published ports too (27 let those through)" : null;

    public override string? Advice(ReachCase c) => "ask for the published port at the host's address; or make the network with -o com.docker.network.bridge.gateway_mode_ipv4=nat-unprotected, if direct routing is meant";
}
