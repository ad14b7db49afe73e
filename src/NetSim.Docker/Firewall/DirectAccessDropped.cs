using NetSim.Model.Netfilter;

namespace NetSim.Docker.Firewall;

/// <summary>A container's own address is reached from its bridge only. 28.0 and 28.1: for each published port; from 28.2: for each container. Not with allow-direct-routing, nor in modes routed and nat-unprotected.
/// Source: moby v28.0.1 libnetwork/drivers/bridge/port_mapping_linux.go filterDirectAccess; moby v28.5.2 libnetwork/drivers/bridge/internal/iptabler/endpoint.go modEndpoint. Recorded: 01-seed and 46-outside-direct of 28.5.2.</summary>
internal sealed class DirectAccessDropped : FirewallRule
{
    public override string Name => "direct-access-drop";

    public override IEnumerable<FirewallLine> OfEndpoint(FirewallView view, FirewallEndpoint endpoint)
    {
        var network = endpoint.Network;
        if (!view.Version.AtLeast(28, 2) || !Guards(view, network) || (view.Family == IpFamily.V4 ? endpoint.V4 : endpoint.V6) is not { } address) yield break;
        foreach (string trusted in network.TrustedInterfaces) yield return new("raw", "PREROUTING", LineKind.Append, $"-d {address} -i {trusted} -j ACCEPT", "trusted_host_interfaces");
        yield return new("raw", "PREROUTING", LineKind.Append, $"-d {address} ! -i {network.Bridge} -j DROP");
    }

    public override IEnumerable<FirewallLine> OfPort(FirewallView view, FirewallPort port)
    {
        if (view.OldLayout || view.Version.AtLeast(28, 2) || !Guards(view, port.Network)) yield break;
        yield return new("raw", "PREROUTING", LineKind.Append, $"-d {port.ContainerAddress} ! -i {port.Network.Bridge} -p {port.Protocol} --dport {port.ContainerPort} -j DROP", port.Option);
    }

    private static bool Guards(FirewallView view, FirewallNetwork network) => !network.Internal && view.Mode(network) == GatewayMode.Nat && !view.Settings.AllowDirectRouting;
}
