using NetSim.Model.Addressing;
using NetSim.Model.Packets;
using NetSim.Model.Tracing;
using NetSim.Simulation.Events;
using NetSim.Simulation.Sockets;
using NetSim.Wire.Decoding;
using NetSim.Wire.Encoding;

namespace NetSim.Simulation.Stacks;

/// <summary>An ICMP echo socket over IPv4.</summary>
internal sealed class PingSocket : IPingSocket, IIcmpListener
{
    private readonly NamespaceStack _stack;
    private readonly Mailbox<PingReply> _replies;
    private Ipv4Path? _path;

    public PingSocket(NamespaceStack stack, ushort identifier, string program)
    {
        _stack = stack;
        Identifier = identifier;
        _replies = new(stack.Kernel.Timers);
        Detail = stack.Kernel.Recorder.Detail(new SocketDetail(IpProtocol.Icmp, IpAddress.AnyV4, new Port(identifier), program));
    }

    public ushort Identifier { get; }

    /// <summary>Number of its detail in the trace.</summary>
    public int Detail { get; }

    public void Send(IpAddress destination, ushort sequence, ReadOnlySpan<byte> payload, int ttl = 0, bool dontFragment = false)
    {
        if (destination.IsV6) throw new SocketFailure(Errno.NetworkUnreachable);
        var path = PathTo(destination);
        if (!path.IsRoutable) throw new SocketFailure(path.Route.Kind == RouteKind.None ? Errno.NetworkUnreachable : Errno.HostUnreachable);
        if (dontFragment && payload.Length + IcmpHeader.Length + path.HeaderLength > path.Mtu) throw new SocketFailure(Errno.MessageTooLong);
        path.TimeToLive = ttl > 0 ? ttl : 64;
        path.DontFragment = dontFragment || payload.Length + IcmpHeader.Length + path.HeaderLength <= path.Mtu;
        var frame = _stack.Kernel.Frames.Rent(IcmpHeader.Length + payload.Length);
        payload.CopyTo(frame.Span[IcmpHeader.Length..]);
        IcmpHeader.Echo(IcmpCodes.Echo, Identifier, sequence).Write(frame.Span);
        if (!path.Send(frame, Detail)) throw new SocketFailure(Errno.NotPermitted);
    }

    public Task<PingReply?> Receive(TimeSpan? timeout = null) => _replies.Take(timeout);

    /// <summary>A reply came.</summary>
    public void Deliver(PingReply reply) => _replies.Put(reply);

    public void Failed(IcmpHeader error, IpAddress from, Ipv4View quoted)
    {
        if (!IcmpView.TryRead(quoted.Payload, out var echo)) return;
        bool tooBig = error is { Type: IcmpCodes.Unreachable, Code: IcmpCodes.FragmentationNeeded };
        _replies.Put(new(from, error.Type, error.Code, echo.SequenceNumber, echo.Bytes.Length, 0, tooBig ? (int)(error.RestOfHeader & 0xFFFF) : 0));
    }

    public void Dispose()
    {
        _stack.Icmp.Close(this);
        _replies.Close();
    }

    private Ipv4Path PathTo(IpAddress destination)
    {
        if (_path is { } known && known.Remote == destination) return known;
        var route = _stack.Routes.Decide(destination.V4);
        return _path = new(_stack, IpAddress.FromV4(route.Source), destination, IpProtocol.Icmp);
    }
}
