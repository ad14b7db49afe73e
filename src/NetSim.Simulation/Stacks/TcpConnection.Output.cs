using NetSim.Wire.Decoding;
using NetSim.Wire.Encoding;

namespace NetSim.Simulation.Stacks;

/// <summary>What a connection sends. Source: linux v6.6 net/ipv4/tcp_output.c tcp_write_xmit, tcp_nagle_test, __tcp_retransmit_skb, tcp_xmit_retransmit_queue.</summary>
internal sealed partial class TcpConnection
{
    private const int TimestampBytes = 12;
    private uint _initialSequence;
    private uint _unacknowledged, _next; // the first byte not acknowledged, the next to send (snd_una, snd_nxt)
    private uint _bufferSequence; // of the first byte in _unsent
    private uint _peerWindow, _smallEnds; // bytes; the end of the last small segment (snd_sml)
    private int _peerSegment = 536, _segment, _mtu; // what the peer takes; most bytes of data in a segment; the path's MTU for which that holds
    private byte _peerScale, _ownScale;
    private bool _timestamps = true, _selective = true, _finSent;
    private uint _echo;
    private bool _scaled; // did the peer send a window scale?
    private long _synSentAt = -1, _lastSent;

    private uint Timestamp => (uint)(_kernel.Loop.Now / 1_000_000) + _timestampOffset;

    /// <summary>Bytes that the peer's window still takes.</summary>
    private int WindowRoom => (int)(_unacknowledged + _peerWindow - _next);

    private int Waiting => _unsent.Count - (int)(_next - _bufferSequence);

    /// <summary>Is there anything that was never sent?</summary>
    private bool HasUnsent => !_finSent && (Waiting > 0 || _finQueued);

    /// <summary>Sends what windows, Nagle's rule and the send buffer allow.</summary>
    private void Push()
    {
        if (!HasUnsent || State is TcpState.SynSent or TcpState.SynReceived or TcpState.Closed) return;
        int segment = CurrentSegment(), sent = 0;
        bool limited = false;
        while (HasUnsent)
        {
            limited = _sent.InFlight >= _window.Segments;
            if (limited || !SendNext(segment, forced: false)) break;
            sent++;
        }
        limited |= _sent.InFlight >= _window.Segments;
        if (sent > 0)
        {
            if (_phase is CongestionPhase.Reduced or CongestionPhase.Recovery) _reduceSent += sent;
            ScheduleTailProbe(advancing: false);
        }
        if (sent > 0 || limited) _window.Validate(limited, _sent.Count, (_unacknowledged, _next), _kernel.Loop.Now, _settings.RestartsAfterIdle ? _roundTrip.Timeout : 0);
        if (_sent.Count == 0 && _pending == Pending.None && HasUnsent) Arm(Pending.Probe, ProbeTimeout);
    }

    /// <summary>Sends the next segment, if the peer's window and Nagle's rule let it go.</summary>
    private bool SendNext(int segment, bool forced)
    {
        int waiting = Waiting, length = Math.Min(segment, waiting), room = WindowRoom;
        if (forced && length > room) length = Math.Min(length, room);
        bool last = length == waiting, fin = _finQueued && last;
        if (length + (fin ? 1 : 0) > room)
        {
            if (!forced) return false;
            fin = false;
        }
        if (!forced && length < segment && !fin && IsHeld()) return false;
        var flags = (last && length > 0 ? TcpFlags.Psh : TcpFlags.None) | (fin ? TcpFlags.Fin : TcpFlags.None);
        if (length < segment && length > 0) _smallEnds = _next + (uint)length;
        Emit(_next, length, flags);
        Sent(length, fin, last && length > 0);
        return true;
    }

    /// <summary>Nagle's rule as Minshall mended it: a small segment waits while another small one is under way; corked, it waits always.</summary>
    private bool IsHeld() => Corked || !NoDelay && _sent.Count > 0 && Sequence.After(_smallEnds, _unacknowledged) && !Sequence.After(_smallEnds, _next);

    private void Sent(int length, bool fin, bool push)
    {
        long now = _kernel.Loop.Now;
        if (_sent.InFlight == 0) _congestion.Resumed(_lastSent, now);
        _lastSent = now;
        uint begin = _next;
        _next += (uint)length + (fin ? 1u : 0);
        if (fin) (_finSent, _finSequence) = (true, _next - 1);
        _sent.Add(new SentSegment { Begin = begin, End = _next, SentAt = now, Marks = (fin ? SentMarks.Fin : SentMarks.None) | (push ? SentMarks.Push : SentMarks.None) });
        if (_sent.Count == 1 || _pending == Pending.TailProbe) ArmRetransmit();
        // Data sent soon after data came: a dialogue, so acknowledgments travel with data. Source: tcp_output.c tcp_event_data_sent.
        if (now - _lastReceived < _ackTimeout && _lastReceived > 0) _dialogue = true;
    }

    /// <summary>Sends again what is lost, as far as the congestion window reaches.</summary>
    private void ResendLost()
    {
        for (int i = 0; i < _sent.Count && _sent.Lost > 0; i++)
        {
            if (_sent.InFlight >= _window.Segments) return;
            ref var s = ref _sent[i];
            if (!s.Has(SentMarks.Lost) || s.Has(SentMarks.Sacked | SentMarks.Resent)) continue;
            if (!ResendOne(i)) return;
            if (_phase is CongestionPhase.Reduced or CongestionPhase.Recovery) _reduceSent++;
            if (i == 0 && _pending != Pending.Reorder) ArmRetransmit();
        }
    }

    /// <summary>Sends a segment once more, cut to what now fits.</summary>
    private bool ResendOne(int n)
    {
        if (Path.IsResolving) return false; // it still waits for ARP. Source: tcp_output.c skb_still_in_host_queue
        int segment = CurrentSegment(), room = (int)(_unacknowledged + _peerWindow - _sent[n].Begin);
        if (room <= 0)
        {
            if (_sent[n].Begin != _unacknowledged) return false;
            room = segment;
        }
        int most = Math.Min(segment, room);
        if (_sent[n].Bytes > most) _sent.Split(n, most);
        ref var s = ref _sent[n];
        long now = _kernel.Loop.Now;
        Emit(s.Begin, s.Bytes, (s.Has(SentMarks.Fin) ? TcpFlags.Fin : TcpFlags.None) | (s.Has(SentMarks.Push) ? TcpFlags.Psh : TcpFlags.None));
        _sent.MarkResent(ref s, now);
        if (_resentSince == 0) (_resentSince, _resentStamp) = (Math.Max(now, 1), Timestamp);
        _undoResent = Math.Max(_undoResent, 0) + 1;
        _retransmits++;
        return true;
    }

    /// <summary>Bytes of data that fit a segment now: the path may have changed, and selective acknowledgments take room.</summary>
    private int CurrentSegment()
    {
        if (Path.Mtu != _mtu) FitPath();
        int segment = _segment;
        if (_selective && _incoming.HasToTell) segment -= SackBytes;
        // No more than half of the largest window ever told. Source: net/tcp.h tcp_bound_to_half_wnd.
        uint most = _peerMostWindow > 536 ? _peerMostWindow >> 1 : _peerMostWindow;
        return most > 0 && segment > most ? Math.Max((int)most, 48) : segment;
    }

    private int SackBytes => 4 + 8 * Math.Min(_incoming.BlocksToTell, _timestamps ? 3 : 4);

    /// <summary>Fits segments to the path, and to what a black hole on it lets through.</summary>
    private void FitPath()
    {
        _mtu = Path.Mtu;
        int segment = Math.Min(_peerSegment, OwnSegment);
        if (_holeSegment > 0) segment = Math.Min(segment, _holeSegment);
        _segment = segment - (_timestamps ? TimestampBytes : 0);
    }

    private void SendSyn()
    {
        bool first = State == TcpState.SynSent;
        var flags = first ? TcpFlags.Syn : TcpFlags.Syn | TcpFlags.Ack;
        int segment = OwnSegment;
        if (_receiveWindow == 0) ChooseWindow(first ? segment : segment - (_timestamps ? TimestampBytes : 0));
        var options = new TcpOptions
        {
            MaximumSegmentSize = (ushort)segment,
            SackPermitted = _selective,
            HasTimestamps = _timestamps,
            TimestampValue = _timestamps ? Timestamp : 0,
            TimestampEchoReply = first ? 0 : _echo,
            WindowScale = first ? _settings.Scales ? _settings.WindowScale : null : _scaled ? _settings.WindowScale : null,
        };
        _advertised = _incoming.Next + _receiveWindow;
        _synSentAt = _synSentAt == -1 ? _kernel.Loop.Now : -2; // Karn: what was sent twice is not measured
        _next = _initialSequence + 1;
        Transmit(_initialSequence, 0, flags, (ushort)Math.Min(_receiveWindow, 65535), options);
    }

    /// <summary>A segment of the open connection; it carries the newest acknowledgment.</summary>
    private void Emit(uint sequence, int length, TcpFlags flags)
    {
        AckSent();
        var options = _timestamps ? new TcpOptions { HasTimestamps = true, TimestampValue = Timestamp, TimestampEchoReply = _echo } : default;
        if (_selective && _incoming.HasToTell) options = WithBlocks(options);
        Transmit(sequence, length, flags | TcpFlags.Ack, SelectWindow(), options);
    }

    private TcpOptions WithBlocks(TcpOptions options)
    {
        Span<(uint Left, uint Right)> blocks = stackalloc (uint, uint)[_timestamps ? 3 : 4];
        int count = _incoming.Tell(blocks);
        return options with { SackBlocks = count, Sack0 = blocks[0], Sack1 = blocks[1], Sack2 = blocks[2], Sack3 = count > 3 ? blocks[3] : default };
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
}
