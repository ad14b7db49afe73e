using NetSim.Simulation.Events;
using NetSim.Simulation.Sockets;
using NetSim.Wire.Decoding;

namespace NetSim.Simulation.Stacks;

/// <summary>What time brings to a connection: retransmission, tail loss probes, window probes, delayed acknowledgments, keepalive, the end of waiting.
/// Source: linux v6.6 net/ipv4/tcp_timer.c; tcp_output.c tcp_schedule_loss_probe, tcp_send_loss_probe, tcp_write_wakeup.</summary>
internal sealed partial class TcpConnection
{
    private const int Retransmit = 0;
    private const int Acknowledge = 1;
    private const int Wait = 2;
    private const int KeepAlive = 3;
    private const int Compressed = 4;
    /// <summary>net.ipv4.tcp_syn_linear_timeouts: so many SYNs more at the first interval before it doubles.</summary>
    private const int LinearSyns = 4;
    /// <summary>TCP_TIMEOUT_MIN.</summary>
    private const long LeastTimer = 2_000_000;
    private TimerHandle _retransmitTimer, _ackTimer, _waitTimer, _keepTimer, _compressTimer;
    private Pending _pending;
    private long _deadline, _timerAt; // when what is pending is due; when the timer will look
    private long _ackDeadline, _ackTimerAt;
    private int _backoff, _retries, _probes;
    private bool _tailProbed, _tailResent, _holes;
    private uint _tailEnd;
    private int _holeSegment; // what is believed to come through a black hole, 0: none is suspected
    private KeepAliveTimes? _keepAlive;
    private Errno? _softError;

    private enum Pending { None, Retransmit, TailProbe, Reorder, Probe }

    private long Timeout => Math.Min(_roundTrip.Timeout << Math.Min(_backoff, 16), RoundTrip.Most);

    private long ProbeTimeout => Math.Min(Math.Max(_roundTrip.Timeout, RoundTrip.Floor) << Math.Min(_backoff, 16), RoundTrip.Most);

    public void Expired(int purpose)
    {
        switch (purpose)
        {
            case Retransmit: TimerExpired(); break;
            case Acknowledge: AckExpired(); break;
            case KeepAlive: KeepAliveExpired(); break;
            case Compressed: SendAck(); break;
            default: End(); break;
        }
    }

    /// <summary>Sets what is due next; a timer that runs out earlier is left running and looks then.</summary>
    private void Arm(Pending what, long span)
    {
        _pending = what;
        _deadline = _kernel.Loop.Now + Math.Clamp(span, 1, RoundTrip.Most);
        if (_kernel.Timers.Runs(_retransmitTimer))
        {
            if (_timerAt <= _deadline) return;
            _kernel.Timers.Stop(ref _retransmitTimer);
        }
        _timerAt = _deadline;
        _retransmitTimer = _kernel.Timers.Start(_deadline - _kernel.Loop.Now, this, Retransmit);
    }

    private void Disarm() => _pending = Pending.None;

    private void TimerExpired()
    {
        if (_pending == Pending.None) return;
        if (_kernel.Loop.Now < _deadline)
        {
            Arm(_pending, _deadline - _kernel.Loop.Now);
            return;
        }
        switch (_pending)
        {
            case Pending.TailProbe: ProbeTail(); break;
            case Pending.Reorder: ReorderExpired(); break;
            case Pending.Probe: ProbeWindow(); break;
            default:
                _pending = Pending.None;
                if (State is TcpState.SynSent or TcpState.SynReceived) RetransmitSyn();
                else RetransmitData();
                break;
        }
    }

    /// <summary>After an acknowledgment: a tail loss probe where one may be of use, else the retransmission timer.</summary>
    private void SetTimer()
    {
        if (!ScheduleTailProbe(advancing: true)) ArmRetransmit();
    }

    private void ArmRetransmit()
    {
        if (_sent.Count == 0)
        {
            Disarm();
            return;
        }
        long span = Timeout;
        if (_pending is Pending.Reorder or Pending.TailProbe) span = _sent[0].SentAt + span - _kernel.Loop.Now; // from when the oldest was sent
        Arm(Pending.Retransmit, span);
    }

    /// <summary>A probe two round trips after the last segment, so that the loss of a tail is noticed without a time-out (RFC 8985, section 7).</summary>
    private bool ScheduleTailProbe(bool advancing)
    {
        if (!_selective || !_settings.ProbesTail || _sent.Count == 0 || _phase is not (CongestionPhase.Open or CongestionPhase.Reduced)) return false;
        long span = _roundTrip.Smoothed == 0 ? RoundTrip.Initial : 2 * _roundTrip.Smoothed + (_sent.Count == 1 ? RoundTrip.Floor : LeastTimer);
        long rest = advancing ? Timeout : _sent[0].SentAt + Timeout - _kernel.Loop.Now;
        Arm(Pending.TailProbe, rest > 0 ? Math.Min(span, rest) : span);
        return true;
    }

    private void ProbeTail()
    {
        if (_sent.Count == 0)
        {
            Disarm();
            return;
        }
        if (_tailProbed || !SendProbe())
        {
            ArmRetransmit();
            return;
        }
        (_tailProbed, _tailEnd) = (true, _next);
        _pending = Pending.None;
        ArmRetransmit();
    }

    private bool SendProbe()
    {
        _tailResent = false;
        int segment = CurrentSegment();
        if (HasUnsent && SendNext(segment, forced: false)) return true;
        if (Path.IsResolving) return false;
        int last = _sent.Count - 1, bytes = _sent[last].Bytes;
        if (bytes > segment) _sent.Split(last++, (bytes - 1) / segment * segment);
        return _tailResent = ResendOne(last);
    }

    /// <summary>What an acknowledgment says of the probe: did the tail get lost, so that the window must shrink?</summary>
    private void JudgeTailProbe(uint ack, in AckRound round)
    {
        if (Sequence.Before(ack, _tailEnd)) return;
        if (!_tailResent || round.Twice) _tailProbed = false;
        else if (Sequence.After(ack, _tailEnd))
        {
            BeginReduction();
            _phase = CongestionPhase.Reduced;
            EndReduction();
            StayOpen();
        }
        else if (!round.Advanced && !round.IsNoDuplicate && !round.DataSacked) _tailProbed = false;
    }

    /// <summary>What was late is lost now.</summary>
    private void ReorderExpired()
    {
        int before = _sent.InFlight;
        long wait = _rack.Detect(_sent, _kernel.Loop.Now, _rack.Window(_sent.Sacked, _reordering, _phase >= CongestionPhase.Recovery, _roundTrip));
        _pending = Pending.None;
        if (wait > 0) Arm(Pending.Reorder, wait + LeastTimer);
        if (before != _sent.InFlight)
        {
            if (_phase != CongestionPhase.Recovery)
            {
                EnterRecovery();
                Reduce(1, safe: false);
            }
            ResendLost();
        }
        if (_pending != Pending.Retransmit && _pending != Pending.Reorder) ArmRetransmit();
    }

    private void RetransmitSyn()
    {
        int most = State == TcpState.SynSent ? _settings.SynRetries + LinearSyns : _settings.SynAckRetries;
        if (_retries >= most)
        {
            if (State == TcpState.SynSent) Fail(_softError ?? Errno.TimedOut);
            else End();
            return;
        }
        _retries++;
        int linear = State == TcpState.SynSent ? LinearSyns : 0;
        // A SYN that still waits for ARP is not repeated. Source: tcp_output.c skb_still_in_host_queue.
        if (!Path.IsResolving) SendSyn();
        Arm(Pending.Retransmit, RoundTrip.Initial << Math.Max(0, _retries - linear));
    }

    private void RetransmitData()
    {
        if (_sent.Count == 0) return;
        if (HasTimedOut())
        {
            Fail(_softError ?? Errno.TimedOut);
            return;
        }
        if (_retries >= BlackHoleRetries && _settings.ProbesMtu) SuspectBlackHole();
        EnterLoss();
        _retries++;
        if (!ResendOne(0) && _resentSince == 0) (_resentSince, _resentStamp) = (_kernel.Loop.Now, Timestamp);
        _backoff++;
        Arm(Pending.Retransmit, Timeout);
    }

    /// <summary>Has the connection waited as long as net.ipv4.tcp_retries2 doublings take? Source: tcp_timer.c tcp_model_timeout.</summary>
    private bool HasTimedOut()
    {
        if (_retries == 0 || _resentSince == 0) return false;
        int retries = _orphan ? _settings.OrphanRetries : _settings.Retries, doubling = Math.Min(retries, 9); // 2 to the 9th times 200 ms comes near 120 s
        long limit = ((2L << doubling) - 1) * RoundTrip.Floor + (retries - doubling) * RoundTrip.Most;
        return _kernel.Loop.Now - _resentSince >= limit;
    }

    /// <summary>The peer's window is shut, or something is held back: a segment if one may go, else one byte before the window asks whether it is open.</summary>
    private void ProbeWindow()
    {
        _pending = Pending.None;
        if (_sent.Count > 0 || !HasUnsent) return;
        if (_probes >= (_orphan ? _settings.OrphanRetries : _settings.Retries))
        {
            Fail(_softError ?? Errno.TimedOut);
            return;
        }
        WakeUp();
        if (_sent.Count > 0)
        {
            _probes = _backoff = 0;
            return;
        }
        _probes++;
        _backoff = Math.Min(_backoff + 1, _settings.Retries);
        Arm(Pending.Probe, ProbeTimeout);
    }

    private void WakeUp()
    {
        if (HasUnsent && WindowRoom > 0) SendNext(CurrentSegment(), forced: true);
        else Emit(_unacknowledged - 1, 0, TcpFlags.None);
    }

    private void DelayAck()
    {
        long delay = _ackTimeout, now = _kernel.Loop.Now;
        if (delay > AckDelay)
        {
            if (_roundTrip.Smoothed > 0) delay = Math.Min(delay, Math.Max(_roundTrip.Smoothed, AckDelay));
            delay = Math.Min(delay, MostAckDelay);
        }
        else delay = AckDelay;
        if (_ackDeadline > now) return; // the earlier one stands
        _ackDeadline = now + delay;
        if (_kernel.Timers.Runs(_ackTimer))
        {
            if (_ackTimerAt <= _ackDeadline) return;
            _kernel.Timers.Stop(ref _ackTimer);
        }
        _ackTimerAt = _ackDeadline;
        _ackTimer = _kernel.Timers.Start(delay, this, Acknowledge);
    }

    private void AckExpired()
    {
        if (!_ackPending || _ackDeadline == 0) return;
        long rest = _ackDeadline - _kernel.Loop.Now;
        if (rest > 0)
        {
            _ackTimerAt = _ackDeadline;
            _ackTimer = _kernel.Timers.Start(rest, this, Acknowledge);
            return;
        }
        _dialogue = false; // Source: tcp_timer.c tcp_delack_timer_handler leaves the mode
        SendAck();
    }

    private void StartTimeWait(TcpState state)
    {
        State = state;
        Disarm();
        _kernel.Timers.Stop(ref _waitTimer);
        _waitTimer = _kernel.Timers.Start(state == TcpState.FinWait2 ? _settings.FinTimeout : _settings.TimeWait, this, Wait);
        if (state == TcpState.TimeWait) Untell();
    }
}
