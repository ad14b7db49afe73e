using NetSim.Model.Packets;
using NetSim.Model.Tracing;
using NetSim.Simulation.Devices;
using NetSim.Simulation.Events;
using NetSim.Simulation.Sockets;

namespace NetSim.Simulation.Stacks;

/// <summary>A TCP connection as Linux speaks it (RFC 9293). This file: what it is, and what its user may ask; the others: what arrives, what is sent, what time brings.</summary>
internal sealed partial class TcpConnection : ITimerTarget
{
    private readonly NamespaceStack _stack;
    private readonly Kernel _kernel;
    private readonly TcpSettings _settings;
    private readonly ByteRing _unsent = new(); // from _bufferSequence on: not acknowledged, or not sent
    private readonly Reassembly _incoming = new();
    private readonly RoundTrip _roundTrip = new();
    private readonly string _program;
    private readonly uint _timestampOffset;
    private ICongestionControl _congestion;
    private bool _orphan, _finQueued, _finReceived, _told;

    public TcpConnection(NamespaceStack stack, IpPath path, (ushort Local, ushort Remote) ports, string program)
    {
        _stack = stack;
        _kernel = stack.Kernel;
        _settings = stack.Tcp.Settings;
        _program = program;
        Path = path;
        (LocalPort, RemotePort) = ports;
        Detail = _kernel.Recorder.Detail(new SocketDetail(IpProtocol.Tcp, path.Local, new(LocalPort), program));
        _timestampOffset = (uint)_kernel.Chance.Next();
        _initialSequence = _unacknowledged = _next = _highest = (uint)_kernel.Chance.NextInt64(1L << 32);
        _bufferSequence = _initialSequence + 1;
        _segment = OwnSegment;
        _congestion = new Reno(_segment);
    }

    /// <summary>Number of its detail in the trace.</summary>
    public int Detail { get; }

    /// <summary>The way to the peer.</summary>
    public IpPath Path { get; }

    /// <summary>Own port.</summary>
    public ushort LocalPort { get; }

    /// <summary>The peer's port.</summary>
    public ushort RemotePort { get; }

    /// <summary>Where it stands.</summary>
    public TcpState State { get; private set; }

    /// <summary>Who uses it; null: nobody yet (waits to be accepted) or no more.</summary>
    public ITcpUser? User { get; set; }

    /// <summary>Who made it by accepting, until it is established.</summary>
    public TcpListener? Listener { get; set; }

    /// <summary>Are small segments sent though others are under way (TCP_NODELAY)?</summary>
    public bool NoDelay { get; set; }

    /// <summary>Bytes that can be read.</summary>
    public int Available => _incoming.Ready;

    /// <summary>Has the peer ended its stream, and is all of it read?</summary>
    public bool IsAtEnd => _finReceived && _incoming.Ready == 0;

    /// <summary>Bytes that the send buffer still takes.</summary>
    public int Room => _settings.SendBuffer - _unsent.Count;

    /// <summary>Why it broke, or null.</summary>
    public Errno? Error { get; private set; }

    private int OwnSegment => Math.Min(Path.Mtu, 65535) - Path.HeaderLength - Wire.Encoding.TcpHeader.LeastLength;

    /// <summary>The conversation from this end.</summary>
    public FlowKey Flow => new(IpProtocol.Tcp, Path.Local, new(LocalPort), Path.Remote, new(RemotePort));

    /// <summary>Is a sequence number beyond all that came?</summary>
    public bool IsBeyond(uint sequence) => Sequence.After(sequence, _incoming.Next);

    /// <summary>Sends SYN.</summary>
    public void Open()
    {
        State = TcpState.SynSent;
        Tell();
        SendSyn();
        Arm(RoundTrip.Initial);
    }

    /// <summary>Hands bytes to the kernel; returns how many found room.</summary>
    /// <exception cref="SocketFailure">EPIPE after the stream was ended, or why the connection broke.</exception>
    public int Write(ReadOnlySpan<byte> data)
    {
        if (Error is { } broken) throw new SocketFailure(broken);
        if (_finQueued || State is TcpState.Closed) throw new SocketFailure(Errno.BrokenPipe);
        int taken = Math.Min(Room, data.Length);
        _unsent.Append(data[..taken]);
        Push();
        return taken;
    }

    /// <summary>Reads what fits, and tells the peer of the room it made.</summary>
    public int Read(Span<byte> target)
    {
        int count = _incoming.Read(target);
        if (count > 0 && !_finReceived) OfferWindow();
        return count;
    }

    /// <summary>Ends the own stream: FIN after all that is to be sent.</summary>
    public void Shutdown()
    {
        if (_finQueued || State is not (TcpState.SynReceived or TcpState.Established or TcpState.CloseWait)) return;
        _finQueued = true;
        State = State == TcpState.CloseWait ? TcpState.LastAck : TcpState.FinWait1;
        Push();
    }

    /// <summary>The user is done. Unread bytes make it a reset (RFC 2525, section 2.17).</summary>
    public void Close()
    {
        User = null;
        if (State == TcpState.SynSent) End();
        else if (_incoming.Ready > 0) Abort();
        else
        {
            _orphan = true;
            Shutdown();
            if (State == TcpState.FinWait2) StartTimeWait(TcpState.FinWait2);
        }
    }

    /// <summary>Sends RST and forgets the connection.</summary>
    public void Abort()
    {
        User = null;
        if (State is not (TcpState.Closed or TcpState.SynSent or TcpState.TimeWait)) SendReset();
        End();
    }

    /// <summary>The connection broke.</summary>
    public void Fail(Errno errno)
    {
        Error = errno;
        End();
        User?.Failed(this, errno);
    }

    /// <summary>Nothing of it is left but what its user may still read.</summary>
    private void End()
    {
        if (State == TcpState.Closed) return;
        State = TcpState.Closed;
        _kernel.Timers.Stop(ref _retransmitTimer);
        _kernel.Timers.Stop(ref _ackTimer);
        _kernel.Timers.Stop(ref _waitTimer);
        Listener?.Forget(this);
        _stack.Tcp.Forget(this);
        if (_told) _kernel.Tell(new Change.SocketClosed(_stack.Key, IpProtocol.Tcp, Path.Local, new(LocalPort), Flow));
        _told = false;
    }

    private void Tell()
    {
        _told = true;
        _kernel.Tell(new Change.SocketOpened(_stack.Key, IpProtocol.Tcp, Path.Local, new(LocalPort), _program, Flow));
    }
}
