namespace NetSim.Docker.Firewall;

/// <summary>DOCKER-USER, the administrator's chain: made once, never emptied, and asked before all else. Up to 28.1 it ends with a RETURN. Put to the top again with every network up to 27.
/// Source: moby v20.10.24 libnetwork/firewall_linux.go arrangeUserFilterRule; moby v28.5.2 libnetwork/firewall_linux.go setupUserChain. Recorded: 01-seed of all engines.</summary>
internal sealed class DockerUser : FirewallRule
{
    public override string Name => "docker-user";

    public override IEnumerable<FirewallLine> OfDaemon(FirewallView view) => Lines(view);

    public override IEnumerable<FirewallLine> OfNetwork(FirewallView view, FirewallNetwork network) => view.OldLayout ? Lines(view) : [];

    private static IEnumerable<FirewallLine> Lines(FirewallView view)
    {
        yield return new("filter", "DOCKER-USER", LineKind.Chain, "");
        if (!view.Version.AtLeast(28, 2)) yield return new("filter", "DOCKER-USER", LineKind.Append, "-j RETURN") { Stays = true };
        yield return new("filter", "FORWARD", LineKind.First, "-j DOCKER-USER") { Stays = true };
    }
}
