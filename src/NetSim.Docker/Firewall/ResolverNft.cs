using NetSim.Model.Naming;
using NetSim.Model.Netfilter;
using NetSim.Model.Tracing;

namespace NetSim.Docker.Firewall;

/// <summary>In a container's own namespace, as <see cref="ResolverNat"/>, but in the table "ip docker-dns" of nft. From 29 with the nftables backend.
/// Source: moby docker-v29.7.2 daemon/libnetwork/resolver_unix.go setupNftablesNAT.</summary>
internal static class ResolverNft
{
    private const string Table = "ip docker-dns", To = "dns-dnat", From = "dns-snat";

    /// <summary>The changes in the container's namespace.</summary>
    public static List<Change> Of(ResolverSpec resolver)
    {
        var origin = new Origin($"container {resolver.Namespace}", "", "resolver-nat");
        return
        [
            Chain(To, new("nat", Hook.Output, -100)),
            Chain(From, new("nat", Hook.Postrouting, 100)),
            Line(To, $"ip daddr 127.0.0.11 udp dport 53 counter dnat to 127.0.0.11:{resolver.UdpPort}"),
            Line(To, $"ip daddr 127.0.0.11 tcp dport 53 counter dnat to 127.0.0.11:{resolver.TcpPort}"),
            Line(From, $"ip saddr 127.0.0.11 udp sport {resolver.UdpPort} counter snat to :53"),
            Line(From, $"ip saddr 127.0.0.11 tcp sport {resolver.TcpPort} counter snat to :53"),
        ];

        Change Chain(string name, ChainPlace place) => new Change.ChainSet(resolver.Namespace, IpFamily.V4, Table, name, "ACCEPT") { Asked = place, Origin = origin };

        Change Line(string chain, string text) => new Change.RuleAdded(resolver.Namespace, IpFamily.V4, Table, chain, null, NftRuleText.Parse(text) with { Origin = origin }) { Origin = origin };
    }
}
