namespace NetSim.Docker.Firewall;

/// <summary>The jumps to the daemon's chains stand before all other rules of FORWARD. 20.10 to 27 put theirs there again with every network, later versions at start.
/// Source: moby v20.10.24 libnetwork/drivers/bridge/setup_ip_tables.go setupIPTables (EnsureJumpRule); moby v28.5.2 setup_ip_tables_linux.go setupIPChains; moby v29.7.2 iptabler.go. Recorded: 01-seed of all engines.</summary>
internal sealed class JumpsAtTheTop : FirewallRule
{
    public override string Name => "jumps-at-the-top";

    public override IEnumerable<FirewallLine> OfDaemon(FirewallView view)
    {
        if (view.OldLayout) yield break;
        yield return First("FORWARD", "DOCKER-FORWARD");
        yield return First("DOCKER-FORWARD", "DOCKER-BRIDGE");
        yield return First("DOCKER-FORWARD", view.Isolates ? "DOCKER-ISOLATION-STAGE-1" : "DOCKER-INTERNAL");
        yield return First("DOCKER-FORWARD", "DOCKER-CT");
    }

    public override IEnumerable<FirewallLine> OfNetwork(FirewallView view, FirewallNetwork network) => view.OldLayout ? [First("FORWARD", "DOCKER-ISOLATION-STAGE-1")] : [];

    private static FirewallLine First(string chain, string to) => new("filter", chain, LineKind.First, $"-j {to}") { Stays = true };
}
