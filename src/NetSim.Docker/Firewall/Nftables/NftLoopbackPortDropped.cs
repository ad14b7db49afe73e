using NetSim.Model.Netfilter;

namespace NetSim.Docker.Firewall.Nftables;

/// <summary>A port published on 127.0.0.1 is not reached from outside by a packet that is addressed so. From 29, IPv4 only.
/// Source: moby docker-v29.7.2 daemon/libnetwork/drivers/bridge/internal/nftabler/port.go filterPortMappedOnLoopback.</summary>
internal sealed class NftLoopbackPortDropped : FirewallRule
{
    public override string Name => "loopback-port-drop";

    public override IEnumerable<FirewallLine> OfPort(FirewallView view, FirewallPort port)
    {
        if (view.Family != IpFamily.V4 || !port.HostAddress.IsV4 || !port.HostAddress.IsLoopback || port.HostPort.Number == 0 || view.Mode(port.Network) == GatewayMode.Routed) yield break;
        yield return view.Nft(NftChains.Raw, $"iifname != \"lo\" ip daddr {port.HostAddress} {port.Protocol} dport {port.HostPort} counter drop comment \"DROP REMOTE LOOPBACK\"", port.Option, NftGroup.Ports);
    }
}
