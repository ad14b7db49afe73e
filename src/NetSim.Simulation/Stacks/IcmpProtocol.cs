using NetSim.Model.Addressing;
using NetSim.Model.Packets;
using NetSim.Model.Tracing;
using NetSim.Simulation.Devices;
using NetSim.Wire;
using NetSim.Wire.Decoding;
using NetSim.Wire.Encoding;

namespace NetSim.Simulation.Stacks;

/// <summary>Who wants to know of ICMP errors about packets it sent.</summary>
internal interface IIcmpListener
{
    /// <summary>An error came.</summary>
    /// <param name="error">Type, code and second word.</param>
    /// <param name="from">Who sent the error.</param>
    /// <param name="quoted">The packet it is about, as far as it is quoted.</param>
    void Failed(IcmpHeader error, IpAddress from, IpView quoted);
}

/// <summary>ICMP of a namespace: answers echo, tells sockets of errors, and makes errors about packets that end here (RFC 792, RFC 1812 section 4.3).</summary>
internal sealed class IcmpProtocol(NamespaceStack stack)
{
    /// <summary>An error with all its headers has at most 576 bytes (RFC 1812, section 4.3.2.3).</summary>
    private const int MostQuoted = 576 - Ipv4Header.Length - IcmpHeader.Length;

    /// <summary>net.ipv4.route.min_pmtu.</summary>
    private const int LeastPathMtu = 552;

    private readonly Kernel _kernel = stack.Kernel;
    private readonly Dictionary<ushort, PingSocket> _sockets = [];
    private ushort _identification = (ushort)stack.Kernel.Chance.Next(65536);

    /// <summary>The detail of packets that the kernel itself makes.</summary>
    private readonly int _detail = stack.Kernel.Recorder.Detail(new SocketDetail(IpProtocol.Icmp, IpAddress.AnyV4, default, "kernel"));

    /// <summary>Takes a message that is for this namespace.</summary>
    public void Receive(Device device, Frame frame)
    {
        Ipv4View.TryRead(frame.Ip, out var packet);
        if (!IcmpView.TryRead(packet.Payload, out var message) || Checksum.Of(message.Bytes) != 0)
        {
            _kernel.Drop(stack.Place, frame, message.Bytes.IsEmpty ? DropReason.Malformed : DropReason.BadChecksum);
            return;
        }
        if (message.Type == IcmpCodes.Echo) Answer(frame, packet, message);
        else if (message.Type == IcmpCodes.EchoReply) Answered(frame, packet, message);
        else if (IcmpCodes.IsError(message.Type)) Failed(frame, packet, message);
        else _kernel.Drop(stack.Place, frame, DropReason.NotModelled);
    }

    /// <summary>Makes an error about a packet, unless none may be made (RFC 1812, section 4.3.2.7).</summary>
    public void Error(Frame about, byte type, byte code, uint rest)
    {
        if (!Ipv4View.TryRead(about.Ip, out var packet) || packet.FragmentOffset != 0) return;
        if (packet.Protocol == IpProtocol.Icmp && IcmpView.TryRead(packet.Payload, out var inner) && IcmpCodes.IsError(inner.Type)) return;
        var (source, destination) = (packet.Source, packet.Destination);
        if (source.IsAny || source.IsMulticast || destination.IsMulticast || stack.Routes.Decide(destination.V4).Kind == RouteKind.Broadcast) return;
        var route = stack.Routes.Decide(source.V4);
        if (route.Out is null || !stack.IcmpLimit.Allows(source, type, code, route.Out)) return;
        var from = stack.Routes.IsLocal(destination.V4) ? destination : route.Source;
        var quoted = packet.Bytes[..Math.Min(packet.Bytes.Length, MostQuoted)];
        var frame = _kernel.Frames.Rent(IcmpHeader.Length + quoted.Length);
        quoted.CopyTo(frame.Span[IcmpHeader.Length..]);
        new IcmpHeader(type, code, rest).Write(frame.Span);
        Simulation.Netfilter.Conntrack.Relate(frame, about);
        Send(frame, from, source, route, dontFragment: false);
    }

    /// <summary>Opens an echo socket with an identifier that is free.</summary>
    public PingSocket Open(string program)
    {
        ushort id;
        do id = (ushort)_kernel.Chance.Next(1, 65536);
        while (_sockets.ContainsKey(id));
        return _sockets[id] = new PingSocket(stack, id, program, v6: false);
    }

    /// <summary>Forgets a socket.</summary>
    public void Close(PingSocket socket) => _sockets.Remove(socket.Identifier);

    private void Send(Frame frame, IpAddress source, IpAddress destination, RouteDecision route, bool dontFragment)
    {
        var header = new Ipv4Header { Source = source, Destination = destination, Protocol = IpProtocol.Icmp, Identification = _identification++, DontFragment = dontFragment };
        int length = frame.Length;
        header.Write(frame.Push(Ipv4Header.Length + EthernetHeader.Length)[EthernetHeader.Length..], length);
        _kernel.Recorder.Step(stack.Place, frame, StepKind.Originated, _detail);
        stack.Ipv4.SendLocal(frame, route);
    }

    private void Answer(Frame frame, Ipv4View packet, IcmpView message)
    {
        _kernel.Recorder.Step(stack.Place, frame, StepKind.Delivered, _detail);
        var (source, destination) = (packet.Source, packet.Destination);
        var route = stack.Routes.Decide(source.V4);
        bool toAll = stack.Routes.Decide(destination.V4).Kind != RouteKind.Local;
        bool silent = stack.Sysctls.IgnoresEcho || route.Out is null || toAll && stack.Sysctls.Number("net.ipv4.icmp_echo_ignore_broadcasts", 1) != 0;
        if (toAll) destination = route.Source;
        if (!silent)
        {
            var reply = _kernel.Frames.Rent(message.Bytes.Length);
            message.Payload.CopyTo(reply.Span[IcmpHeader.Length..]);
            IcmpHeader.Echo(IcmpCodes.EchoReply, message.Identifier, message.SequenceNumber).Write(reply.Span);
            Send(reply, destination, source, route, dontFragment: false);
        }
        _kernel.Frames.Release(frame);
    }

    private void Answered(Frame frame, Ipv4View packet, IcmpView message)
    {
        if (!_sockets.TryGetValue(message.Identifier, out var socket))
        {
            _kernel.Drop(stack.Place, frame, DropReason.NoSocket);
            return;
        }
        _kernel.Recorder.Step(stack.Place, frame, StepKind.Delivered, socket.Detail);
        socket.Deliver(new(packet.Source, message.Type, message.Code, message.SequenceNumber, message.Bytes.Length, packet.TimeToLive, 0));
        _kernel.Frames.Release(frame);
    }

    private void Failed(Frame frame, Ipv4View packet, IcmpView message)
    {
        _kernel.Recorder.Step(stack.Place, frame, StepKind.Delivered, _detail);
        if (IpView.TryRead(message.Payload, out var quoted) && !quoted.IsV6 && quoted.Payload.Length >= 8)
        {
            var error = new IcmpHeader(message.Type, message.Code, message.RestOfHeader);
            if (error is { Type: IcmpCodes.Unreachable, Code: IcmpCodes.FragmentationNeeded } && stack.Routes.Decide(quoted.Destination.V4) is { Kind: RouteKind.Unicast } route)
                route.Narrow((int)(error.RestOfHeader & 0xFFFF), LeastPathMtu, _kernel.Loop.Now);
            IIcmpListener? listener = quoted.Protocol switch
            {
                IpProtocol.Udp => stack.Udp,
                IpProtocol.Tcp => stack.Tcp,
                IpProtocol.Icmp when IcmpView.TryRead(quoted.Payload, out var echo) => _sockets.GetValueOrDefault(echo.Identifier),
                _ => null,
            };
            listener?.Failed(error, packet.Source, quoted);
        }
        _kernel.Frames.Release(frame);
    }
}
