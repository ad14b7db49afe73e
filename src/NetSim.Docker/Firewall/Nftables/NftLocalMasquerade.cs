namespace NetSim.Docker.Firewall.Nftables;

/// <summary>Without docker-proxy, the host's own packets to a container get the bridge's address, so that 127.0.0.1 can be translated. From 29.
/// Source: moby docker-v29.7.2 daemon/libnetwork/drivers/bridge/internal/nftabler/network.go configure (FROM HOST).</summary>
internal sealed class NftLocalMasquerade : FirewallRule
{
    public override string Name => "local-masquerade";

    public override IEnumerable<FirewallLine> OfNetwork(FirewallView view, FirewallNetwork network)
    {
        if (network.Internal || !view.Hairpin) yield break;
        var (verdict, comment) = NftNetworkMasquerade.Target(view, network);
        yield return view.Nft(NftChains.NatIn(network), $"fib saddr type local counter {verdict} comment \"{comment} FROM HOST\"", "userland-proxy=false");
    }
}
