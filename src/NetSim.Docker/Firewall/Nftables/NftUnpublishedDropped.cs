namespace NetSim.Docker.Firewall.Nftables;

/// <summary>What comes to a bridge from elsewhere and was not accepted for a published port is dropped (nat-unprotected: accepted). From 29.
/// Source: moby docker-v29.7.2 daemon/libnetwork/drivers/bridge/internal/nftabler/network.go configure (UNPROTECTED, UNPUBLISHED PORT DROP).</summary>
internal sealed class NftUnpublishedDropped : FirewallRule
{
    public override string Name => "unpublished-drop";

    public override IEnumerable<FirewallLine> OfNetwork(FirewallView view, FirewallNetwork network)
    {
        if (network.Internal) yield break;
        bool open = view.Mode(network) == GatewayMode.NatUnprotected;
        yield return open ? view.Nft(NftChains.In(network), "counter accept comment \"UNPROTECTED\"", "gateway_mode=nat-unprotected", NftGroup.Last)
            : view.Nft(NftChains.In(network), "counter drop comment \"UNPUBLISHED PORT DROP\"", "", NftGroup.Last);
    }
}
