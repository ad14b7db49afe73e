using NetSim.Model.Addressing;
using NetSim.Model.Netfilter;
using NetSim.Model.Packets;
using NetSim.Model.Tracing;
using NetSim.Simulation.Devices;
using NetSim.Wire.Decoding;
using NetSim.Wire.Encoding;

namespace NetSim.Simulation.Stacks;

/// <summary>IPv6 of a namespace: what arrives is filtered, routed, and handed up or sent on; what is sent is filtered and goes out. Routers cut nothing up (RFC 8200, section 5).
/// Source: linux v6.6 net/ipv6/ip6_input.c, ip6_output.c.</summary>
internal sealed class Ipv6Protocol(NamespaceStack stack)
{
    private const int Ethernet = EthernetHeader.Length;
    private readonly Kernel _kernel = stack.Kernel;
    private readonly int _place = stack.Place;

    /// <summary>A packet comes in through a device. One without an IPv6 address has IPv6 off and hears nothing.</summary>
    public void Receive(Device device, Frame frame)
    {
        if (!device.Facts.Addresses.Exists(a => a.Address.IsV6))
        {
            _kernel.Frames.Release(frame);
            return;
        }
        if (!Ipv6View.TryRead(frame.Ip, out var packet) || packet.IsCut)
        {
            _kernel.Drop(device.Place, frame, DropReason.Malformed);
            return;
        }
        frame.Length = Ethernet + packet.Bytes.Length; // padding of the link ends here
        if (stack.Filter6.IsActive)
        {
            frame = _kernel.Frames.Own(frame);
            if (packet.IsFragment)
            {
                if (stack.Fragments6.Add(frame) is not { } whole) return;
                frame = whole;
            }
            if (!frame.Prerouted && !stack.Filter6.Pass(Hook.Prerouting, frame, device, null)) return;
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
        if (stack.Filter6.IsActive)
        {
            var before = Destination(frame);
            if (!stack.Filter6.Pass(Hook.Output, frame, null, route.Out)) return false;
            if (Destination(frame) != before && !Reroute(frame, ref route)) return true;
            if (!stack.Filter6.Pass(Hook.Postrouting, frame, null, route.Out)) return false;
        }
        Finish(frame, route, route.Mtu(_kernel.Loop.Now));
        return true;
    }

    /// <summary>Sends a packet of the link itself (neighbour discovery), whose Ethernet destination is known. Takes the frame.</summary>
    public void SendOnLink(Frame frame, Device device, MacAddress to)
    {
        if (stack.Filter6.IsActive && !(stack.Filter6.Pass(Hook.Output, frame, null, device) && stack.Filter6.Pass(Hook.Postrouting, frame, null, device))) return;
        EthernetHeader.Write(frame.Span, to, device.Mac, EtherType.Ipv6);
        device.Transmit(frame);
    }

    /// <summary>The next hop of a packet did not answer.</summary>
    public void NeighbourFailed(Frame frame) => End(frame, DropReason.NeighbourUnreachable, (Icmp6Codes.Unreachable, Icmp6Codes.AddressUnreachable, 0u));

    /// <summary>Ends a packet here, with an ICMPv6 error to its sender where there is one to send.</summary>
    public void End(Frame frame, DropReason reason, (byte Type, byte Code, uint Word)? error, int detail = -1)
    {
        _kernel.Recorder.Dropped(_place, frame, reason, detail);
        if (error is { } e) stack.Icmp6.Error(frame, e.Type, e.Code, e.Word);
        _kernel.Frames.Release(frame);
    }

    private void Finish(Frame frame, RouteDecision route, int mtu)
    {
        var device = route.Out!;
        if (frame.Length - Ethernet > mtu) EmitPieces(frame, route, device, mtu);
        else Emit(frame, route, device);
    }

    /// <summary>Apart, so that the closure is made only where there is something to cut.</summary>
    private void EmitPieces(Frame frame, RouteDecision route, Device device, int mtu) => stack.Fragments6.Cut(frame, mtu, piece => Emit(piece, route, device));

    private void Emit(Frame frame, RouteDecision route, Device device)
    {
        if (device.Resolves)
        {
            stack.Arp.Send(route.Neighbour ??= stack.Arp.Neighbours.Get(device, route.NextHop), frame);
            return;
        }
        EthernetHeader.Write(frame.Span, device.Mac, device.Mac, EtherType.Ipv6);
        device.Transmit(frame);
    }

    private bool Reroute(Frame frame, ref RouteDecision route)
    {
        route = stack.Routes.V6.Decide(Destination(frame));
        _kernel.Recorder.Step(_place, frame, StepKind.Routed, route.Detail);
        if (route.Out is not null) return true;
        _kernel.Drop(_place, frame, DropReason.NoRoute);
        return false;
    }

    private void Route(Device device, Frame frame)
    {
        var destination = Destination(frame);
        if (destination.IsMulticast)
        {
            Deliver(device, frame);
            return;
        }
        if (device is not Loopback && (destination.IsLoopback || Source(frame).IsLoopback))
        {
            _kernel.Drop(_place, frame, DropReason.Martian);
            return;
        }
        var route = stack.Routes.V6.Decide(destination);
        switch (route.Kind)
        {
            case RouteKind.Local: Deliver(device, frame); break;
            case RouteKind.Unicast when destination.IsLinkLocal || Source(frame).IsLinkLocal: _kernel.Drop(_place, frame, DropReason.NotForwarding); break;
            case RouteKind.Unicast when stack.Sysctls.Forwarding6: Forward(device, frame, route); break;
            case RouteKind.Unicast: _kernel.Drop(_place, frame, DropReason.NotForwarding); break;
            default: Refuse(frame, route); break;
        }
    }

    private void Refuse(Frame frame, RouteDecision route)
    {
        bool answers = stack.Sysctls.Forwarding6 && route.Route?.Type != Model.Routing.RouteType.Blackhole;
        byte code = route.Route?.Type == Model.Routing.RouteType.Prohibit ? Icmp6Codes.Prohibited : Icmp6Codes.NoRoute;
        End(frame, route.Kind == RouteKind.None ? DropReason.NoRoute : DropReason.ForbiddenByRoute, answers ? (Icmp6Codes.Unreachable, code, 0u) : null, route.Detail);
    }

    private void Deliver(Device device, Frame frame)
    {
        if (Ipv6View.TryRead(frame.Ip, out var packet) && packet.IsFragment)
        {
            if (stack.Fragments6.Add(frame) is not { } whole) return;
            frame = whole;
            Ipv6View.TryRead(frame.Ip, out packet);
        }
        var protocol = packet.Protocol;
        bool group = packet.Destination.IsMulticast;
        if (stack.Filter6.IsActive && !stack.Filter6.Pass(Hook.Input, frame, device, null)) return;
        switch (protocol)
        {
            case IpProtocol.IcmpV6: stack.Icmp6.Receive(device, frame); break;
            case IpProtocol.Udp when !group: stack.Udp.Receive(frame); break;
            case IpProtocol.Tcp when !group: stack.Tcp.Receive(frame); break;
            case var _ when group: _kernel.Frames.Release(frame); break; // no group of this namespace's programs
            default: End(frame, DropReason.NoSocket, (Icmp6Codes.ParameterProblem, Icmp6Codes.UnknownHeader, 6u)); break;
        }
    }

    private void Forward(Device device, Frame frame, RouteDecision route)
    {
        frame = _kernel.Frames.Own(frame);
        _kernel.Recorder.Step(_place, frame, StepKind.Routed, route.Detail);
        if (frame.Ip[7] <= 1)
        {
            End(frame, DropReason.TimeToLiveExceeded, (Icmp6Codes.TimeExceeded, 0, 0u));
            return;
        }
        if (frame.Length - Ethernet > route.Out!.Mtu)
        {
            End(frame, DropReason.TooBig, (Icmp6Codes.TooBig, 0, (uint)route.Out.Mtu));
            return;
        }
        frame.Ip[7]--;
        frame.HeadRewritten();
        if (stack.Filter6.IsActive && !(stack.Filter6.Pass(Hook.Forward, frame, device, route.Out) && stack.Filter6.Pass(Hook.Postrouting, frame, device, route.Out))) return;
        Emit(frame, route, route.Out);
    }

    private static IpAddress Source(Frame frame) => IpAddress.Read(frame.Ip.Slice(8, 16));

    private static IpAddress Destination(Frame frame) => IpAddress.Read(frame.Ip.Slice(24, 16));
}
