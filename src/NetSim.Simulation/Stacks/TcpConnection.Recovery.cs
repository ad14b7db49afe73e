using NetSim.Wire.Decoding;

namespace NetSim.Simulation.Stacks;

/// <summary>Where a sender stands with losses (Linux's tcp_ca_state).</summary>
internal enum CongestionPhase
{
    /// <summary>No trouble.</summary>
    Open,
    /// <summary>Something came out of order.</summary>
    Disorder,
    /// <summary>The window shrinks, without loss to mend.</summary>
    Reduced,
    /// <summary>Losses are being mended.</summary>
    Recovery,
    /// <summary>The retransmission timer ran out.</summary>
    Loss,
}

/// <summary>How a connection notices losses and mends them. Source: linux v6.6 net/ipv4/tcp_input.c tcp_fastretrans_alert, tcp_enter_loss, tcp_process_loss, tcp_cwnd_reduction (PRR, RFC 6937), F-RTO (RFC 5682).</summary>
internal sealed partial class TcpConnection
{
    private const int DefaultReordering = 3;
    private const int MostReordering = 300;
    private CongestionPhase _phase;
    private Rack _rack = new();
    private int _reordering = DefaultReordering;
    private uint _recoverTo, _undoMarker; // where the trouble ends; from where on losses may turn out to be none, 0: not
    private int _undoResent; // copies not yet known to be for nothing; negative: none was sent
    private uint _resentStamp; // timestamp of the first copy
    private long _resentSince; // when it was sent, 0: none
    private int _reduceDelivered, _reduceSent;
    private bool _probing; // F-RTO: is the time-out in doubt?

    private enum Resend { None, Lost, New }

    /// <summary>Something is out of the ordinary: what is lost, and what is to be sent again?</summary>
    private Resend Alert(in TcpOptions options, ref AckRound round)
    {
        bool duplicate = !round.Advanced && !round.IsNoDuplicate && !round.Twice;
        if (_sent.Count > 0 && _sent[0].Has(SentMarks.Sacked) && round.Advanced) Arm(Pending.Retransmit, Math.Max(_roundTrip.Smoothed / 2, 10_000_000)); // it threw away what it had
        if (_phase == CongestionPhase.Open) _resentSince = 0;
        else if (!Sequence.Before(_unacknowledged, _recoverTo) && EndTrouble(options)) return Resend.None;
        switch (_phase)
        {
            case CongestionPhase.Recovery: return InRecovery(duplicate, options, ref round);
            case CongestionPhase.Loss: return InLoss(duplicate, options, ref round);
        }
        if (!_selective) CountDuplicate(duplicate, round.Advanced);
        if (_phase <= CongestionPhase.Disorder && _undoMarker != 0 && _undoResent == 0) Undo(unmark: false);
        FindLosses(ref round);
        if (_sent.Lost == 0)
        {
            StayOpen();
            return Resend.Lost;
        }
        EnterRecovery();
        return Resend.Lost;
    }

    /// <summary>All that was under way as the trouble began is acknowledged. True: nothing more to do.</summary>
    private bool EndTrouble(in TcpOptions options)
    {
        if (_phase == CongestionPhase.Reduced)
        {
            if (_unacknowledged != _recoverTo) EndReduction();
        }
        else if (_phase == CongestionPhase.Recovery)
        {
            if (!_selective) _sent.Sacked = 0;
            if (UndoRecovery(options)) return true;
            EndReduction();
            _rack.Recovered();
        }
        return false;
    }

    private Resend InRecovery(bool duplicate, in TcpOptions options, ref AckRound round)
    {
        if (!round.Advanced)
        {
            if (!_selective) CountDuplicate(duplicate, advanced: false);
        }
        else
        {
            if (_undoMarker != 0 && WasDelayed(options))
            {
                if (_sent.Resent > 0) return Resend.None;
                Undo(unmark: true);
                StayOpen();
            }
            if (!_selective && _sent.Sacked > 0) _sent.Sacked = Math.Max(0, _sent.Sacked - 1);
        }
        if (_undoMarker != 0 && _undoResent == 0)
        {
            Undo(unmark: false);
            StayOpen();
        }
        FindLosses(ref round);
        if (_phase != CongestionPhase.Recovery && _sent.Lost > 0) EnterRecovery();
        return Resend.Lost;
    }

    private Resend InLoss(bool duplicate, in TcpOptions options, ref AckRound round)
    {
        bool recovered = !Sequence.Before(_unacknowledged, _recoverTo);
        if (round.Advanced && UndoLoss(options, sure: false)) return Resend.None;
        if (_probing)
        {
            // What was never sent again was acknowledged: the time-out was for nothing.
            if (round.OriginalSacked && UndoLoss(options, sure: true)) return Resend.None;
            if (Sequence.After(_next, _recoverTo))
            {
                if (round.DataSacked || duplicate) _probing = false;
            }
            else if (round.Advanced && !recovered)
            {
                _recoverTo = _next;
                if (HasUnsent && WindowRoom > 0) return Resend.New;
                _probing = false;
            }
        }
        if (recovered)
        {
            UndoRecovery(options);
            return Resend.None;
        }
        if (!_selective) CountDuplicate(duplicate, round.Advanced);
        FindLosses(ref round);
        return Resend.Lost;
    }

    /// <summary>Without selective acknowledgments each duplicate says that one more segment arrived, and the third that the first is lost (RFC 6582).</summary>
    private void CountDuplicate(bool duplicate, bool advanced)
    {
        if (advanced) _sent.Sacked = 0;
        if (!duplicate || _sent.Count == 0) return;
        _sent.Sacked = Math.Min(_sent.Sacked + 1, _sent.Count - 1);
        _delivered++;
    }

    private void RemoveDuplicates(int acknowledged)
    {
        if (acknowledged > 1) _sent.Sacked = Math.Max(0, _sent.Sacked - (acknowledged - 1));
        _sent.Sacked = Math.Min(_sent.Sacked, _sent.Count);
    }

    private void FindLosses(ref AckRound round)
    {
        if (_sent.Count == 0) return;
        if (!_selective)
        {
            bool lost = _phase < CongestionPhase.Recovery ? _sent.Sacked >= _reordering : _phase == CongestionPhase.Recovery && round.Advanced;
            if (lost && !_sent[0].Has(SentMarks.Lost | SentMarks.Resent)) _sent.MarkLost(ref _sent[0]);
            return;
        }
        if (!_rack.TakeAdvanced()) return;
        if (!_settings.UsesRack)
        {
            FindLossesByCount();
            return;
        }
        int resent = _sent.Resent;
        long wait = _rack.Detect(_sent, _kernel.Loop.Now, _rack.Window(_sent.Sacked, _reordering, _phase >= CongestionPhase.Recovery, _roundTrip));
        if (wait > 0)
        {
            Arm(Pending.Reorder, wait + LeastTimer);
            round.SetTimer = false;
        }
        round.ResentLost |= resent > _sent.Resent;
    }

    /// <summary>Lost is what has three segments beyond it that arrived (RFC 6675, section 4). Source: linux v6.6 tcp_mark_head_lost.</summary>
    private void FindLossesByCount()
    {
        int beyond = _sent.Sacked;
        for (int i = 0; i < _sent.Count && beyond >= _reordering; i++)
        {
            ref var s = ref _sent[i];
            if (s.Has(SentMarks.Sacked)) beyond--;
            else if (!s.Has(SentMarks.Lost)) _sent.MarkLost(ref s);
        }
    }

    private void StayOpen()
    {
        bool resent = _sent.Resent > 0 || _sent.Count > 0 && _sent[0].Has(SentMarks.EverResent);
        if (!resent) _resentSince = 0;
        if (_phase == CongestionPhase.Reduced) return;
        var phase = _sent.Sacked > 0 || _sent.Lost > 0 || resent ? CongestionPhase.Disorder : CongestionPhase.Open;
        if (phase != _phase) _recoverTo = _next;
        _phase = phase;
    }

    private void EnterRecovery()
    {
        _window.ThresholdBefore = 0;
        MarkUndo();
        if (_phase < CongestionPhase.Reduced)
        {
            _window.ThresholdBefore = _window.Current;
            BeginReduction();
        }
        _phase = CongestionPhase.Recovery;
    }

    private void BeginReduction()
    {
        _recoverTo = _next;
        _tailProbed = false;
        _window.ForgetCounter();
        _window.Before = _window.Segments;
        _reduceDelivered = _reduceSent = 0;
        _window.Threshold = _congestion.Lost(_window, _sent.InFlight);
    }

    /// <summary>Proportional rate reduction (RFC 6937).</summary>
    private void Reduce(int delivered, bool safe)
    {
        if (delivered <= 0 || _window.Before == 0) return;
        int room = _window.Threshold - _sent.InFlight;
        _reduceDelivered += delivered;
        int send;
        if (room < 0) send = (int)(((long)_window.Threshold * _reduceDelivered + _window.Before - 1) / _window.Before) - _reduceSent;
        else send = Math.Min(room, Math.Max(_reduceDelivered - _reduceSent, delivered) + (safe ? 1 : 0));
        _window.Set(_sent.InFlight + Math.Max(send, _reduceSent > 0 ? 0 : 1));
    }

    private void EndReduction()
    {
        if (_window.Threshold < int.MaxValue && (_phase == CongestionPhase.Reduced || _undoMarker != 0)) _window.Set(_window.Threshold);
        _phase = CongestionPhase.Open;
    }

    /// <summary>The retransmission timer ran out: all that is not known to have arrived is taken for lost (RFC 5681, section 3.1).</summary>
    private void EnterLoss()
    {
        bool anew = _phase < CongestionPhase.Recovery;
        MarkTimedOut();
        if (_phase <= CongestionPhase.Disorder || !Sequence.After(_recoverTo, _unacknowledged) || _phase == CongestionPhase.Loss && _retries == 0)
        {
            _window.ThresholdBefore = _window.Current;
            _window.Before = _window.Segments;
            _window.Threshold = _congestion.Lost(_window, _sent.InFlight);
            _congestion.TimedOut();
            MarkUndo();
        }
        _window.Set(_sent.InFlight + 1);
        _window.ForgetCounter();
        if (_phase <= CongestionPhase.Disorder && _sent.Sacked >= _reordering) _reordering = DefaultReordering;
        _phase = CongestionPhase.Loss;
        _recoverTo = _next;
        _tailProbed = false;
        _probing = _settings.DoubtsTimeouts && _selective && (anew || _retries > 0);
    }

    private void MarkTimedOut()
    {
        if (_sent.Count == 0) return;
        bool reneged = _sent[0].Has(SentMarks.Sacked);
        if (reneged) _sent.UnmarkSacked();
        else if (!_selective) _sent.Sacked = 0;
        long now = _kernel.Loop.Now, window = _rack.Window(_sent.Sacked, _reordering, _phase >= CongestionPhase.Recovery, _roundTrip);
        for (int i = 0; i < _sent.Count; i++)
        {
            ref var s = ref _sent[i];
            // What was sent just now may still arrive.
            if (i > 0 && _selective && _settings.UsesRack && now - s.SentAt < _rack.RoundTrip + window) continue;
            _sent.MarkLost(ref s);
        }
    }

    private void MarkUndo()
    {
        _undoMarker = _unacknowledged;
        _undoResent = _sent.Resent > 0 ? _sent.Resent : -1;
    }

    /// <summary>Does the acknowledgment answer an original sent before any copy (RFC 3522)?</summary>
    private bool WasDelayed(in TcpOptions options) =>
        _resentSince > 0 && options.HasTimestamps && options.TimestampEchoReply != 0 && Sequence.Before(options.TimestampEchoReply, _resentStamp);

    private bool MayUndo(in TcpOptions options) => _undoMarker != 0 && (_undoResent == 0 || WasDelayed(options));

    /// <summary>Takes the shrinking of the window back.</summary>
    private void Undo(bool unmark)
    {
        if (unmark) _sent.UnmarkLost();
        if (_window.ThresholdBefore > 0)
        {
            _window.Set(Math.Max(_window.Segments, _window.Before));
            _window.Threshold = Math.Max(_window.Threshold, _window.ThresholdBefore);
        }
        _undoMarker = 0;
        _rack.SawReordering |= unmark;
    }

    private bool UndoRecovery(in TcpOptions options)
    {
        if (MayUndo(options)) Undo(unmark: false);
        if (_unacknowledged == _recoverTo && !_selective)
        {
            if (_sent.Resent == 0) _resentSince = 0;
            return true; // hold until something beyond it is acknowledged, or false fast retransmits would follow
        }
        _phase = CongestionPhase.Open;
        return false;
    }

    private bool UndoLoss(in TcpOptions options, bool sure)
    {
        if (!sure && !MayUndo(options)) return false;
        Undo(unmark: true);
        _retries = 0;
        _probing = false;
        if (sure || _selective) _phase = CongestionPhase.Open;
        return true;
    }

    /// <summary>Sends what the acknowledgment called for.</summary>
    private void Resume(Resend what)
    {
        if (what == Resend.None || State == TcpState.Closed) return;
        if (what == Resend.New)
        {
            Push();
            if (Sequence.After(_next, _recoverTo)) return;
            _probing = false;
        }
        ResendLost();
    }
}
