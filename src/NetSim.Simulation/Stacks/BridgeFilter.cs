using NetSim.Model.Netfilter;
using NetSim.Model.Packets;
using NetSim.Model.Tracing;
using NetSim.Simulation.Devices;

namespace NetSim.Simulation.Stacks;

/// <summary>Shows bridged IP packets to iptables and ip6tables (net.bridge.bridge-nf-call-iptables, -ip6tables = 1): PREROUTING as they enter, FORWARD and POSTROUTING as they leave, in and out being the bridge.
/// Source: linux v6.6 net/bridge/br_netfilter_hooks.c.</summary>
internal sealed class BridgeFilter(NamespaceStack stack) : IBridgeHooks
{
    public bool Watches(ushort etherType) => etherType == (ushort)EtherType.Ipv4 ? stack.Filter.IsActive && stack.Sysctls.BridgeCallsIptables
        : etherType == (ushort)EtherType.Ipv6 && stack.Filter6.IsActive && stack.Sysctls.BridgeCallsIp6tables;

    public bool Prerouting(BridgeDevice bridge, Frame frame, out bool forHost)
    {
        forHost = false;
        if (!Wire.Decoding.IpView.TryRead(frame.Ip, out var before))
        {
            stack.Kernel.Drop(bridge.Place, frame, DropReason.Malformed);
            return false;
        }
        if (before.IsFragment) return true;
        var destination = before.Destination;
        if (!Filter(before).Pass(Hook.Prerouting, frame, bridge, null)) return false;
        Wire.Decoding.IpView.TryRead(frame.Ip, out var after);
        forHost = after.Destination != destination; // translated: the host routes it
        return true;
    }

    public bool Forward(BridgeDevice bridge, Frame frame) =>
        Wire.Decoding.IpView.TryRead(frame.Ip, out var packet) && packet.IsFragment ||
        Filter(packet).Pass(Hook.Forward, frame, bridge, bridge) && Filter(packet).Pass(Hook.Postrouting, frame, bridge, bridge);

    private Simulation.Netfilter.PacketFilter Filter(Wire.Decoding.IpView packet) => packet.IsV6 ? stack.Filter6 : stack.Filter;
}
