namespace NetSim.Docker.Firewall;

/// <summary>The daemon's own chains: emptied and made anew at its start, with the jumps from nat to DOCKER taken out.
/// Source: moby v20.10.24 libnetwork/drivers/bridge/setup_ip_tables.go removeIPChains, setupIPChains; moby v28.5.2 setup_ip_tables_linux.go; moby v29.7.2 iptabler.go setupIPChains.
/// Recorded: 44-daemon-restart of 20.10.24 and 28.5.2.</summary>
internal sealed class DockerChains : FirewallRule
{
    public override string Name => "docker-chains";

    public override IEnumerable<FirewallLine> OfDaemon(FirewallView view)
    {
        yield return new("nat", "PREROUTING", LineKind.Remove, "-m addrtype --dst-type LOCAL -j DOCKER");
        yield return new("nat", "OUTPUT", LineKind.Remove, $"! -d {view.Loopback} -m addrtype --dst-type LOCAL -j DOCKER");
        yield return new("nat", "OUTPUT", LineKind.Remove, "-m addrtype --dst-type LOCAL -j DOCKER");
        yield return new("nat", "DOCKER", LineKind.Flush, "");
        foreach (string chain in Chains(view)) yield return new("filter", chain, LineKind.Flush, "");
        yield return new("nat", "DOCKER", LineKind.Chain, "");
        foreach (string chain in Chains(view)) yield return new("filter", chain, LineKind.Chain, "");
        if (!view.OldLayout) yield break;
        yield return new("filter", "DOCKER-ISOLATION-STAGE-1", LineKind.Append, "-j RETURN");
        yield return new("filter", "DOCKER-ISOLATION-STAGE-2", LineKind.Append, "-j RETURN");
    }

    private static string[] Chains(FirewallView view) => view switch
    {
        { OldLayout: true } => ["DOCKER", "DOCKER-ISOLATION-STAGE-1", "DOCKER-ISOLATION-STAGE-2"],
        { ByIpset: true } => ["DOCKER", "DOCKER-ISOLATION-STAGE-1", "DOCKER-ISOLATION-STAGE-2"],
        { Isolates: true } => ["DOCKER", "DOCKER-FORWARD", "DOCKER-BRIDGE", "DOCKER-CT", "DOCKER-ISOLATION-STAGE-1", "DOCKER-ISOLATION-STAGE-2"],
        _ => ["DOCKER", "DOCKER-FORWARD", "DOCKER-BRIDGE", "DOCKER-CT", "DOCKER-INTERNAL"],
    };
}
