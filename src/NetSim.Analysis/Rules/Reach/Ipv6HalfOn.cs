using NetSim.Analysis.Explanation;
using NetSim.Analysis.Findings;
using NetSim.Model.Addressing;

namespace NetSim.Analysis.Rules.Reach;

/// <summary>An IPv6 address, and no IPv6 on the way.</summary>
internal sealed class Ipv6HalfOn : ReachRule
{
    public override string Name => "ipv6-half-on";

    public override string? Because(ReachCase c) => c.Answer.Disposition is Disposition.Unreachable or Disposition.Dropped && c.Answer.Rule is null && IpAddress.TryParse(c.Question.To, out var a) && a.IsV6 ? $"IPv6 is on by half: {c.Reason}" : null;

    public override string? Advice(ReachCase c) => "make the network with --ipv6 and a subnet that is routed, or take the IPv6 address out of DNS";
}
