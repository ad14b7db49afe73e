using NetSim.Analysis.Findings;
using NetSim.Analysis.Statistics;

namespace NetSim.Analysis.Rules.Tables;

/// <summary>A Docker network lies over a network that the host is connected or routed to: its addresses are not reached any more.</summary>
internal sealed class SubnetOverlap : Diagnosis
{
    public override string Name => "subnet-overlap";

    public override IEnumerable<Finding> Find(DiagnosisCase c)
    {
        if (c.Model?.Topology is not { } t || t.Find("host") is not { } host) yield break;
        foreach (var n in t.Networks.Where(n => n.Driver == "bridge"))
            foreach (var subnet in n.Subnets)
                foreach (var r in host.Routes.Routes.Where(r => !r.Destination.IsAll && r.Destination.Overlaps(subnet) && r.Interface != n.Interface && !t.Networks.Exists(o => o.Interface == r.Interface)))
                    yield return new(Name, Severity.Error, $"network {n.Name} has {subnet}, which lies over {r.Destination}, where the host reaches others by {r.Interface}{(r.Gateway is { } g ? $" (via {g})" : "")}: {(r.Destination.PrefixLength > subnet.PrefixLength ? "containers with those addresses are not reached" : "those others are not reached any more")}")
                    {
                        Evidence = [new(Table: "host routes", Row: r.ToString()), new(Table: $"network {n.Name}", Row: $"subnet {subnet}")],
                        Advice = $"make the network anew with a subnet that nobody uses: docker network create --subnet 10.123.0.0/24 {n.Name}; keep Docker off for good by default-address-pools in daemon.json",
                        Subject = $"{n.Name} {r.Destination}",
                    };
    }
}
