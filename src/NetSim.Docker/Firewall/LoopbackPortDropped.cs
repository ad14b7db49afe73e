using NetSim.Model.Netfilter;

namespace NetSim.Docker.Firewall;

/// <summary>A port published on 127.0.0.1 is not reached from outside by a packet that is addressed so. From 28, IPv4 only.
/// Source: moby v28.5.2 libnetwork/drivers/bridge/internal/iptabler/port.go filterPortMappedOnLoopback. Recorded: 25-publish of 28.5.2.</summary>
internal sealed class LoopbackPortDropped : FirewallRule
{
    public override string Name => "loopback-port-drop";

    public override IEnumerable<FirewallLine> OfPort(FirewallView view, FirewallPort port)
    {
        if (view.OldLayout || view.Family != IpFamily.V4 || !port.HostAddress.IsLoopback || port.HostPort.Number == 0) yield break;
        yield return new("raw", "PREROUTING", LineKind.Append, $"-d {port.HostAddress} ! -i lo -p {port.Protocol} --dport {port.HostPort} -j DROP", port.Option);
    }
}
