using NetSim.Wire.Decoding;

namespace NetSim.Simulation.Stacks;

/// <summary>What an acknowledgment means to a connection. Source: linux v6.6 net/ipv4/tcp_input.c tcp_ack, tcp_sacktag_write_queue, tcp_clean_rtx_queue.</summary>
internal sealed partial class TcpConnection
{
    private readonly Scoreboard _sent = new();
    private readonly CongestionWindow _window = new();
    private RoundTrip _roundTrip;
    private uint _windowFrom, _peerMostWindow; // the segment that last told the window; the largest window told so far
    private int _delivered;

    /// <summary>What one acknowledgment brought to light.</summary>
    private struct AckRound
    {
        public uint Before, Reordered;
        public bool Advanced, Data, WindowChanged, DataAcked, DataSacked, OriginalSacked, Twice, ResentLost, SetTimer;
        public long RoundTrip, SackRoundTrip;
        public int Bytes;

        public readonly bool IsNoDuplicate => Data || WindowChanged || DataAcked;
    }

    private void Acknowledged(TcpView segment, in TcpOptions options)
    {
        uint ack = segment.AcknowledgmentNumber;
        if (Sequence.After(ack, _next))
        {
            if (State != TcpState.Established) SendAck(); // a challenge
            return;
        }
        bool old = Sequence.Before(ack, _unacknowledged);
        if (old && Sequence.Before(ack, _unacknowledged - Math.Max(_peerMostWindow, 65535)))
        {
            SendAck(); // a challenge (RFC 5961, section 5.2)
            return;
        }
        var round = new AckRound { Before = _unacknowledged, Reordered = _next, RoundTrip = -1, SackRoundTrip = -1, Data = Length(segment) > 0 };
        if (!old) UpdateWindow(segment, ack, ref round);
        _probes = 0;
        int delivered = _delivered, lost = _sent.EverLost, before = _sent.Count;
        if (options.SackBlocks > 0 && _selective) TakeBlocks(options, ack, ref round);
        if (!old) TakeCumulative(ack, ref round);
        Measure(ref round, options);
        if (before == 0) AckWithNothingOut(ack, round);
        else Judge(ack, delivered, lost, options, ref round);
        if (round.Advanced || !round.IsNoDuplicate) Path.Confirm();
        if (_finAcknowledged) FinAcknowledged();
    }

    private void AckWithNothingOut(uint ack, in AckRound round)
    {
        if (_tailProbed) JudgeTailProbe(ack, round);
        if (_pending != Pending.Probe) return;
        if (_peerWindow == 0) Arm(Pending.Probe, ProbeTimeout);
        else
        {
            _backoff = 0;
            Disarm();
        }
    }

    private void Judge(uint ack, int delivered, int lost, in TcpOptions options, ref AckRound round)
    {
        _rack.Adapt(_delivered, _sent.Count);
        if (_tailProbed) JudgeTailProbe(ack, round);
        var resend = Resend.None;
        bool dubious = !round.IsNoDuplicate || round.DataSacked || round.Twice || _phase != CongestionPhase.Open;
        if (dubious) resend = Alert(options, ref round);
        if (round.SetTimer) SetTimer();
        Control(_delivered - delivered, _sent.EverLost - lost, round);
        Resume(resend);
    }

    private void UpdateWindow(TcpView segment, uint ack, ref AckRound round)
    {
        uint sequence = segment.SequenceNumber, window = segment.Has(TcpFlags.Syn) ? segment.Window : (uint)segment.Window << _peerScale;
        bool newer = Sequence.After(ack, _unacknowledged) || Sequence.After(sequence, _windowFrom) || sequence == _windowFrom && (window > _peerWindow || window == 0);
        if (!newer) return;
        round.WindowChanged = window != _peerWindow;
        _windowFrom = sequence;
        _peerWindow = window;
        _peerMostWindow = Math.Max(_peerMostWindow, window);
    }

    /// <summary>The cumulative part: segments that are done with.</summary>
    private void TakeCumulative(uint ack, ref AckRound round)
    {
        if (!Sequence.After(ack, _unacknowledged)) return;
        round.Advanced = true;
        _retries = 0;
        bool resent = false;
        long first = -1, last = -1, now = _kernel.Loop.Now;
        int gone = 0;
        uint highest = _sent.Sacked > 0 ? HighestSacked() : _unacknowledged;
        while (_sent.Count > 0 && !Sequence.After(_sent[0].End, ack))
        {
            ref var s = ref _sent[0];
            if (s.Has(SentMarks.EverResent)) resent = true;
            else if (!s.Has(SentMarks.Sacked))
            {
                if (first < 0) first = s.SentAt;
                last = s.SentAt;
                if (Sequence.Before(s.Begin, round.Reordered)) round.Reordered = s.Begin;
                if (!Sequence.After(s.End, _recoverTo)) round.OriginalSacked = true;
            }
            if (!s.Has(SentMarks.Sacked))
            {
                _delivered++;
                if (_selective && !IsSpurious(s, now)) _rack.Advance(s, now, _roundTrip.Least);
            }
            gone++;
            _sent.RemoveFirst();
            round.DataAcked = true;
        }
        if (_sent.Count > 0 && Sequence.After(ack, _sent[0].Begin)) _sent[0].Begin = ack;
        if (!_selective && gone > 0) RemoveDuplicates(gone);
        Release(ack, ref round);
        if (first >= 0 && !resent) round.RoundTrip = now - first;
        if (round.SackRoundTrip >= 0 || first >= 0) round.SetTimer = true;
        round.SetTimer |= round.DataAcked;
        if (_selective && Sequence.Before(round.Reordered, highest)) SawReordering(round.Reordered, highest);
        if (last >= 0 && !resent) _congestion.Measured(_window, now - last, (_unacknowledged, _next), now);
    }

    /// <summary>Bytes leave the send buffer.</summary>
    private void Release(uint ack, ref AckRound round)
    {
        int bytes = Math.Min((int)(ack - _bufferSequence), _unsent.Count);
        if (bytes > 0)
        {
            _unsent.Drop(bytes);
            _bufferSequence += (uint)bytes;
            round.Bytes = bytes;
        }
        _unacknowledged = ack;
        _finAcknowledged |= _finSent && _finSequence == ack - 1;
    }

    /// <summary>Measures the round trip: by segments sent once (Karn), else by timestamps (RFC 7323, section 4).</summary>
    private void Measure(ref AckRound round, in TcpOptions options)
    {
        long time = round.RoundTrip >= 0 ? round.RoundTrip : round.SackRoundTrip;
        if (time < 0 && round.DataAcked && options.HasTimestamps && options.TimestampEchoReply != 0)
        {
            uint ticks = Timestamp - options.TimestampEchoReply;
            if (ticks < 1 << 24) time = Math.Max(ticks, 1) * 1_000_000L;
        }
        if (time < 0) return;
        _roundTrip.Measured(time, _unacknowledged, _next);
        _backoff = 0;
    }

    /// <summary>Selective acknowledgments: D-SACK first (RFC 2883), then each block.</summary>
    private void TakeBlocks(in TcpOptions options, uint ack, ref AckRound round)
    {
        int from = 0;
        var head = options.Sack(0);
        bool twice = Sequence.Before(head.Left, ack) || options.SackBlocks > 1 && options.Sack(1) is var second && !Sequence.Before(head.Left, second.Left) && !Sequence.After(head.Right, second.Right);
        if (twice)
        {
            from = 1;
            round.Twice = true;
            _rack.Twice = true;
            // Each copy that came beside its original takes one of the doubts back.
            if (_undoMarker != 0 && _undoResent > 0 && !Sequence.Before(head.Left, _undoMarker)) _undoResent--;
        }
        if (_sent.Count == 0) return;
        uint highest = HighestSacked();
        for (int i = from; i < options.SackBlocks; i++)
        {
            var (left, right) = options.Sack(i);
            if (!Sequence.Before(left, right) || Sequence.After(right, _next) || Sequence.Before(left, _unacknowledged) || !Sequence.After(right, ack)) continue;
            TakeBlock(left, right, highest, ref round);
        }
        if (Sequence.Before(round.Reordered, highest)) SawReordering(round.Reordered, highest);
        round.Reordered = _next;
    }

    private void TakeBlock(uint left, uint right, uint highest, ref AckRound round)
    {
        long now = _kernel.Loop.Now;
        for (int i = _sent.Find(left); i < _sent.Count; i++)
        {
            ref var s = ref _sent[i];
            if (Sequence.After(s.End, right)) return;
            if (s.Has(SentMarks.Sacked) || Sequence.Before(s.Begin, left)) continue;
            if (!IsSpurious(s, now)) _rack.Advance(s, now, _roundTrip.Least);
            if (!s.Has(SentMarks.EverResent))
            {
                if (Sequence.Before(s.Begin, highest) && Sequence.Before(s.Begin, round.Reordered)) round.Reordered = s.Begin;
                if (!Sequence.After(s.End, _recoverTo)) round.OriginalSacked = true;
                if (round.SackRoundTrip < 0) round.SackRoundTrip = now - s.SentAt;
            }
            _sent.MarkSacked(ref s);
            _delivered++;
            round.DataSacked = true;
        }
    }

    /// <summary>A copy acknowledged sooner than any round trip: it was the original that came.</summary>
    private bool IsSpurious(in SentSegment s, long now) => s.Has(SentMarks.EverResent) && now - s.SentAt < _roundTrip.Least;

    /// <summary>The end of the highest segment that the receiver has.</summary>
    private uint HighestSacked()
    {
        for (int i = _sent.Count - 1; i >= 0 && _sent.Sacked > 0; i--)
            if (_sent[i].Has(SentMarks.Sacked)) return _sent[i].End;
        return _unacknowledged;
    }

    private void SawReordering(uint low, uint highest)
    {
        int segments = ((int)(highest - low) + _segment - 1) / _segment;
        _reordering = Math.Clamp(segments, _reordering, MostReordering);
        _rack.SawReordering = true;
    }

    /// <summary>Grows or shrinks the congestion window.</summary>
    private void Control(int delivered, int lost, in AckRound round)
    {
        if (_phase is CongestionPhase.Reduced or CongestionPhase.Recovery) Reduce(delivered, round.Advanced && lost == 0);
        else if (_reordering > DefaultReordering ? round.DataAcked || round.DataSacked : round.DataAcked) _congestion.Acknowledged(_window, delivered, _kernel.Loop.Now);
    }
}
