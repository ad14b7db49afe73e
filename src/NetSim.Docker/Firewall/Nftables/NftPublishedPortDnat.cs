using NetSim.Model.Netfilter;

namespace NetSim.Docker.Firewall.Nftables;

/// <summary>What comes to a published port of the host goes on to the container; not from the container's own bridge while docker-proxy runs. From 29.
/// Source: moby docker-v29.7.2 daemon/libnetwork/drivers/bridge/internal/nftabler/port.go setPerPortDNAT.</summary>
internal sealed class NftPublishedPortDnat : FirewallRule
{
    public override string Name => "published-port-dnat";

    public override IEnumerable<FirewallLine> OfPort(FirewallView view, FirewallPort port)
    {
        if (port.HostPort.Number == 0 || !view.Is(port.HostAddress) || view.Mode(port.Network) == GatewayMode.Routed) yield break;
        string notSelf = view.Hairpin ? "" : $"iifname != \"{port.Network.Bridge}\" ";
        string notLinkLocal = view.Family == IpFamily.V6 ? "ip6 saddr != fe80::/10 " : "";
        string to = port.HostAddress.IsAny ? "" : $"{view.Ip} daddr {port.HostAddress} ";
        string end = view.Family == IpFamily.V6 ? $"[{port.ContainerAddress}]:{port.ContainerPort}" : $"{port.ContainerAddress}:{port.ContainerPort}";
        yield return view.Nft(NftChains.Nat, $"{notSelf}{notLinkLocal}{to}{port.Protocol} dport {port.HostPort} counter dnat to {end} comment \"DNAT\"", port.Option);
    }
}
