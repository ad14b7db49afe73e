namespace NetSim.Docker.Firewall.Nftables;

/// <summary>--link on a network with icc off: the linking container reaches the exposed ports of the other, and hears from them. From 29, IPv4.
/// Source: moby docker-v29.7.2 daemon/libnetwork/drivers/bridge/internal/nftabler/link.go updateLegacyLinkRules.</summary>
internal sealed class NftLegacyLink : FirewallRule
{
    public override string Name => "legacy-link";

    public override IEnumerable<FirewallLine> OfLink(FirewallView view, FirewallLink link)
    {
        string chain = NftChains.In(link.Network);
        yield return view.Nft(chain, $"ip saddr {link.From} ip daddr {link.To} {link.Protocol} dport {link.Port} counter accept", "--link", NftGroup.Links);
        yield return view.Nft(chain, $"ip saddr {link.To} {link.Protocol} sport {link.Port} ip daddr {link.From} counter accept", "--link", NftGroup.Links);
    }
}
