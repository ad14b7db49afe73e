using NetSim.Model.Packets;
using NetSim.Model.Tracing;
using NetSim.Simulation.Devices;
using NetSim.Simulation.Events;
using NetSim.Simulation.Sockets;

namespace NetSim.Simulation.Stacks;

/// <summary>A TCP connection as Linux speaks it (RFC 9293). This file: what it is, and what its user may ask; the others: what arrives, what is sent, what is mended, what time brings.</summary>
internal sealed partial class TcpConnection : ITimerTarget
{
    /// <summary>What a full segment takes of the send buffer, its bookkeeping included. Source: linux v6.6 net/ipv4/tcp_input.c tcp_sndbuf_expand.</summary>
    private const int SegmentCost = 4352;

    private readonly NamespaceStack _stack;
    private readonly Kernel _kernel;
    private readonly TcpSettings _settings;
    private readonly ByteRing _unsent; // from _bufferSequence on: not acknowledged, or not sent
    private readonly Reassembly _incoming;
    private readonly string _program;
    private uint _timestampOffset;
    private ICongestionControl _congestion;
    private bool _orphan, _finQueued, _finReceived, _told;

    public TcpConnection(NamespaceStack stack, IpPath path, (ushort Local, ushort Remote) ports, string program)
    {
        _stack = stack;
        _kernel = stack.Kernel;
        _settings = stack.Tcp.Settings;
        _unsent = new(_kernel.Buffers);
        _incoming = new(_kernel.Buffers);
        _program = program;
        Path = path;
        (LocalPort, RemotePort) = ports;
        Detail = _kernel.Recorder.On ? _kernel.Recorder.Detail(new SocketDetail(IpProtocol.Tcp, path.Local, new(LocalPort), program)) : -1;
        _timestampOffset = (uint)_kernel.Chance.Next();
        _initialSequence = _unacknowledged = _next = (uint)_kernel.Chance.NextInt64(1L << 32);
        _bufferSequence = _initialSequence + 1;
        _timestamps = _settings.Timestamps;
        _selective = _settings.Selective;
        _roundTrip = new(_settings.LeastTimeout);
        _segment = OwnSegment;
        _congestion = _settings.NewCongestionControl();
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

    /// <summary>Are only full segments sent (TCP_CORK)? What is held back goes after 200 ms all the same.</summary>
    public bool Corked { get; private set; }

    /// <summary>How the congestion window is governed (TCP_CONGESTION).</summary>
    public ICongestionControl Congestion
    {
        get => _congestion;
        set => _congestion = value;
    }

    /// <summary>Bytes that can be read.</summary>
    public int Available => _incoming.Ready;

    /// <summary>Has the peer ended its stream, and is all of it read?</summary>
    public bool IsAtEnd => _finReceived && _incoming.Ready == 0;

    /// <summary>Bytes that the send buffer still takes.</summary>
    public int Room => SendBuffer - _unsent.Count;

    /// <summary>Why it broke, or null.</summary>
    public Errno? Error { get; private set; }

    /// <summary>The most that its user wants of a segment (TCP_MAXSEG); 0: what the path takes.</summary>
    public int SegmentLimit { get; set; }

    /// <summary>The conversation from this end.</summary>
    public FlowKey Flow => new(IpProtocol.Tcp, Path.Local, new(LocalPort), Path.Remote, new(RemotePort));

    private int OwnSegment => Math.Min(Math.Min(Path.Mtu, 65535) - Path.HeaderLength - Wire.Encoding.TcpHeader.LeastLength, SegmentLimit > 0 ? SegmentLimit : 65535);

    /// <summary>Bytes of the send buffer: as set, or twice what the congestion window takes.</summary>
    private int SendBuffer => _settings.SendBuffer > 0 ? _settings.SendBuffer
        : (int)Math.Min(2L * Math.Max(Math.Max(_window.Segments, CongestionWindow.Initial), _reordering + 1) * SegmentCost, _settings.SendBufferMost);

    /// <summary>May a SYN with that sequence number and timestamp take the place of this connection in TIME_WAIT (RFC 9293, section 3.6.1; RFC 6191)?</summary>
    public bool GivesWayTo(uint sequence, bool hasTimestamp, uint timestamp) =>
        State == TcpState.TimeWait && (Sequence.After(sequence, _incoming.Next) || _timestamps && hasTimestamp && Sequence.After(timestamp, _echo));

    /// <summary>May the own side open the same conversation again (net.ipv4.tcp_tw_reuse)? Timestamps must tell old segments from new, so a second has to pass.</summary>
    public bool MayBeReused => State == TcpState.TimeWait && _timestamps && _kernel.Loop.Now - _lastHeard > 1_000_000_000;

    /// <summary>A first sequence number beyond all of the old conversation's.</summary>
    public void Follow(TcpConnection old) => _initialSequence = _unacknowledged = _next = (_bufferSequence = old._next + 65537) - 1;

    /// <summary>Sends SYN.</summary>
    public void Open()
    {
        State = TcpState.SynSent;
        Tell();
        SendSyn();
        Arm(Pending.Retransmit, RoundTrip.Initial);
    }

    /// <summary>Hands bytes to the kernel; returns how many found room.</summary>
    /// <exception cref="SocketFailure">EPIPE after the stream was ended, or why the connection broke.</exception>
    public int Write(ReadOnlySpan<byte> data)
    {
        if (Error is { } broken) throw new SocketFailure(broken);
        if (_finQueued || State is TcpState.Closed) throw new SocketFailure(Errno.BrokenPipe);
        int taken = Math.Max(0, Math.Min(Room, data.Length));
        if (_sent.Count == 0 && _settings.RestartsAfterIdle && _kernel.Loop.Now - _lastSent is var idle && idle > _roundTrip.Timeout && _lastSent > 0)
            _window.Restart(idle, _roundTrip.Timeout, _kernel.Loop.Now);
        _unsent.Append(data[..taken]);
        Push();
        return taken;
    }

    /// <summary>Reads what fits, and tells the peer of the room it made.</summary>
    public int Read(Span<byte> target)
    {
        int count = _incoming.Read(target);
        if (count > 0 && !_finReceived) OfferWindow(count);
        return count;
    }

    /// <summary>Corks or uncorks; what is held back goes at once when uncorked.</summary>
    public void Cork(bool on)
    {
        Corked = on;
        if (!on) Push();
    }

    /// <summary>What keepalive is by the namespace's sysctls.</summary>
    public KeepAliveTimes UsualKeepAlive => _settings.KeepAlive;

    /// <summary>Asks a silent peer from time to time whether it is still there (SO_KEEPALIVE); null: no more.</summary>
    public void KeepAliveEvery(KeepAliveTimes? times)
    {
        _keepAlive = times;
        _kernel.Timers.Stop(ref _keepTimer);
        if (times is not null && State is not (TcpState.Closed or TcpState.SynSent or TcpState.SynReceived)) StartKeepAlive(times.Idle);
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

    /// <summary>An ICMP error about it, which may pass: it is the reason should the connection time out.</summary>
    public void Hindered(Errno errno) => _softError = errno;

    /// <summary>Nothing of it is left but what its user may still read.</summary>
    private void End()
    {
        if (State == TcpState.Closed) return;
        State = TcpState.Closed;
        Disarm();
        _kernel.Timers.Stop(ref _retransmitTimer);
        _kernel.Timers.Stop(ref _ackTimer);
        _kernel.Timers.Stop(ref _waitTimer);
        _kernel.Timers.Stop(ref _keepTimer);
        _kernel.Timers.Stop(ref _compressTimer);
        Listener?.Forget(this);
        _stack.Tcp.Forget(this);
        Untell();
    }

    /// <summary>Without a trace the table of sockets is changed at once: the change would be seen by nobody else.</summary>
    private void Tell()
    {
        _told = true;
        if (_kernel.Recorder.On) _kernel.Tell(new Change.SocketOpened(_stack.Key, IpProtocol.Tcp, Path.Local, new(LocalPort), _program, Flow));
        else _stack.Facts.Sockets.Add((IpProtocol.Tcp, Path.Local, new(LocalPort), _program, Flow));
    }

    private void Untell()
    {
        if (!_told) return;
        _told = false;
        if (_kernel.Recorder.On) _kernel.Tell(new Change.SocketClosed(_stack.Key, IpProtocol.Tcp, Path.Local, new(LocalPort), Flow));
        else _stack.Facts.ForgetSocket(IpProtocol.Tcp, Path.Local, new(LocalPort), Flow);
    }
}
