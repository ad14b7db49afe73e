namespace NetSim.Docker.Firewall.Nftables;

/// <summary>enable_icc: containers of one network reach each other, or (false) not. From 29.
/// Source: moby docker-v29.7.2 daemon/libnetwork/drivers/bridge/internal/nftabler/network.go configure (ICC).</summary>
internal sealed class NftContainersAmongThemselves : FirewallRule
{
    public override string Name => "icc";

    public override IEnumerable<FirewallLine> OfNetwork(FirewallView view, FirewallNetwork network)
    {
        string from = network.Internal ? "" : $"iifname \"{network.Bridge}\" ";
        yield return view.Nft(NftChains.In(network), $"{from}counter {(network.Icc ? "accept" : "drop")} comment \"ICC\"", network.Icc ? "" : "enable_icc=false", NftGroup.Icc);
    }
}
