using NetSim.Model.Netfilter;

namespace NetSim.Docker.Firewall.Nftables;

/// <summary>bridge-accept-fwmark: marked packets to a bridge are let through. From 29.
/// Source: moby docker-v29.7.2 daemon/libnetwork/drivers/bridge/internal/nftabler/network.go configure ("ALLOW FW MARK"), nftFwMark.</summary>
internal sealed class NftAcceptMark : FirewallRule
{
    public override string Name => "accept-fwmark";

    public override IEnumerable<FirewallLine> OfNetwork(FirewallView view, FirewallNetwork network)
    {
        if (network.Internal || view.Settings.AcceptMark.Length == 0) yield break;
        var mark = RuleText.Parse($"-m mark --mark {view.Settings.AcceptMark}").Matches.OfType<Match.Mark>().First();
        string wanted = view.Settings.AcceptMark.Contains('/', StringComparison.Ordinal) ? $"& 0x{mark.Mask:x8} == 0x{mark.Value:x8}" : $"0x{mark.Value:x8}";
        yield return view.Nft(NftChains.In(network), $"meta mark {wanted} counter accept comment \"ALLOW FW MARK\"", "bridge-accept-fwmark", NftGroup.AcceptMark);
    }
}
