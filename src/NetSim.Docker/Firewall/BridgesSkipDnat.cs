namespace NetSim.Docker.Firewall;

/// <summary>Packets of containers to published ports are not translated; they reach docker-proxy on the host. Up to 28, with docker-proxy. Newest network first.
/// Source: moby v20.10.24 libnetwork/drivers/bridge/setup_ip_tables.go setupIPTablesInternal (skipDNAT); moby v28.0.1, v28.0.2 and v28.5.2 setup_ip_tables_linux.go; absent from moby v29.7.2 iptabler/network.go.
/// Recorded: 28-hairpin of 20.10.24 and 28.5.2.</summary>
internal sealed class BridgesSkipDnat : FirewallRule
{
    public override string Name => "bridges-skip-dnat";

    public override IEnumerable<FirewallLine> OfNetwork(FirewallView view, FirewallNetwork network)
    {
        if (network.Internal || view.Version.AtLeast(29) || !Skips(view, network)) yield break;
        yield return new("nat", "DOCKER", LineKind.Insert, $"-i {network.Bridge} -j RETURN");
    }

    /// <summary>Where nothing is masqueraded nothing is skipped, and routed networks: up to 27 never, 28.0.0 and 28.0.1 always, later as others.</summary>
    private static bool Skips(FirewallView view, FirewallNetwork network)
    {
        bool translated = network.Masquerade && !view.Hairpin, routed = view.Mode(network) == GatewayMode.Routed;
        return view.OldLayout ? translated && !routed : translated || routed && !view.Version.AtLeast(28, 0, 2);
    }
}
