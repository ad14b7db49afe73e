namespace NetSim.Docker.Firewall;

/// <summary>A container that reaches itself by its published port gets the bridge's address, or it would see its own as the client. 20.10 to 27 always, later versions without docker-proxy only.
/// Source: moby v20.10.24 libnetwork/iptables/iptables.go Forward; moby v28.5.2 libnetwork/drivers/bridge/internal/iptabler/port.go setPerPortNAT. Recorded: 01-seed of 20.10.24, 52-hairpin-promiscuous of 28.5.2.</summary>
internal sealed class PublishedPortMasquerade : FirewallRule
{
    public override string Name => "published-port-masquerade";

    public override IEnumerable<FirewallLine> OfPort(FirewallView view, FirewallPort port)
    {
        if (!view.OldLayout && !view.Hairpin || view.Mode(port.Network) == GatewayMode.Routed) yield break;
        string own = port.ContainerAddress.ToString();
        yield return new("nat", "POSTROUTING", LineKind.Append, $"-s {own} -d {own} -p {port.Protocol} --dport {port.ContainerPort} -j MASQUERADE", port.Option);
    }
}
