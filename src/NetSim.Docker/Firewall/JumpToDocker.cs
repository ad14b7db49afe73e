namespace NetSim.Docker.Firewall;

/// <summary>The ways to the DOCKER chains: in nat for what is addressed to the host, in filter for what goes to a bridge. 20.10 to 27 write them with a network, later versions those in nat at start.
/// Source: moby v20.10.24 libnetwork/iptables/iptables.go ProgramChain; moby v28.5.2 libnetwork/drivers/bridge/setup_ip_tables_linux.go addNATJumpRules, setupIPTables (jumpToDockerRule). Recorded: 01-seed of all engines.</summary>
internal sealed class JumpToDocker : FirewallRule
{
    public override string Name => "jump-to-docker";

    public override IEnumerable<FirewallLine> OfDaemon(FirewallView view) => view.OldLayout ? [] : Nat(view);

    public override IEnumerable<FirewallLine> OfNetwork(FirewallView view, FirewallNetwork network)
    {
        if (network.Internal || view.ByIpset) yield break;
        string text = $"-o {network.Bridge} -j DOCKER";
        if (view.OldLayout)
        {
            foreach (var line in Nat(view)) yield return line;
            yield return new("filter", "FORWARD", LineKind.Insert, text);
        }
        else
        {
            yield return new("filter", "DOCKER-BRIDGE", LineKind.Append, text);
        }
    }

    private static IEnumerable<FirewallLine> Nat(FirewallView view)
    {
        string but = view.Hairpin ? "" : $"! -d {view.Loopback} ";
        yield return new("nat", "PREROUTING", LineKind.Append, "-m addrtype --dst-type LOCAL -j DOCKER") { Stays = true };
        yield return new("nat", "OUTPUT", LineKind.Append, $"{but}-m addrtype --dst-type LOCAL -j DOCKER", view.Hairpin ? "userland-proxy=false" : "") { Stays = true };
    }
}
