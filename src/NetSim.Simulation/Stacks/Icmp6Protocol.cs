using NetSim.Model.Addressing;
using NetSim.Model.Packets;
using NetSim.Model.Tracing;
using NetSim.Simulation.Devices;
using NetSim.Wire;
using NetSim.Wire.Decoding;
using NetSim.Wire.Encoding;

namespace NetSim.Simulation.Stacks;

/// <summary>ICMPv6 of a namespace: answers echo, tells sockets of errors, and makes errors about packets that end here (RFC 4443).</summary>
internal sealed class Icmp6Protocol(NamespaceStack stack)
{
    /// <summary>Every link carries as much (RFC 8200, section 5).</summary>
    private const int LeastMtu = 1280;

    /// <summary>An error with all its headers fits the least MTU of IPv6 (RFC 4443, section 2.4 c).</summary>
    private const int MostQuoted = 1280 - Ipv6Header.Length - IcmpHeader.Length;

    private readonly Kernel _kernel = stack.Kernel;
    private readonly Dictionary<ushort, PingSocket> _sockets = [];

    /// <summary>The detail of packets that the kernel itself makes.</summary>
    private readonly int _detail = stack.Kernel.Recorder.Detail(new SocketDetail(IpProtocol.IcmpV6, IpAddress.AnyV6, default, "kernel"));

    /// <summary>Takes a message that is for this namespace.</summary>
    public void Receive(Device device, Frame frame)
    {
        Ipv6View.TryRead(frame.Ip, out var packet);
        if (!IcmpView.TryRead(packet.Payload, out var message) || Checksum.Of(message.Bytes, packet.PseudoHeaderSum(message.Bytes.Length)) != 0)
        {
            _kernel.Drop(stack.Place, frame, message.Bytes.IsEmpty ? DropReason.Malformed : DropReason.BadChecksum);
            return;
        }
        if (message.Type == Icmp6Codes.Echo) Answer(frame, packet, message);
        else if (message.Type == Icmp6Codes.EchoReply) Answered(frame, packet, message);
        else if (Icmp6Codes.IsError(message.Type)) Failed(frame, packet, message);
        else if (message.Type is Icmp6Codes.Solicitation or Icmp6Codes.Advertisement) stack.Ndp.Receive(device, frame, packet, message);
        else _kernel.Frames.Release(frame); // routers and groups
    }

    /// <summary>Makes an error about a packet, unless none may be made (RFC 4443, section 2.4 e).</summary>
    public void Error(Frame about, byte type, byte code, uint rest)
    {
        if (!Ipv6View.TryRead(about.Ip, out var packet) || packet.FragmentOffset != 0) return;
        if (packet.Protocol == IpProtocol.IcmpV6 && IcmpView.TryRead(packet.Payload, out var inner) && Icmp6Codes.IsError(inner.Type)) return;
        var (source, destination) = (packet.Source, packet.Destination);
        if (source.IsAny || source.IsMulticast || destination.IsMulticast && type != Icmp6Codes.TooBig) return;
        var route = stack.Routes.V6.Decide(source);
        if (route.Out is null || !stack.IcmpLimit.Allows(source, type, code, route.Out)) return;
        var from = stack.Routes.V6.IsLocal(destination) ? destination : route.Source;
        var quoted = packet.Bytes[..Math.Min(packet.Bytes.Length, MostQuoted)];
        var frame = _kernel.Frames.Rent(IcmpHeader.Length + quoted.Length);
        quoted.CopyTo(frame.Span[IcmpHeader.Length..]);
        Simulation.Netfilter.Conntrack.Relate(frame, about);
        Send(frame, new(type, code, rest), from, source);
    }

    /// <summary>Opens an echo socket with an identifier that is free.</summary>
    public PingSocket Open(string program)
    {
        ushort id;
        do id = (ushort)_kernel.Chance.Next(1, 65536);
        while (_sockets.ContainsKey(id));
        return _sockets[id] = new PingSocket(stack, id, program, v6: true);
    }

    /// <summary>Forgets a socket.</summary>
    public void Close(PingSocket socket) => _sockets.Remove(socket.Identifier);

    private void Send(Frame frame, IcmpHeader header, IpAddress source, IpAddress destination)
    {
        var path = new Ipv6Path(stack, source, destination, IpProtocol.IcmpV6);
        header.Write(frame.Span, path.PseudoHeaderSum(frame.Length));
        path.Send(frame, _detail);
    }

    private void Answer(Frame frame, Ipv6View packet, IcmpView message)
    {
        _kernel.Recorder.Step(stack.Place, frame, StepKind.Delivered, _detail);
        var (source, destination) = (packet.Source, packet.Destination);
        var route = stack.Routes.V6.Decide(source);
        if (route.Out is not null && !stack.Sysctls.IgnoresEcho6)
        {
            var reply = _kernel.Frames.Rent(message.Bytes.Length);
            message.Payload.CopyTo(reply.Span[IcmpHeader.Length..]);
            Send(reply, IcmpHeader.Echo(Icmp6Codes.EchoReply, message.Identifier, message.SequenceNumber), destination.IsMulticast ? route.Source : destination, source);
        }
        _kernel.Frames.Release(frame);
    }

    private void Answered(Frame frame, Ipv6View packet, IcmpView message)
    {
        if (!_sockets.TryGetValue(message.Identifier, out var socket))
        {
            _kernel.Drop(stack.Place, frame, DropReason.NoSocket);
            return;
        }
        _kernel.Recorder.Step(stack.Place, frame, StepKind.Delivered, socket.Detail);
        socket.Deliver(new(packet.Source, message.Type, message.Code, message.SequenceNumber, message.Bytes.Length, packet.HopLimit, 0));
        _kernel.Frames.Release(frame);
    }

    private void Failed(Frame frame, Ipv6View packet, IcmpView message)
    {
        _kernel.Recorder.Step(stack.Place, frame, StepKind.Delivered, _detail);
        var error = new IcmpHeader(message.Type, message.Code, message.RestOfHeader);
        if (IpView.TryRead(message.Payload, out var quoted) && quoted.IsV6 && quoted.Payload.Length >= 8)
        {
            if (error.Type == Icmp6Codes.TooBig && stack.Routes.V6.Decide(quoted.Destination) is { Kind: RouteKind.Unicast } route)
                route.Narrow((int)Math.Min(error.RestOfHeader, 65535), LeastMtu, _kernel.Loop.Now);
            if (quoted.Protocol == IpProtocol.Udp) stack.Udp.Failed(Icmp6Codes.ToV4(error), packet.Source, quoted);
            else if (quoted.Protocol == IpProtocol.Tcp) stack.Tcp.Failed(Icmp6Codes.ToV4(error), packet.Source, quoted);
            else if (quoted.Protocol == IpProtocol.IcmpV6 && IcmpView.TryRead(quoted.Payload, out var echo)) _sockets.GetValueOrDefault(echo.Identifier)?.Failed(error, packet.Source, quoted);
        }
        _kernel.Frames.Release(frame);
    }
}
