namespace NetSim.Docker.Firewall;

/// <summary>What comes from elsewhere to a container's published port is let through. 20.10 to 27 append, oldest first; later versions insert, newest first, so that the bridge's DROP stays behind.
/// Source: moby v20.10.24 libnetwork/iptables/iptables.go Forward; moby v28.5.2 libnetwork/drivers/bridge/internal/iptabler/port.go setPerPortForwarding. Recorded: 25-publish of 20.10.24 and 28.5.2.</summary>
internal sealed class PublishedPortAccepted : FirewallRule
{
    public override string Name => "published-port-accept";

    public override IEnumerable<FirewallLine> OfPort(FirewallView view, FirewallPort port)
    {
        if (view.Mode(port.Network) == GatewayMode.NatUnprotected) yield break;
        string br = port.Network.Bridge;
        yield return new("filter", "DOCKER", view.OldLayout ? LineKind.Append : LineKind.Insert, $"-d {port.ContainerAddress} ! -i {br} -o {br} -p {port.Protocol} --dport {port.ContainerPort} -j ACCEPT", port.Option);
    }
}
