namespace NetSim.Docker.Firewall.Nftables;

/// <summary>Answers and errors of conversations that were let through before are let through, to a bridge and from it. From 29.
/// Source: moby docker-v29.7.2 daemon/libnetwork/drivers/bridge/internal/nftabler/network.go configure (Conntrack).</summary>
internal sealed class NftAnswersAccepted : FirewallRule
{
    public override string Name => "answers-accept";

    public override IEnumerable<FirewallLine> OfNetwork(FirewallView view, FirewallNetwork network)
    {
        yield return view.Nft(NftChains.In(network), "ct state established,related counter accept");
        yield return view.Nft(NftChains.Out(network), "ct state established,related counter accept");
    }
}
