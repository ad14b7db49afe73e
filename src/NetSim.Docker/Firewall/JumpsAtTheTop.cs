namespace NetSim.Docker.Firewall;

/// <summary>The jumps to the daemon's chains stand before all other rules of FORWARD. 20.10 to 27 put theirs there again with every network, later versions at start; 28.0.0 has its rules in FORWARD itself.
/// Source: moby v20.10.24 libnetwork/drivers/bridge/setup_ip_tables.go setupIPTables (EnsureJumpRule); moby v28.0.0 and v28.5.2 setup_ip_tables_linux.go setupIPChains; moby v29.7.2 iptabler.go. Recorded: 01-seed of all engines.</summary>
internal sealed class JumpsAtTheTop : FirewallRule
{
    public override string Name => "jumps-at-the-top";

    public override IEnumerable<FirewallLine> OfDaemon(FirewallView view)
    {
        if (view.OldLayout) yield break;
        if (view.ByIpset)
        {
            yield return First("FORWARD", $"-m set --match-set {view.ExternalBridges} dst -j DOCKER");
            yield return First("FORWARD", "-j DOCKER-ISOLATION-STAGE-1");
            yield return First("FORWARD", $"-m set --match-set {view.ExternalBridges} dst -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT");
            yield break;
        }
        yield return First("FORWARD", "-j DOCKER-FORWARD");
        yield return First("DOCKER-FORWARD", "-j DOCKER-BRIDGE");
        yield return First("DOCKER-FORWARD", view.Isolates ? "-j DOCKER-ISOLATION-STAGE-1" : "-j DOCKER-INTERNAL");
        yield return First("DOCKER-FORWARD", "-j DOCKER-CT");
    }

    public override IEnumerable<FirewallLine> OfNetwork(FirewallView view, FirewallNetwork network) => view.OldLayout ? [First("FORWARD", "-j DOCKER-ISOLATION-STAGE-1")] : [];

    private static FirewallLine First(string chain, string text) => new("filter", chain, LineKind.First, text) { Stays = true };
}
