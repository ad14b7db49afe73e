using NetSim.Analysis.Explanation;
using NetSim.Analysis.Findings;
using NetSim.Model.Topology;

namespace NetSim.Analysis.Rules.Reach;

/// <summary>A macvlan child and its parent's host do not see each other.</summary>
internal sealed class MacvlanHost : ReachRule
{
    public override string Name => "macvlan-host";

    public override string? Because(ReachCase c)
    {
        if (c.Answer.Disposition is not (Disposition.Unreachable or Disposition.Dropped)) return null;
        var child = c.Question.From == "host" ? c.Target : IsHosts(c) ? c.Sender : null;
        return child is not null && Network(c, child.Name) is { } n ? $"{child.Name} is on {n.Name}, a {n.Driver} network: what shares {n.Interface} with the host reaches all but the host itself" : null;
    }

    public override string? Advice(ReachCase c) => "give the host a macvlan of its own on the same parent (ip link add shim link PARENT type macvlan mode bridge) and route the container by it";

    public override IEnumerable<Evidence> Rows(ReachCase c) => c.Topology.Networks.Where(n => n.Driver is "macvlan" or "ipvlan").Select(n => new Evidence(Table: $"network {n.Name}", Row: $"driver {n.Driver}, parent {n.Interface}"));

    private static bool IsHosts(ReachCase c) => c.Question.To == "host" || c.Topology.Find("host")?.Interfaces.Exists(i => i.Addresses.Exists(a => a.Address.ToString() == c.Question.To)) == true;

    private static NetworkFacts? Network(ReachCase c, string container) => c.NetworksOf(container).Select(c.Network).FirstOrDefault(n => n is { Driver: "macvlan" or "ipvlan" });
}
