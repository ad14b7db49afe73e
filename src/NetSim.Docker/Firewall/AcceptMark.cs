namespace NetSim.Docker.Firewall;

/// <summary>bridge-accept-fwmark: marked packets are let through before all else. From 29.
/// Source: moby v29.7.2 daemon/libnetwork/drivers/bridge/internal/iptabler/network.go setupNonInternalNetworkRules ("ALLOW FW MARK").</summary>
internal sealed class AcceptMark : FirewallRule
{
    public override string Name => "accept-fwmark";

    public override IEnumerable<FirewallLine> OfNetwork(FirewallView view, FirewallNetwork network)
    {
        if (view.Isolates || network.Internal || view.Settings.AcceptMark.Length == 0) yield break;
        yield return new("filter", "DOCKER-FORWARD", LineKind.Insert, $"-m mark --mark {view.Settings.AcceptMark} -j ACCEPT", "bridge-accept-fwmark") { Stays = true };
    }
}
