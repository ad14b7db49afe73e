namespace NetSim.Docker.Firewall;

/// <summary>Without docker-proxy, the host's own packets to a container get the bridge's address, so that 127.0.0.1 can be translated. All versions.
/// Source: moby v20.10.24 libnetwork/drivers/bridge/setup_ip_tables.go setupIPTablesInternal (hpNatRule). Recorded: 52-hairpin-promiscuous of 20.10.24 and 28.5.2.</summary>
internal sealed class LocalMasquerade : FirewallRule
{
    public override string Name => "local-masquerade";

    public override IEnumerable<FirewallLine> OfNetwork(FirewallView view, FirewallNetwork network)
    {
        if (network.Internal || !view.Hairpin) yield break;
        yield return new("nat", "POSTROUTING", LineKind.Insert, $"-o {network.Bridge} -m addrtype --src-type LOCAL {NetworkMasquerade.Target(view, network)}", "userland-proxy=false");
    }
}
