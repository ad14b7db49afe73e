namespace NetSim.Docker.Firewall;

/// <summary>Containers of a routed network answer ping. From 28.
/// Source: moby v28.5.2 libnetwork/drivers/bridge/setup_ip_tables_linux.go setICMP.</summary>
internal sealed class RoutedIcmp : FirewallRule
{
    public override string Name => "routed-icmp";

    public override IEnumerable<FirewallLine> OfNetwork(FirewallView view, FirewallNetwork network)
    {
        if (view.OldLayout || network.Internal || view.Mode(network) != GatewayMode.Routed) yield break;
        yield return new("filter", "DOCKER", LineKind.Append, $"-o {network.Bridge} -p {view.Icmp} -j ACCEPT", "gateway_mode=routed");
    }
}
