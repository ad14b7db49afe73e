using System.Buffers.Binary;
using NetSim.Model.Addressing;
using NetSim.Model.Netfilter;
using NetSim.Model.Packets;
using NetSim.Model.Tracing;
using NetSim.Simulation.Devices;
using NetSim.Wire.Decoding;
using NetSim.Wire.Encoding;

namespace NetSim.Simulation.Stacks;

/// <summary>IPv4 of a namespace: what arrives is checked, filtered, routed, and handed up or sent on; what is sent is filtered and goes out.
/// Source: linux v6.6 net/ipv4/ip_input.c, ip_forward.c, ip_output.c; RFC 1812 section 5.2.</summary>
internal sealed class Ipv4Protocol(NamespaceStack stack)
{
    private const int Ethernet = EthernetHeader.Length;
    private readonly Kernel _kernel = stack.Kernel;
    private readonly int _place = stack.Place;

    /// <summary>A packet comes in through a device.</summary>
    public void Receive(Device device, Frame frame)
    {
        if (!Ipv4View.TryRead(frame.Ip, out var packet) || packet.IsCut)
        {
            _kernel.Drop(device.Place, frame, DropReason.Malformed);
            return;
        }
        if (!packet.IsHeaderChecksumGood)
        {
            _kernel.Drop(device.Place, frame, DropReason.BadChecksum);
            return;
        }
        frame.Length = Ethernet + packet.Bytes.Length; // padding of the link ends here
        if (stack.Filter.IsActive)
        {
            frame = _kernel.Frames.Own(frame);
            // Connection tracking wants whole packets. Source: linux v6.6 net/ipv4/netfilter/nf_defrag_ipv4.c.
            if (packet.IsFragment)
            {
                if (stack.Fragments.Add(frame) is not { } whole) return;
                frame = whole;
            }
            if (!frame.Prerouted && !stack.Filter.Pass(Hook.Prerouting, frame, device, null)) return;
            frame.Prerouted = false;
        }
        Route(device, frame);
    }

    /// <summary>A packet that this namespace made: its header is written, with room for Ethernet before it. Takes the frame.</summary>
    /// <returns>False when a rule dropped it on the spot.</returns>
    public bool SendLocal(Frame frame, RouteDecision route)
    {
        if (route.Out is null)
        {
            _kernel.Drop(_place, frame, DropReason.NoRoute);
            return true;
        }
        _kernel.Recorder.Step(_place, frame, StepKind.Routed, route.Detail);
        if (stack.Filter.IsActive)
        {
            uint before = Destination(frame);
            if (!stack.Filter.Pass(Hook.Output, frame, null, route.Out)) return false;
            if (Destination(frame) != before && !Reroute(frame, ref route)) return true;
            if (!stack.Filter.Pass(Hook.Postrouting, frame, null, route.Out)) return false;
        }
        Finish(frame, route, route.Mtu(_kernel.Loop.Now));
        return true;
    }

    /// <summary>Sends a packet whose header is complete to its next hop.</summary>
    private void Finish(Frame frame, RouteDecision route, int mtu)
    {
        var device = route.Out!;
        if (frame.Length - Ethernet > mtu) EmitPieces(frame, route, device, mtu);
        else Emit(frame, route, device);
    }

    /// <summary>Apart, so that the closure is made only where there is something to cut.</summary>
    private void EmitPieces(Frame frame, RouteDecision route, Device device, int mtu) => stack.Fragments.Cut(frame, mtu, piece => Emit(piece, route, device));

    private void Emit(Frame frame, RouteDecision route, Device device)
    {
        if (!device.Resolves) EthernetHeader.Write(frame.Span, device.Mac, device.Mac, EtherType.Ipv4);
        else if (route.Kind == RouteKind.Broadcast) EthernetHeader.Write(frame.Span, MacAddress.Broadcast, device.Mac, EtherType.Ipv4);
        else if (route.Kind == RouteKind.Multicast) EthernetHeader.Write(frame.Span, Group(Destination(frame)), device.Mac, EtherType.Ipv4);
        else
        {
            stack.Arp.Send(route.Neighbour ??= stack.Arp.Neighbours.Get(device, route.NextHop), frame);
            return;
        }
        device.Transmit(frame);
    }

    private bool Reroute(Frame frame, ref RouteDecision route)
    {
        route = stack.Routes.Decide(Destination(frame));
        _kernel.Recorder.Step(_place, frame, StepKind.Routed, route.Detail);
        if (route.Out is not null) return true;
        _kernel.Drop(_place, frame, DropReason.NoRoute);
        return false;
    }

    private void Route(Device device, Frame frame)
    {
        uint destination = Destination(frame), source = BinaryPrimitives.ReadUInt32BigEndian(frame.Ip[12..]);
        if (!stack.Sources.IsRight(source, destination, device))
        {
            _kernel.Drop(_place, frame, DropReason.Martian);
            return;
        }
        var route = stack.Routes.Decide(destination, source, device.Name);
        switch (route.Kind)
        {
            case RouteKind.Local or RouteKind.Broadcast: Deliver(device, frame); break;
            case RouteKind.Multicast: _kernel.Frames.Release(frame); break; // no group of this namespace's programs
            case RouteKind.Unicast when stack.Sysctls.Forwarding: Forward(device, frame, route); break;
            case RouteKind.Unicast: _kernel.Drop(_place, frame, DropReason.NotForwarding); break;
            default: Refuse(frame, route); break;
        }
    }

    private void Refuse(Frame frame, RouteDecision route)
    {
        bool answers = stack.Sysctls.Forwarding && route.Route?.Type != Model.Routing.RouteType.Blackhole;
        byte code = route.Route?.Type == Model.Routing.RouteType.Prohibit ? IcmpCodes.Prohibited : route.Kind == RouteKind.Forbidden ? IcmpCodes.HostUnreachable : IcmpCodes.NetUnreachable;
        End(frame, route.Kind == RouteKind.None ? DropReason.NoRoute : DropReason.ForbiddenByRoute, answers ? (IcmpCodes.Unreachable, code, 0u) : null, route.Detail);
    }

    private void Deliver(Device device, Frame frame)
    {
        if ((BinaryPrimitives.ReadUInt16BigEndian(frame.Ip[6..]) & 0x3FFF) != 0) // a fragment
        {
            if (stack.Fragments.Add(frame) is not { } whole) return;
            frame = whole;
        }
        if (stack.Filter.IsActive && !stack.Filter.Pass(Hook.Input, frame, device, null)) return;
        switch ((IpProtocol)frame.Ip[9])
        {
            case IpProtocol.Udp: stack.Udp.Receive(frame); break;
            case IpProtocol.Tcp: stack.Tcp.Receive(frame); break;
            case IpProtocol.Icmp: stack.Icmp.Receive(device, frame); break;
            case IpProtocol.Igmp: _kernel.Frames.Release(frame); break;
            default: End(frame, DropReason.NoSocket, (IcmpCodes.Unreachable, IcmpCodes.ProtocolUnreachable, 0u)); break;
        }
    }

    private void Forward(Device device, Frame frame, RouteDecision route)
    {
        frame = _kernel.Frames.Own(frame);
        _kernel.Recorder.Step(_place, frame, StepKind.Routed, route.Detail);
        if (frame.Ip[8] <= 1)
        {
            End(frame, DropReason.TimeToLiveExceeded, (IcmpCodes.TimeExceeded, 0, 0u));
            return;
        }
        if (frame.Length - Ethernet > route.Out!.Mtu && (frame.Ip[6] & 0x40) != 0)
        {
            End(frame, DropReason.TooBig, (IcmpCodes.Unreachable, IcmpCodes.FragmentationNeeded, (uint)route.Out.Mtu));
            return;
        }
        Rewrite.DecrementTimeToLive(frame.Ip);
        frame.HeadRewritten();
        if (stack.Filter.IsActive && !(stack.Filter.Pass(Hook.Forward, frame, device, route.Out) && stack.Filter.Pass(Hook.Postrouting, frame, device, route.Out))) return;
        Finish(frame, route, frame.LargestPiece > 0 ? Math.Min(frame.LargestPiece, route.Out.Mtu) : route.Out.Mtu);
    }

    /// <summary>The next hop of a packet did not answer ARP.</summary>
    public void NeighbourFailed(Frame frame) => End(frame, DropReason.NeighbourUnreachable, (IcmpCodes.Unreachable, IcmpCodes.HostUnreachable, 0u));

    /// <summary>Ends a packet here, with an ICMP error to its sender where there is one to send.</summary>
    public void End(Frame frame, DropReason reason, (byte Type, byte Code, uint Word)? error, int detail = -1)
    {
        _kernel.Recorder.Dropped(_place, frame, reason, detail);
        if (error is { } e) stack.Icmp.Error(frame, e.Type, e.Code, e.Word);
        _kernel.Frames.Release(frame);
    }

    private static uint Destination(Frame frame) => BinaryPrimitives.ReadUInt32BigEndian(frame.Ip[16..]);

    /// <summary>01:00:5e and the last 23 bits of the group (RFC 1112, section 6.4).</summary>
    private static MacAddress Group(uint address) => new(0x0100_5E00_0000UL | address & 0x7F_FFFFu);
}
