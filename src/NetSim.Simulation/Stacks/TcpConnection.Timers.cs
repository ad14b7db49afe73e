using NetSim.Simulation.Events;
using NetSim.Simulation.Sockets;
using NetSim.Wire.Decoding;

namespace NetSim.Simulation.Stacks;

/// <summary>What time brings to a connection: retransmission, delayed acknowledgments, the end of waiting. Source: linux v6.6 net/ipv4/tcp_timer.c.</summary>
internal sealed partial class TcpConnection
{
    private const int Retransmit = 0;
    private const int Acknowledge = 1;
    private const int Wait = 2;
    /// <summary>TCP_ATO_MIN.</summary>
    private const long AckDelay = 40_000_000;
    /// <summary>net.ipv4.tcp_syn_linear_timeouts: so many SYNs more at the first interval before it doubles.</summary>
    private const int LinearSyns = 4;
    /// <summary>net.ipv4.tcp_syn_retries, and what the linear ones add.</summary>
    private const int SynRetries = 6 + LinearSyns;
    private const int SynAckRetries = 5;
    /// <summary>net.ipv4.tcp_retries2.</summary>
    private const int DataRetries = 15;
    private const int OrphanRetries = 8;
    private TimerHandle _retransmitTimer, _ackTimer, _waitTimer;
    private long _deadline; // of retransmission; 0: nothing to retransmit
    private long _ackDeadline;
    private int _backoff, _retries;

    private bool IsArmed => _deadline > 0;

    public void Expired(int purpose)
    {
        if (purpose == Retransmit) RetransmitExpired();
        else if (purpose == Acknowledge) AckExpired();
        else End();
    }

    /// <summary>Sets the instant of retransmission; the timer itself is left running and looks then.</summary>
    private void Arm(long span)
    {
        span = Math.Min(span, RoundTrip.Most);
        _deadline = _kernel.Loop.Now + span;
        if (!_kernel.Timers.Runs(_retransmitTimer)) _retransmitTimer = _kernel.Timers.Start(span, this, Retransmit);
    }

    private void RetransmitExpired()
    {
        long now = _kernel.Loop.Now;
        if (_deadline == 0) return;
        if (now < _deadline)
        {
            _retransmitTimer = _kernel.Timers.Start(_deadline - now, this, Retransmit);
            return;
        }
        _deadline = 0;
        if (State is TcpState.SynSent or TcpState.SynReceived) RetransmitSyn();
        else if (_peerWindow == 0 && InFlight == 0) Probe();
        else RetransmitData();
    }

    private void RetransmitSyn()
    {
        int most = State == TcpState.SynSent ? SynRetries : SynAckRetries;
        if (_retries >= most)
        {
            if (State == TcpState.SynSent) Fail(Errno.TimedOut);
            else End();
            return;
        }
        _retries++;
        int linear = State == TcpState.SynSent ? LinearSyns : 0;
        // A SYN that still waits for ARP is not repeated. Source: tcp_output.c skb_still_in_host_queue.
        if (!Path.IsResolving) SendSyn();
        Arm(RoundTrip.Initial << Math.Max(0, _retries - linear));
    }

    private void RetransmitData()
    {
        if (_retries >= (_orphan ? OrphanRetries : DataRetries))
        {
            Fail(Errno.TimedOut);
            return;
        }
        _retries++;
        _backoff = Math.Min(_backoff + 1, 16);
        if (!Path.IsResolving)
        {
            _congestion.TimedOut((int)(_highest - _unacknowledged));
            _recovering = false;
            _duplicates = 0;
            _timedAt = -1; // Karn: what was sent twice is not measured
            _next = _unacknowledged;
            _finSent = false;
            Push();
        }
        Arm(_roundTrip.Timeout << _backoff);
    }

    /// <summary>The peer's window is shut: one byte before it asks whether it still is. Source: tcp_output.c tcp_xmit_probe_skb.</summary>
    private void Probe()
    {
        _backoff = Math.Min(_backoff + 1, 16);
        Emit(_unacknowledged - 1, 0, TcpFlags.None);
        Arm(_roundTrip.Timeout << _backoff);
    }

    private void DelayAck()
    {
        _ackPending = true;
        _ackDeadline = _kernel.Loop.Now + AckDelay;
        if (!_kernel.Timers.Runs(_ackTimer)) _ackTimer = _kernel.Timers.Start(AckDelay, this, Acknowledge);
    }

    private void AckExpired()
    {
        if (!_ackPending) return;
        long now = _kernel.Loop.Now;
        if (now < _ackDeadline) _ackTimer = _kernel.Timers.Start(_ackDeadline - now, this, Acknowledge);
        else
        {
            _dialogue = false; // Source: tcp_timer.c tcp_delack_timer_handler leaves the mode
            SendAck();
        }
    }

    private void StartTimeWait(TcpState state)
    {
        State = state;
        _deadline = 0;
        _kernel.Timers.Stop(ref _waitTimer);
        _waitTimer = _kernel.Timers.Start(_settings.TimeWait, this, Wait);
        if (state == TcpState.TimeWait && _told)
        {
            _told = false;
            _kernel.Tell(new Model.Tracing.Change.SocketClosed(_stack.Key, Model.Packets.IpProtocol.Tcp, Path.Local, new(LocalPort), Flow));
        }
    }
}
