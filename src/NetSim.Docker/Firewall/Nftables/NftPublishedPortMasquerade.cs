namespace NetSim.Docker.Firewall.Nftables;

/// <summary>Without docker-proxy, a container that reaches itself by its published port gets the bridge's address, or it would see its own as the client. From 29.
/// Source: moby docker-v29.7.2 daemon/libnetwork/drivers/bridge/internal/nftabler/port.go setPerPortHairpinMasq.</summary>
internal sealed class NftPublishedPortMasquerade : FirewallRule
{
    public override string Name => "published-port-masquerade";

    public override IEnumerable<FirewallLine> OfPort(FirewallView view, FirewallPort port)
    {
        if (!view.Hairpin || port.HostPort.Number == 0 || !view.Is(port.HostAddress) || view.Mode(port.Network) == GatewayMode.Routed) yield break;
        yield return view.Nft(NftChains.NatIn(port.Network),
            $"{view.Ip} saddr {port.ContainerAddress} {view.Ip} daddr {port.ContainerAddress} {port.Protocol} dport {port.ContainerPort} counter masquerade comment \"MASQ TO OWN PORT\"", port.Option);
    }
}
