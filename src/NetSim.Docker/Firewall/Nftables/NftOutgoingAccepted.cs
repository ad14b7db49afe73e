namespace NetSim.Docker.Firewall.Nftables;

/// <summary>What a network's containers send out is let through (unless the network that it goes to has refused it: that one is asked first). From 29.
/// Source: moby docker-v29.7.2 daemon/libnetwork/drivers/bridge/internal/nftabler/network.go configure (OUTGOING).</summary>
internal sealed class NftOutgoingAccepted : FirewallRule
{
    public override string Name => "outgoing-accept";

    public override IEnumerable<FirewallLine> OfNetwork(FirewallView view, FirewallNetwork network)
    {
        if (!network.Internal) yield return view.Nft(NftChains.Out(network), "counter accept comment \"OUTGOING\"");
    }
}
