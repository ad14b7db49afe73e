using NetSim.Model.Netfilter;

namespace NetSim.Docker.Firewall.Nftables;

/// <summary>Containers of a routed network answer ping. From 29.
/// Source: moby docker-v29.7.2 daemon/libnetwork/drivers/bridge/internal/nftabler/network.go configure (ICMP).</summary>
internal sealed class NftRoutedIcmp : FirewallRule
{
    public override string Name => "routed-icmp";

    public override IEnumerable<FirewallLine> OfNetwork(FirewallView view, FirewallNetwork network)
    {
        if (network.Internal || view.Mode(network) != GatewayMode.Routed) yield break;
        yield return view.Nft(NftChains.In(network), $"{(view.Family == IpFamily.V4 ? "ip protocol icmp" : "meta l4proto ipv6-icmp")} counter accept comment \"ICMP\"", "gateway_mode=routed");
    }
}
