using NetSim.Model.Netfilter;
using NetSim.Model.Packets;
using NetSim.Model.Tracing;
using NetSim.Simulation.Devices;
using NetSim.Wire.Decoding;
using NetSim.Wire.Encoding;

namespace NetSim.Simulation.Stacks;

/// <summary>Shows bridged IP packets to iptables and ip6tables (net.bridge.bridge-nf-call-iptables, -ip6tables = 1): PREROUTING as they enter, FORWARD and POSTROUTING as they leave, in and out being the bridge.
/// Source: linux v6.6 net/bridge/br_netfilter_hooks.c.</summary>
internal sealed class BridgeFilter(NamespaceStack stack) : IBridgeHooks
{
    public bool Watches(ushort etherType) => etherType == (ushort)EtherType.Ipv4 ? stack.Filter.IsActive && stack.Sysctls.BridgeCallsIptables
        : etherType == (ushort)EtherType.Ipv6 && stack.Filter6.IsActive && stack.Sysctls.BridgeCallsIp6tables;

    public bool Prerouting(BridgeDevice bridge, Device port, ref Frame frame, out BridgeWay way)
    {
        way = BridgeWay.Unchanged;
        if (!IpView.TryRead(frame.Ip, out var before))
        {
            stack.Kernel.Drop(bridge.Place, frame, DropReason.Malformed);
            return false;
        }
        if (before.IsFragment && !Gather(ref frame, ref before)) return before.IsV6;
        var destination = before.Destination;
        if (!Filter(before).Pass(Hook.Prerouting, frame, bridge, null)) return false;
        IpView.TryRead(frame.Ip, out var after);
        return after.Destination == destination || Redirect(bridge, port, frame, stack.Routes.Decide(after.Destination), out way);
    }

    /// <summary>Connection tracking wants whole packets: pieces wait here for each other, but for those of IPv6, which pass as they are. Source: linux v6.6 net/ipv4/netfilter/nf_defrag_ipv4.c ipv4_conntrack_defrag.</summary>
    private bool Gather(ref Frame frame, ref IpView packet)
    {
        if (packet.IsV6 || stack.Fragments.Add(frame) is not { } whole) return false;
        frame = whole;
        return IpView.TryRead(frame.Ip, out packet);
    }

    /// <summary>A packet that was put together leaves in pieces of the size it came in. Source: linux v6.6 net/bridge/br_netfilter_hooks.c br_nf_dev_queue_xmit.</summary>
    public void Leave(Device port, Frame frame)
    {
        ulong to = Device.Destination(frame), from = Device.Source(frame);
        stack.Fragments.Cut(frame, Math.Min(frame.LargestPiece, port.Mtu), piece =>
        {
            EthernetHeader.Write(piece.Span, new(to), new(from), EtherType.Ipv4);
            port.Transmit(piece);
        });
    }

    /// <summary>A translated packet is bridged on when its new destination lives on the same bridge, else the host routes it. False: it waits for its neighbour.
    /// Source: linux v6.6 net/bridge/br_netfilter_hooks.c br_nf_pre_routing_finish, br_nf_pre_routing_finish_bridge.</summary>
    private bool Redirect(BridgeDevice bridge, Device port, Frame frame, RouteDecision route, out BridgeWay way)
    {
        way = BridgeWay.ToHost;
        if (route.Kind != RouteKind.Unicast || !ReferenceEquals(route.Out, bridge)) return true;
        way = BridgeWay.Redirected;
        var neighbour = route.Neighbour ??= stack.Arp.Neighbours.Get(bridge, route.NextHop);
        if (neighbour.State == NeighbourState.Reachable)
        {
            neighbour.Mac.Write(frame.Span);
            frame.HeadRewritten();
            return true;
        }
        frame.BridgedFrom = port;
        frame.BridgedSource = new(Device.Source(frame));
        stack.Arp.Send(neighbour, frame);
        return false;
    }

    public bool Forward(BridgeDevice bridge, Device port, Frame frame)
    {
        frame.PhysicalOut = port;
        return IpView.TryRead(frame.Ip, out var packet) && packet.IsFragment ||
            Filter(packet).Pass(Hook.Forward, frame, bridge, bridge) && Filter(packet).Pass(Hook.Postrouting, frame, bridge, bridge);
    }

    private Simulation.Netfilter.PacketFilter Filter(IpView packet) => packet.IsV6 ? stack.Filter6 : stack.Filter;
}
