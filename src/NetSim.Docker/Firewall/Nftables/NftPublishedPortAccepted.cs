namespace NetSim.Docker.Firewall.Nftables;

/// <summary>What comes to a container's published port is let through; one rule, however many host ports lead to it, a docker-proxy's of the other family among them. From 29.
/// Source: moby docker-v29.7.2 daemon/libnetwork/drivers/bridge/internal/nftabler/port.go setPerPortForwarding.</summary>
internal sealed class NftPublishedPortAccepted : FirewallRule
{
    public override string Name => "published-port-accept";

    public override IEnumerable<FirewallLine> OfPort(FirewallView view, FirewallPort port)
    {
        if (view.Mode(port.Network) == GatewayMode.NatUnprotected) yield break;
        yield return view.Nft(NftChains.In(port.Network), $"{view.Ip} daddr {port.ContainerAddress} {port.Protocol} dport {port.ContainerPort} counter accept", port.Option, NftGroup.Ports);
    }
}
