namespace NetSim.Docker.Firewall.Nftables;

/// <summary>--internal: nothing leaves the network and nothing comes in, but for the host itself. From 29.
/// Source: moby docker-v29.7.2 daemon/libnetwork/drivers/bridge/internal/nftabler/network.go configure (INTERNAL NETWORK INGRESS, EGRESS).</summary>
internal sealed class NftInternalNetwork : FirewallRule
{
    public override string Name => "internal-network";

    public override IEnumerable<FirewallLine> OfNetwork(FirewallView view, FirewallNetwork network)
    {
        if (!network.Internal) yield break;
        yield return view.Nft(NftChains.In(network), $"iifname != \"{network.Bridge}\" counter drop comment \"INTERNAL NETWORK INGRESS\"", "--internal");
        yield return view.Nft(NftChains.Out(network), $"oifname != \"{network.Bridge}\" counter drop comment \"INTERNAL NETWORK EGRESS\"", "--internal");
    }
}
