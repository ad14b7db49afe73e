using NetSim.Model.Netfilter;

namespace NetSim.Docker.Firewall;

/// <summary>What comes to a published port of the host goes on to the container. Appended, oldest first; not for packets from the container's own bridge while docker-proxy runs. All versions.
/// Source: moby v20.10.24 libnetwork/iptables/iptables.go Forward; moby v28.5.2 libnetwork/drivers/bridge/internal/iptabler/port.go setPerPortNAT. Recorded: 25-publish of 20.10.24 and 28.5.2, 35-ipv6-network of 28.5.2.</summary>
internal sealed class PublishedPortDnat : FirewallRule
{
    public override string Name => "published-port-dnat";

    public override IEnumerable<FirewallLine> OfPort(FirewallView view, FirewallPort port)
    {
        if (view.Mode(port.Network) == GatewayMode.Routed || port.HostPort.Number == 0) yield break;
        string to = port.HostAddress.IsAny ? "" : $"-d {port.HostAddress} ";
        string notLinkLocal = view.Family == IpFamily.V6 ? "! -s fe80::/10 " : "";
        string notSelf = view.Hairpin ? "" : $"! -i {port.Network.Bridge} ";
        string end = view.Family == IpFamily.V6 ? $"[{port.ContainerAddress}]:{port.ContainerPort}" : $"{port.ContainerAddress}:{port.ContainerPort}";
        yield return new("nat", "DOCKER", LineKind.Append, $"{notLinkLocal}{to}{notSelf}-p {port.Protocol} --dport {port.HostPort} -j DNAT --to-destination {end}", port.Option);
    }
}
