using NetSim.Simulation.Sockets;
using NetSim.Wire.Decoding;

namespace NetSim.Simulation.Stacks;

/// <summary>What a connection does with what arrives (RFC 9293 section 3.10.7, RFC 5961, RFC 7323). Source: linux v6.6 net/ipv4/tcp_input.c tcp_validate_incoming, tcp_rcv_state_process; tcp_minisocks.c.</summary>
internal sealed partial class TcpConnection
{
    /// <summary>net.ipv4.tcp_invalid_ratelimit: answers to segments out of the window are this far apart at least.</summary>
    private const long LeastBetweenChallenges = 500_000_000;
    private long _lastHeard, _lastChallenge = -LeastBetweenChallenges;
    private bool _finAcknowledged;
    private uint _finSequence;

    /// <summary>Takes the SYN that a listener got: answers it.</summary>
    public void Accept(TcpView syn)
    {
        State = TcpState.SynReceived;
        Agree(syn);
        SendSyn();
        Arm(Pending.Retransmit, RoundTrip.Initial);
    }

    /// <summary>Takes a connection whose SYN was answered by a cookie: it is as if the SYN had come just before.</summary>
    public void AcceptCookie(SynCookie.Terms terms, TcpView ack)
    {
        State = TcpState.SynReceived;
        _incoming.Next = ack.SequenceNumber;
        _timestampOffset = 0; // the cookie's own timestamps had none
        _initialSequence = ack.AcknowledgmentNumber - 1;
        _unacknowledged = _initialSequence;
        _next = _bufferSequence = _initialSequence + 1;
        Agree(terms);
        ChooseWindow(OwnSegment - (_timestamps ? TimestampBytes : 0));
        _advertised = _acknowledgedTo + _receiveWindow;
    }

    /// <summary>Would the connection take the segment (RFC 9293, section 3.10.7.4, first step; Linux's tcp_sequence; RFC 7323, section 5)?</summary>
    public bool Accepts(TcpView segment)
    {
        if (State == TcpState.SynSent) return !segment.Has(TcpFlags.Ack) || segment.AcknowledgmentNumber == _next;
        uint begin = segment.SequenceNumber, end = begin + Length(segment);
        if (Sequence.Before(end, _acknowledgedTo) || Sequence.After(begin, _advertised)) return false;
        return !_timestamps || segment.Has(TcpFlags.Rst) || !segment.TryTimestamp(out uint timestamp) || !Sequence.Before(timestamp, _echo);
    }

    /// <summary>Takes a segment.</summary>
    public void Receive(TcpView segment, bool acceptable)
    {
        if (State == TcpState.SynSent) ReceiveInSynSent(segment, acceptable);
        else if (!acceptable) Refuse(segment);
        else if (segment.Has(TcpFlags.Rst))
        {
            if (segment.SequenceNumber == _incoming.Next) WasReset();
            else Challenge(); // RFC 5961, section 3.2
        }
        else if (segment.Has(TcpFlags.Syn)) Challenge(); // RFC 5961, section 4.2
        else if (segment.Has(TcpFlags.Ack)) Take(segment);
    }

    private void Take(TcpView segment)
    {
        var options = segment.Options;
        _lastHeard = _kernel.Loop.Now;
        if (_timestamps && options.HasTimestamps && !Sequence.After(segment.SequenceNumber, _acknowledgedTo)) _echo = options.TimestampValue;
        if (State == TcpState.SynReceived && !Complete(segment)) return;
        if (State == TcpState.TimeWait)
        {
            if (segment.Has(TcpFlags.Fin)) StartTimeWait(TcpState.TimeWait);
            if (Length(segment) > 0) SendAck();
            return;
        }
        int room = Room;
        Acknowledged(segment, options);
        if (State == TcpState.Closed) return;
        TakeData(segment, options);
        if (State == TcpState.Closed) return;
        Push();
        AckWhatCame();
        Tell(segment, room);
    }

    /// <summary>Tells the user what there is to do.</summary>
    private void Tell(TcpView segment, int room)
    {
        if (Length(segment) > 0 && (_incoming.Ready > 0 || _finReceived)) User?.Readable(this);
        if (room < SendBuffer && Room > room && Room >= _unsent.Count / 2) User?.Writable(this);
    }

    /// <summary>A segment that can't be taken: the peer is told where we are.</summary>
    private void Refuse(TcpView segment)
    {
        uint begin = segment.SequenceNumber, end = begin + Length(segment);
        if (State == TcpState.SynReceived && segment.Has(TcpFlags.Syn))
        {
            SendSyn();
            return;
        }
        if (segment.Has(TcpFlags.Rst)) return;
        if (end != begin && Sequence.Before(begin, _incoming.Next))
        {
            QuickAcks();
            _incoming.CameTwice(begin, Sequence.Before(end, _incoming.Next) ? end : _incoming.Next);
        }
        if (end != begin) SendAck();
        else Challenge();
    }

    /// <summary>An acknowledgment in answer to something doubtful, not too often.</summary>
    private void Challenge()
    {
        if (_kernel.Loop.Now - _lastChallenge < LeastBetweenChallenges) return;
        _lastChallenge = _kernel.Loop.Now;
        SendAck();
    }

    private void ReceiveInSynSent(TcpView segment, bool acceptable)
    {
        if (!acceptable)
        {
            if (!segment.Has(TcpFlags.Rst)) _stack.Tcp.Refuse(Path, segment);
            return;
        }
        if (segment.Has(TcpFlags.Rst))
        {
            if (segment.Has(TcpFlags.Ack)) Fail(Errno.ConnectionRefused);
            return;
        }
        if (!segment.Has(TcpFlags.Syn)) return;
        Agree(segment);
        if (segment.Has(TcpFlags.Ack))
        {
            Establish(segment);
            SendAck();
            User?.Connected(this);
            Push();
            return;
        }
        State = TcpState.SynReceived; // both opened at once
        SendSyn();
    }

    /// <summary>The last segment of the handshake, at the side that was called.</summary>
    private bool Complete(TcpView segment)
    {
        if (segment.AcknowledgmentNumber != _next)
        {
            _stack.Tcp.Refuse(Path, segment);
            return false;
        }
        if (Listener is { HasRoom: false }) return false; // Linux drops the ACK when the accept queue is full
        Establish(segment);
        Tell();
        var listener = Listener;
        Listener = null;
        if (listener is not null) listener.Established(this);
        else User?.Connected(this);
        return true;
    }

    private void Establish(TcpView segment)
    {
        long now = _kernel.Loop.Now;
        State = TcpState.Established;
        _unacknowledged = segment.AcknowledgmentNumber;
        if (_synSentAt >= 0) _roundTrip.Measured(now - _synSentAt, _unacknowledged, _next);
        Disarm();
        _retries = _backoff = 0;
        _peerWindow = segment.Has(TcpFlags.Syn) ? segment.Window : (uint)segment.Window << _peerScale;
        _peerMostWindow = Math.Max(_peerMostWindow, _peerWindow);
        _windowFrom = segment.SequenceNumber;
        _acknowledgedTo = _measuredFrom = _incoming.Next;
        _measuredAt = _lastHeard = _lastSent = now;
        if (_keepAlive is not null) StartKeepAlive(_keepAlive.Idle);
        Path.Confirm();
    }

    /// <summary>Reads the options of the peer's SYN.</summary>
    private void Agree(TcpView syn)
    {
        var options = syn.Options;
        _incoming.Next = syn.SequenceNumber + 1;
        _peerWindow = syn.Window;
        Agree(new SynCookie.Terms(options.MaximumSegmentSize ?? 536, options.WindowScale, options.SackPermitted, options.HasTimestamps, options.TimestampValue));
    }

    private void Agree(in SynCookie.Terms terms)
    {
        _timestamps &= terms.Timestamps;
        _selective &= terms.Selective;
        _echo = terms.Timestamp;
        _scaled = terms.Scale is not null && _settings.Scales;
        _peerScale = _scaled ? terms.Scale!.Value : (byte)0;
        _ownScale = _scaled ? _settings.WindowScale : (byte)0;
        _acknowledgedTo = _incoming.Next;
        // The SYN of the other side may say less than the own link carries; 536 where it says nothing (RFC 9293, section 3.7.1).
        _peerSegment = Math.Max(terms.Segment, (ushort)48);
        FitPath();
        if (State == TcpState.SynSent) _advertised = _incoming.Next + _receiveWindow;
    }

    private void WasReset()
    {
        if (State == TcpState.SynReceived && Listener is not null || State == TcpState.TimeWait) End();
        else Fail(State switch { TcpState.CloseWait => Errno.BrokenPipe, TcpState.SynReceived => Errno.ConnectionRefused, _ => Errno.ConnectionReset });
    }

    private void FinAcknowledged()
    {
        switch (State)
        {
            case TcpState.FinWait1:
                State = TcpState.FinWait2;
                if (_orphan) StartTimeWait(TcpState.FinWait2);
                break;
            case TcpState.Closing: StartTimeWait(TcpState.TimeWait); break;
            case TcpState.LastAck: End(); break;
        }
    }

    private static uint Length(TcpView segment) =>
        (uint)segment.Payload.Length + (segment.Has(TcpFlags.Syn) ? 1u : 0) + (segment.Has(TcpFlags.Fin) ? 1u : 0);
}
