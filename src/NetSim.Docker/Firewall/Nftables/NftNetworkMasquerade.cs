using NetSim.Model.Netfilter;

namespace NetSim.Docker.Firewall.Nftables;

/// <summary>What leaves a network by another interface gets the host's address; com.docker.network.host_ipv4 and host_ipv6 name it. From 29.
/// Source: moby docker-v29.7.2 daemon/libnetwork/drivers/bridge/internal/nftabler/network.go configure (Masquerade / SNAT).</summary>
internal sealed class NftNetworkMasquerade : FirewallRule
{
    public override string Name => "network-masquerade";

    public override IEnumerable<FirewallLine> OfNetwork(FirewallView view, FirewallNetwork network)
    {
        if (network.Internal || !network.Masquerade || view.Mode(network) == GatewayMode.Routed) yield break;
        var (verdict, comment) = Target(view, network);
        yield return view.Nft(NftChains.NatOut(network), $"oifname != \"{network.Bridge}\" {view.Ip} saddr {view.Pool(network)} counter {verdict} comment \"{comment}\"");
    }

    /// <summary>"masquerade", or "snat to" the address that the network's option names; and the word of the comment.</summary>
    public static (string Verdict, string Comment) Target(FirewallView view, FirewallNetwork network) =>
        (view.Family == IpFamily.V4 ? network.HostIpv4 : network.HostIpv6) is { } host ? ($"snat to {host}", "SNAT") : ("masquerade", "MASQUERADE");
}
