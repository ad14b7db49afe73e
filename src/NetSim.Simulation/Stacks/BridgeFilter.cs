using NetSim.Model.Netfilter;
using NetSim.Model.Packets;
using NetSim.Model.Tracing;
using NetSim.Simulation.Devices;

namespace NetSim.Simulation.Stacks;

/// <summary>Shows bridged IPv4 packets to iptables (net.bridge.bridge-nf-call-iptables = 1): PREROUTING as they enter, FORWARD and POSTROUTING as they leave, in and out being the bridge.
/// Source: linux v6.6 net/bridge/br_netfilter_hooks.c.</summary>
internal sealed class BridgeFilter(NamespaceStack stack) : IBridgeHooks
{
    public bool Watches(ushort etherType) => etherType == (ushort)EtherType.Ipv4 && stack.Filter.IsActive && stack.Sysctls.BridgeCallsIptables;

    public bool Prerouting(BridgeDevice bridge, Frame frame, out bool forHost)
    {
        forHost = false;
        if (!Wire.Decoding.Ipv4View.TryRead(frame.Ip, out var before))
        {
            stack.Kernel.Drop(bridge.Place, frame, DropReason.Malformed);
            return false;
        }
        if (before.IsFragment) return true;
        var destination = before.Destination;
        if (!stack.Filter.Pass(Hook.Prerouting, frame, bridge, null)) return false;
        Wire.Decoding.Ipv4View.TryRead(frame.Ip, out var after);
        forHost = after.Destination != destination; // translated: the host routes it
        return true;
    }

    public bool Forward(BridgeDevice bridge, Frame frame) =>
        Wire.Decoding.Ipv4View.TryRead(frame.Ip, out var packet) && packet.IsFragment ||
        stack.Filter.Pass(Hook.Forward, frame, bridge, bridge) && stack.Filter.Pass(Hook.Postrouting, frame, bridge, bridge);
}
