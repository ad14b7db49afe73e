using NetSim.Analysis.Findings;
using NetSim.Analysis.Statistics;
using NetSim.Model.Topology;

namespace NetSim.Analysis.Rules.Tables;

/// <summary>Containers send larger packets than the host's way out takes.</summary>
internal sealed class MtuMismatch : Diagnosis
{
    public override string Name => "mtu-mismatch";

    public override IEnumerable<Finding> Find(DiagnosisCase c)
    {
        if (c.Model?.Topology is not { } t || t.Find("host") is not { } host) yield break;
        if (host.Routes.Routes.Where(r => r.Destination.IsAll && r.Destination.Address.IsV4).Select(r => host.Find(r.Interface)).FirstOrDefault() is { } uplink)
            foreach (var n in t.Networks.Where(n => n is { Driver: "bridge", Internal: false }))
                if (Inside(t, n) is { } inner && inner.Mtu > uplink.Mtu)
                    yield return new(Name, Severity.Warning, $"containers on {n.Name} send packets of up to {inner.Mtu} bytes, and {uplink.Name} of the host takes {uplink.Mtu}: what is larger depends on ICMP, and vanishes where that is filtered")
                    {
                        Evidence = [new(Table: $"{inner.Namespace.Label} links", Row: $"{inner.Name} mtu {inner.Mtu}"), new(Table: "host links", Row: $"{uplink.Name} mtu {uplink.Mtu}")],
                        Advice = $"make the network with the MTU of the way: docker network create -o com.docker.network.driver.mtu={uplink.Mtu} {n.Name} (\"mtu\" in daemon.json for the default bridge)",
                        Subject = n.Name,
                    };
        foreach (var i in t.Namespaces.SelectMany(s => s.Interfaces).Where(i => i is { Kind: InterfaceKind.Veth, Peer: not null } && i.Namespace.Kind != NamespaceKind.Outside && i.Peer!.Namespace.Kind != NamespaceKind.Outside && i.Mtu > i.Peer!.Mtu))
            yield return new("mtu-black-hole", Severity.Error, $"{i} sends packets of up to {i.Mtu} bytes over a cable whose other end, {i.Peer}, takes {i.Peer!.Mtu}: larger ones vanish without a word")
            {
                Evidence = [new(Table: $"{i.Namespace.Label} links", Row: $"{i.Name} mtu {i.Mtu}"), new(Table: $"{i.Peer.Namespace.Label} links", Row: $"{i.Peer.Name} mtu {i.Peer.Mtu}")],
                Commands = i.Peer.Namespace.Key == "host" ? [$"ip link set {i.Peer.Name} mtu {i.Mtu}"] : [],
                Subject = i.ToString(),
            };
    }

    /// <summary>MTUs that differ along the way, as rows.</summary>
    internal static IEnumerable<Evidence> Rows(DiagnosisCase c)
    {
        if (c.Model?.Topology is not { } t) return [];
        var small = t.Namespaces.SelectMany(s => s.Interfaces).Where(i => i.Kind != InterfaceKind.Loopback && i.Mtu < 1500);
        return small.Take(2).Select(i => new Evidence(Table: $"{i.Namespace.Label} links", Row: $"{i.Name} mtu {i.Mtu}"));
    }

    private static Interface? Inside(Topology t, NetworkFacts n) => t.Endpoints.Where(e => e.Network == n.Name).Select(e => t.Find(e.Namespace)?.Find(e.Interface)).FirstOrDefault(i => i is not null);
}
