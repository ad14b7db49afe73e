using NetSim.Wire.Decoding;
using NetSim.Wire.Encoding;

namespace NetSim.Simulation.Stacks;

/// <summary>What a connection sends. Source: linux v6.6 net/ipv4/tcp_output.c tcp_write_xmit, tcp_nagle_test, tcp_select_window.</summary>
internal sealed partial class TcpConnection
{
    private const int TimestampBytes = 12;
    private readonly uint _initialSequence;
    private uint _unacknowledged, _next, _highest; // the first byte not acknowledged, the next to send, the end of all that was ever sent
    private uint _bufferSequence; // of the first byte in _unsent
    private uint _peerWindow, _advertised; // bytes; the window's right edge as last told
    private int _segment; // most bytes of data in a segment
    private byte _peerScale, _ownScale;
    private bool _timestamps = true, _selective = true, _finSent, _ackPending;
    private uint _echo;
    private uint _window; // the receive window as at the handshake
    private bool _scaled; // did the peer send a window scale?
    private uint _timedSequence;
    private long _timedAt = -1;

    private uint Timestamp => (uint)(_kernel.Loop.Now / 1_000_000) + _timestampOffset;

    /// <summary>Bytes of data that were sent and not acknowledged.</summary>
    private int InFlight => (int)(_next - _unacknowledged);

    /// <summary>Sends what windows, Nagle's rule and the send buffer allow.</summary>
    private void Push()
    {
        if (State is TcpState.SynSent or TcpState.SynReceived or TcpState.Closed) return;
        while (true)
        {
            int offset = (int)(_next - _bufferSequence), waiting = _unsent.Count - offset;
            if (_finSent && _next == _highest || waiting < 0) return;
            int room = (int)Math.Min(_peerWindow, (uint)(_congestion.Window + _inflation)) - InFlight;
            int length = Math.Min(Math.Min(_segment, waiting), room);
            bool last = length == waiting, fin = _finQueued && last;
            if (length <= 0 && !(fin && waiting == 0 && !_finSent)) break;
            if (length < _segment && !fin && InFlight > 0 && (!last || !NoDelay)) break; // Nagle, and no silly windows
            Emit(_next, Math.Max(length, 0), (last && length > 0 ? TcpFlags.Psh : TcpFlags.None) | (fin ? TcpFlags.Fin : TcpFlags.None));
            Sent(Math.Max(length, 0), fin);
        }
        if (_peerWindow == 0 && InFlight == 0 && _unsent.Count > 0 && !_kernel.Timers.Runs(_retransmitTimer)) Arm(_roundTrip.Timeout); // persist
    }

    private void Sent(int length, bool fin)
    {
        if (_timedAt < 0 && _next == _highest) (_timedAt, _timedSequence) = (_kernel.Loop.Now, _next);
        _next += (uint)length + (fin ? 1u : 0);
        if (Sequence.After(_next, _highest)) _highest = _next;
        if (fin) (_finSent, _finSequence) = (true, _next - 1);
        if (!IsArmed) Arm(_roundTrip.Timeout << _backoff);
        // Data sent soon after data came: a dialogue, so acknowledgments travel with data. Source: tcp_output.c tcp_event_data_sent.
        if (_kernel.Loop.Now - _lastReceived < AckDelay && _lastReceived > 0) _dialogue = true;
    }

    private void SendSyn()
    {
        var flags = State == TcpState.SynSent ? TcpFlags.Syn : TcpFlags.Syn | TcpFlags.Ack;
        int segment = OwnSegment, unit = State == TcpState.SynSent ? segment : segment - (_timestamps ? TimestampBytes : 0);
        uint window = (uint)Math.Max(_settings.ReceiveWindow / unit * unit, unit);
        var options = new TcpOptions
        {
            MaximumSegmentSize = (ushort)segment,
            SackPermitted = _selective,
            HasTimestamps = _timestamps,
            TimestampValue = _timestamps ? Timestamp : 0,
            TimestampEchoReply = State == TcpState.SynSent ? 0 : _echo,
            WindowScale = State == TcpState.SynSent || _scaled ? _settings.WindowScale : null,
        };
        _advertised = _incoming.Next + window;
        _window = window;
        if (_highest == _initialSequence) (_timedAt, _timedSequence) = (_kernel.Loop.Now, _initialSequence);
        else _timedAt = -1;
        _next = _highest = _initialSequence + 1;
        Transmit(_initialSequence, 0, flags, (ushort)Math.Min(window, 65535), options);
    }

    /// <summary>A segment of the open connection; it carries the newest acknowledgment.</summary>
    private void Emit(uint sequence, int length, TcpFlags flags)
    {
        _ackPending = false;
        _unackedBytes = 0;
        if (_quickAcks > 0) _quickAcks--;
        var options = _timestamps ? new TcpOptions { HasTimestamps = true, TimestampValue = Timestamp, TimestampEchoReply = _echo } : default;
        if (_incoming.HasEarly && _selective && length == 0) options = WithBlocks(options);
        Transmit(sequence, length, flags | TcpFlags.Ack, SelectWindow(), options);
    }

    private TcpOptions WithBlocks(TcpOptions options)
    {
        Span<(uint Left, uint Right)> blocks = stackalloc (uint, uint)[3];
        int count = _incoming.EarlyBlocks(blocks);
        return options with { SackBlocks = count, Sack0 = blocks[0], Sack1 = blocks[1], Sack2 = blocks[2] };
    }

    private void SendAck() => Emit(_next, 0, TcpFlags.None);

    private void SendReset() => Transmit(_next, 0, TcpFlags.Rst | TcpFlags.Ack, 0, default);

    private void Transmit(uint sequence, int length, TcpFlags flags, ushort window, in TcpOptions options)
    {
        var header = new TcpHeader
        {
            SourcePort = LocalPort,
            DestinationPort = RemotePort,
            SequenceNumber = sequence,
            AcknowledgmentNumber = (flags & TcpFlags.Ack) != TcpFlags.None ? _incoming.Next : 0,
            Flags = flags,
            Window = window,
            Options = options,
        };
        int bytes = header.Length;
        var frame = _kernel.Frames.Rent(bytes + length);
        if (length > 0) _unsent.CopyTo((int)(sequence - _bufferSequence), frame.Span[bytes..]);
        header.Write(frame.Span, Path.PseudoHeaderSum(bytes + length));
        Path.Send(frame, Detail);
    }

    /// <summary>The window to tell: room in the receive buffer, never less than told before, rounded up to what the scale can say.</summary>
    private ushort SelectWindow()
    {
        uint room = (uint)Math.Max(0, (int)_window - _incoming.Ready);
        uint promised = _advertised - _incoming.Next;
        if ((int)promised > 0 && room < promised) room = promised;
        uint unit = 1u << _ownScale;
        room = (room + unit - 1) & ~(unit - 1);
        _advertised = _incoming.Next + room;
        return (ushort)Math.Min(room >> _ownScale, 65535);
    }

    /// <summary>The user read: an acknowledgment of its own where the window it shows is at least twice what the peer knows of. Source: tcp.c __tcp_cleanup_rbuf.</summary>
    private void OfferWindow()
    {
        if (State is not (TcpState.Established or TcpState.FinWait1 or TcpState.FinWait2)) return;
        int known = (int)(_advertised - _incoming.Next), room = (int)_window - _incoming.Ready;
        if (room >= 2 * Math.Max(known, 1) && room >= _segment) SendAck();
    }
}
