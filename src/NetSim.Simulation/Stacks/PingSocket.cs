using NetSim.Model.Addressing;
using NetSim.Model.Packets;
using NetSim.Model.Tracing;
using NetSim.Simulation.Events;
using NetSim.Simulation.Sockets;
using NetSim.Wire.Decoding;
using NetSim.Wire.Encoding;

namespace NetSim.Simulation.Stacks;

/// <summary>An ICMP echo socket of one family.</summary>
internal sealed class PingSocket : IPingSocket, IIcmpListener
{
    private readonly NamespaceStack _stack;
    private readonly Mailbox<PingReply> _replies;
    private readonly bool _v6;
    private IpPath? _path;

    public PingSocket(NamespaceStack stack, ushort identifier, string program, bool v6)
    {
        _v6 = v6;
        _stack = stack;
        Identifier = identifier;
        _replies = new(stack.Kernel.Timers);
        Detail = stack.Kernel.Recorder.Detail(new SocketDetail(v6 ? IpProtocol.IcmpV6 : IpProtocol.Icmp, v6 ? IpAddress.AnyV6 : IpAddress.AnyV4, new Port(identifier), program));
    }

    public ushort Identifier { get; }

    public IpAddress? Source { get; set; }

    /// <summary>Number of its detail in the trace.</summary>
    public int Detail { get; }

    public void Send(IpAddress destination, ushort sequence, ReadOnlySpan<byte> payload, int ttl = 0, bool dontFragment = false)
    {
        if (destination.IsV6 != _v6) throw new SocketFailure(Errno.NetworkUnreachable);
        var path = PathTo(destination);
        if (!path.IsRoutable) throw new SocketFailure(_stack.Routes.Decide(destination).Kind == RouteKind.None ? Errno.NetworkUnreachable : Errno.HostUnreachable);
        if (dontFragment && payload.Length + IcmpHeader.Length + path.HeaderLength > path.Mtu) throw new SocketFailure(Errno.MessageTooLong);
        path.TimeToLive = ttl > 0 ? ttl : 64;
        path.DontFragment = dontFragment || payload.Length + IcmpHeader.Length + path.HeaderLength <= path.Mtu;
        var frame = _stack.Kernel.Frames.Rent(IcmpHeader.Length + payload.Length);
        payload.CopyTo(frame.Span[IcmpHeader.Length..]);
        IcmpHeader.Echo(_v6 ? Icmp6Codes.Echo : IcmpCodes.Echo, Identifier, sequence).Write(frame.Span, _v6 ? path.PseudoHeaderSum(frame.Length) : 0);
        if (!path.Send(frame, Detail)) throw new SocketFailure(Errno.NotPermitted);
    }

    public Task<PingReply?> Receive(TimeSpan? timeout = null) => _replies.Take(timeout);

    /// <summary>A reply came.</summary>
    public void Deliver(PingReply reply) => _replies.Put(reply);

    public void Failed(IcmpHeader error, IpAddress from, IpView quoted)
    {
        if (!IcmpView.TryRead(quoted.Payload, out var echo)) return;
        bool tooBig = _v6 ? error.Type == Icmp6Codes.TooBig : error is { Type: IcmpCodes.Unreachable, Code: IcmpCodes.FragmentationNeeded };
        _replies.Put(new(from, error.Type, error.Code, echo.SequenceNumber, echo.Bytes.Length, 0, tooBig ? (int)(error.RestOfHeader & 0xFFFF) : 0));
    }

    public void Dispose()
    {
        if (_v6) _stack.Icmp6.Close(this);
        else _stack.Icmp.Close(this);
        _replies.Close();
    }

    private IpPath PathTo(IpAddress destination)
    {
        if (_path is { } known && known.Remote == destination) return known;
        return _path = _stack.PathTo(Source ?? _stack.Routes.Decide(destination).Source, destination, _v6 ? IpProtocol.IcmpV6 : IpProtocol.Icmp, bound: Source is not null);
    }
}
