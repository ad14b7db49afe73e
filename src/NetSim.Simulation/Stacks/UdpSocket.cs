using NetSim.Model.Addressing;
using NetSim.Model.Packets;
using NetSim.Model.Tracing;
using NetSim.Simulation.Events;
using NetSim.Simulation.Sockets;
using NetSim.Wire.Encoding;

namespace NetSim.Simulation.Stacks;

/// <summary>Takes datagrams on the spot, without a program that waits: for load generators and measurements.</summary>
internal interface IDatagramSink
{
    /// <summary>A datagram came; the bytes are valid during the call only.</summary>
    void Take(UdpSocket socket, ReadOnlySpan<byte> data, in IpAddress source, Port port);
}

/// <summary>A UDP socket.</summary>
internal sealed class UdpSocket : IUdpSocket
{
    private readonly NamespaceStack _stack;
    private readonly Mailbox<Datagram> _received;
    private (IpAddress Address, Port Port)? _peer;
    private IpPath? _path;
    private Mailbox<ProbeError>? _errors;
    private bool _closed;

    public UdpSocket(NamespaceStack stack, IpAddress address, Port port, string program)
    {
        _stack = stack;
        Address = address;
        Port = port;
        _received = new(stack.Kernel.Timers);
        Detail = stack.Kernel.Recorder.Detail(new SocketDetail(IpProtocol.Udp, address, port, program));
    }

    /// <summary>The address it is bound to; all zeros is any.</summary>
    public IpAddress Address { get; private set; }

    public Port Port { get; }

    /// <summary>Number of its detail in the trace.</summary>
    public int Detail { get; }

    /// <summary>Takes datagrams instead of programs that wait, when set.</summary>
    public IDatagramSink? Sink { get; set; }

    public int TimeToLive { get; set; }

    public bool ProbesPath { get; set; }

    public void Connect(IpAddress destination, Port port)
    {
        _peer = (destination, port);
        _path = null;
        if (Address.IsAny && _stack.SourceFor(destination) is null) throw new SocketFailure(Errno.NetworkUnreachable);
    }

    public void Send(ReadOnlySpan<byte> data, IpAddress destination, Port port)
    {
        if (_received.TakeFailure() is { } failure) throw failure;
        var path = _path is { } known && known.Remote == destination ? known : _path = PathTo(destination);
        if (!path.IsRoutable) throw new SocketFailure(Errno.NetworkUnreachable);
        int length = UdpHeader.Length + data.Length;
        if (length > 65535 - path.HeaderLength) throw new SocketFailure(Errno.MessageTooLong);
        bool fits = length + path.HeaderLength <= path.Mtu;
        if (ProbesPath && !fits) throw new SocketFailure(Errno.MessageTooLong);
        path.DontFragment = ProbesPath || fits;
        if (TimeToLive > 0) path.TimeToLive = TimeToLive;
        var frame = _stack.Kernel.Frames.Rent(length);
        var span = frame.Span;
        data.CopyTo(span[UdpHeader.Length..]);
        new UdpHeader(Port.Number, port.Number).Write(span, path.PseudoHeaderSum(length));
        if (!path.Send(frame, Detail)) throw new SocketFailure(Errno.NotPermitted);
    }

    public Task<Datagram?> Receive(TimeSpan? timeout = null) => _received.Take(timeout);

    public Task<ProbeError?> ReceiveError(TimeSpan? timeout = null) => (_errors ??= new(_stack.Kernel.Timers)).Take(timeout);

    /// <summary>How well it fits a datagram; -1: not at all.</summary>
    public int Score(in IpAddress local, in IpAddress remote, ushort remotePort)
    {
        if (Address.IsV6 != local.IsV6) return _peer is null && Address.IsV6 && Address.IsAny ? 0 : -1; // :: hears IPv4 as well
        if (!Address.IsAny && Address != local) return -1;
        if (_peer is not { } peer) return Address.IsAny ? 1 : 2;
        return peer.Address == remote && peer.Port.Number == remotePort ? 3 : -1;
    }

    /// <summary>A datagram came.</summary>
    public void Deliver(ReadOnlySpan<byte> data, in IpAddress source, Port port, in IpAddress destination)
    {
        if (Sink is { } sink) sink.Take(this, data, source, port);
        else _received.Put(new Datagram(data.ToArray(), source, port, destination));
    }

    /// <summary>An ICMP error came: a connected socket's next call fails, unless the program reads errors by themselves.</summary>
    public void Failed(IcmpHeader error, IpAddress from, Port port)
    {
        if (_errors is not null)
        {
            bool tooBig = error is { Type: IcmpCodes.Unreachable, Code: IcmpCodes.FragmentationNeeded };
            _errors.Put(new(from, error.Type, error.Code, port, tooBig ? (int)(error.RestOfHeader & 0xFFFF) : 0));
            return;
        }
        if (_peer is null || error.Type != IcmpCodes.Unreachable) return;
        Errno? errno = error.Code switch
        {
            IcmpCodes.PortUnreachable or IcmpCodes.ProtocolUnreachable => Errno.ConnectionRefused,
            IcmpCodes.NetUnreachable => Errno.NetworkUnreachable,
            IcmpCodes.FragmentationNeeded => null,
            _ => Errno.HostUnreachable,
        };
        if (errno is { } e) _received.Fail(new SocketFailure(e));
    }

    public void Dispose()
    {
        if (_closed) return;
        _closed = true;
        _stack.Udp.Close(this);
        _received.Close();
        _errors?.Close();
    }

    private IpPath PathTo(IpAddress destination)
    {
        var source = Address.IsAny ? _stack.SourceFor(destination) : Address;
        if (source is not { } own || own.IsV6 != destination.IsV6) throw new SocketFailure(Errno.NetworkUnreachable);
        return _stack.PathTo(own, destination, IpProtocol.Udp);
    }
}
