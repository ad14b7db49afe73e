using NetSim.Analysis.Explanation;
using NetSim.Analysis.Findings;
using NetSim.Model.Addressing;
using NetSim.Model.Topology;

namespace NetSim.Analysis.Rules.Reach;

/// <summary>An address that no container has any more.</summary>
internal sealed class StaleAddress : ReachRule
{
    public override string Name => "stale-address";

    public override string? Because(ReachCase c) => c.Answer.Disposition == Disposition.Unreachable && IpAddress.TryParse(c.Question.To, out var a) && c.Target is null && Network(c, a) is { } n && c.Topology.Namespaces.All(s => s.Interfaces.TrueForAll(i => i.Addresses.TrueForAll(x => x.Address != a)))
        ? $"nobody has {a} on network {n.Name}" : null;

    public override string? Advice(ReachCase c) => "ask for a container by its name, which follows it to every new address";

    public override IEnumerable<Evidence> Rows(ReachCase c) => [new(Table: "leases", Row: $"none for {c.Question.To}")];

    private static NetworkFacts? Network(ReachCase c, IpAddress a) => c.Topology.Networks.Find(n => n.Driver == "bridge" && n.Subnets.Any(s => s.Contains(a)));
}
