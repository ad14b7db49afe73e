using NetSim.Simulation.Sockets;

namespace NetSim.Simulation.Stacks;

/// <summary>A path that narrows, swallows, or goes silent. Source: linux v6.6 net/ipv4/tcp_ipv4.c tcp_v4_mtu_reduced; tcp_input.c tcp_simple_retransmit; tcp_timer.c tcp_mtu_probing, tcp_keepalive_timer.</summary>
internal sealed partial class TcpConnection
{
    /// <summary>net.ipv4.tcp_retries1: so many time-outs make the path doubtful.</summary>
    private const int BlackHoleRetries = 3;
    /// <summary>net.ipv4.tcp_base_mss.</summary>
    private const int BaseSegment = 1024;

    /// <summary>Is a sequence number that an ICMP error quotes one that is under way?</summary>
    public bool IsUnderWay(uint sequence) => !Sequence.Before(sequence, _unacknowledged) && Sequence.Before(sequence, _next) || State == TcpState.SynSent && sequence == _initialSequence;

    /// <summary>A router says that packets of ours are too large (RFC 1191): what is too large is sent again in smaller segments, and it is no sign of congestion.</summary>
    public void PathTooNarrow()
    {
        int before = _segment;
        if (State is TcpState.SynSent or TcpState.SynReceived or TcpState.Closed or TcpState.TimeWait) return;
        FitPath();
        if (_segment >= before) return;
        bool lost = false;
        for (int i = 0; i < _sent.Count; i++)
        {
            ref var s = ref _sent[i];
            if (s.Bytes <= _segment || s.Has(SentMarks.Sacked)) continue;
            if (s.Has(SentMarks.Lost) && !s.Has(SentMarks.Resent)) continue;
            _sent.MarkLost(ref s);
            if (!s.Has(SentMarks.Lost)) _sent.MarkLost(ref s);
            lost = true;
        }
        if (!lost) return;
        if (_phase != CongestionPhase.Loss)
        {
            _recoverTo = _next;
            _window.Threshold = _window.Current;
            _window.ThresholdBefore = 0;
            _undoMarker = 0;
            _phase = CongestionPhase.Loss;
            _probing = false;
        }
        ResendLost();
    }

    /// <summary>Segments are lost again and again: perhaps only large ones, by a router that says nothing (RFC 4821).</summary>
    private void SuspectBlackHole()
    {
        _holeSegment = _holes ? Math.Max(Math.Min(_holeSegment / 2, BaseSegment), 48) : BaseSegment;
        _holes = true;
        FitPath();
    }

    private void StartKeepAlive(long span)
    {
        _kernel.Timers.Stop(ref _keepTimer);
        _keepTimer = _kernel.Timers.Start(Math.Max(span, 1), this, KeepAlive);
    }

    private void KeepAliveExpired()
    {
        if (_keepAlive is not { } times || State is TcpState.Closed or TcpState.TimeWait or TcpState.SynSent) return;
        long silent = _kernel.Loop.Now - Math.Max(_lastHeard, _lastReceived);
        if (_sent.Count > 0 || HasUnsent) StartKeepAlive(times.Idle); // what is under way asks already
        else if (silent < times.Idle) StartKeepAlive(times.Idle - silent);
        else if (_probes >= times.Probes)
        {
            SendReset();
            Fail(_softError ?? Errno.TimedOut);
        }
        else
        {
            Emit(_unacknowledged - 1, 0, Wire.Decoding.TcpFlags.None);
            _probes++;
            StartKeepAlive(times.Interval);
        }
    }
}
