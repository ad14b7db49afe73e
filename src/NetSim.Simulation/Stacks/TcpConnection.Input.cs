using NetSim.Simulation.Sockets;
using NetSim.Wire.Decoding;
using NetSim.Wire.Encoding;

namespace NetSim.Simulation.Stacks;

/// <summary>What a connection does with what arrives (RFC 9293 section 3.10.7, RFC 5961). Source: linux v6.6 net/ipv4/tcp_input.c.</summary>
internal sealed partial class TcpConnection
{
    /// <summary>TCP_MAX_QUICKACKS.</summary>
    private const int MostQuickAcks = 16;
    private int _quickAcks = -1; // segments yet to be acknowledged at once; -1: no data came so far
    private int _unackedBytes, _duplicates, _inflation;
    private long _lastReceived;
    private bool _dialogue, _recovering, _finAcknowledged;
    private uint _recoverTo, _finSequence;

    /// <summary>Takes the SYN that a listener got: answers it.</summary>
    public void Accept(TcpView syn)
    {
        State = TcpState.SynReceived;
        Agree(syn);
        SendSyn();
        Arm(RoundTrip.Initial);
    }

    /// <summary>Would the connection take the segment (RFC 9293, section 3.10.7.4, first step)?</summary>
    public bool Accepts(TcpView segment)
    {
        if (State == TcpState.SynSent) return !segment.Has(TcpFlags.Ack) || segment.AcknowledgmentNumber == _highest;
        uint begin = segment.SequenceNumber, length = Length(segment), next = _incoming.Next;
        uint window = Math.Max(_advertised - next, 0u);
        if (length == 0) return begin == next || !Sequence.Before(begin, next) && Sequence.Before(begin, next + window);
        return Sequence.Before(begin, next + Math.Max(window, 1)) && Sequence.After(begin + length, next);
    }

    /// <summary>Takes a segment.</summary>
    public void Receive(TcpView segment, bool acceptable)
    {
        if (State == TcpState.SynSent)
        {
            ReceiveInSynSent(segment, acceptable);
            return;
        }
        if (!acceptable)
        {
            if (State == TcpState.SynReceived && segment.Has(TcpFlags.Syn)) SendSyn();
            else if (!segment.Has(TcpFlags.Rst)) SendAck();
            return;
        }
        if (segment.Has(TcpFlags.Rst))
        {
            if (segment.SequenceNumber == _incoming.Next) WasReset();
            else SendAck(); // a challenge (RFC 5961, section 3.2)
            return;
        }
        if (segment.Has(TcpFlags.Syn))
        {
            SendAck(); // a challenge (RFC 5961, section 4.2)
            return;
        }
        if (!segment.Has(TcpFlags.Ack)) return;
        NoteTimestamp(segment);
        if (State == TcpState.SynReceived && !Complete(segment)) return;
        Acknowledged(segment);
        if (State == TcpState.Closed) return;
        TakeData(segment);
    }

    /// <summary>A router says that packets of ours are too large (RFC 1191).</summary>
    public void PathTooNarrow(int mtu)
    {
        int segment = Math.Max(mtu, 552) - Path.HeaderLength - TcpHeader.LeastLength - (_timestamps ? TimestampBytes : 0);
        if (segment >= _segment || State is TcpState.SynSent or TcpState.SynReceived or TcpState.Closed) return;
        _segment = segment;
        _next = _unacknowledged;
        _finSent = false;
        _timedAt = -1;
        Push();
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
        if (segment.AcknowledgmentNumber != _highest)
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
        State = TcpState.Established;
        _unacknowledged = segment.AcknowledgmentNumber;
        if (_timedAt >= 0) _roundTrip.Measured(_kernel.Loop.Now - _timedAt);
        _timedAt = -1;
        _deadline = 0;
        _retries = _backoff = 0;
        _peerWindow = segment.Has(TcpFlags.Syn) ? segment.Window : (uint)segment.Window << _peerScale;
        Path.Confirm();
    }

    /// <summary>Reads the options of the peer's SYN.</summary>
    private void Agree(TcpView syn)
    {
        var options = syn.Options;
        _incoming.Next = syn.SequenceNumber + 1;
        _timestamps = options.HasTimestamps;
        _selective = options.SackPermitted;
        _echo = options.TimestampValue;
        _scaled = options.WindowScale is not null;
        _peerScale = options.WindowScale ?? 0;
        _ownScale = _scaled ? _settings.WindowScale : (byte)0;
        _peerWindow = syn.Window;
        // The SYN of the other side may say less than the own link carries; 536 where it says nothing (RFC 9293, section 3.7.1).
        _segment = Math.Min(OwnSegment, options.MaximumSegmentSize ?? 536) - (_timestamps ? TimestampBytes : 0);
        _congestion = new Reno(_segment);
        if (State == TcpState.SynSent) _advertised = _incoming.Next + _window;
    }

    private void WasReset()
    {
        if (State is TcpState.SynReceived or TcpState.TimeWait) End();
        else Fail(State == TcpState.CloseWait ? Errno.BrokenPipe : Errno.ConnectionReset);
    }

    private void NoteTimestamp(TcpView segment)
    {
        if (!_timestamps || Sequence.After(segment.SequenceNumber, _incoming.Next)) return;
        var options = segment.Options;
        if (options.HasTimestamps) _echo = options.TimestampValue;
    }

    private void Acknowledged(TcpView segment)
    {
        uint ack = segment.AcknowledgmentNumber;
        if (Sequence.After(ack, _highest))
        {
            SendAck();
            return;
        }
        uint window = (uint)segment.Window << _peerScale;
        bool sameWindow = window == _peerWindow;
        if (!Sequence.Before(ack, _unacknowledged)) _peerWindow = window;
        if (!Sequence.After(ack, _unacknowledged))
        {
            bool duplicate = ack == _unacknowledged && sameWindow && Length(segment) == 0 && Sequence.After(_highest, ack);
            if (duplicate) Duplicate();
            Push();
            return;
        }
        Advance(ack);
        Recover(ack);
        if (Sequence.After(_highest, ack)) Arm(_roundTrip.Timeout);
        else _deadline = 0;
        Path.Confirm();
        if (_finAcknowledged) FinAcknowledged();
        if (State == TcpState.Closed) return;
        Push();
        if (Room > 0) User?.Writable(this);
    }

    /// <summary>New bytes were acknowledged.</summary>
    private void Advance(uint ack)
    {
        int bytes = Math.Min((int)(ack - _bufferSequence), _unsent.Count);
        if (bytes > 0)
        {
            _unsent.Drop(bytes);
            _bufferSequence += (uint)bytes;
        }
        if (_timedAt >= 0 && Sequence.After(ack, _timedSequence))
        {
            _roundTrip.Measured(_kernel.Loop.Now - _timedAt);
            _timedAt = -1;
        }
        if (!_recovering) _congestion.Acknowledged((int)(ack - _unacknowledged), _kernel.Loop.Now);
        _unacknowledged = ack;
        if (Sequence.Before(_next, ack)) _next = ack;
        _retries = _backoff = 0;
        _finAcknowledged |= _finQueued && _finSequence == ack - 1 && _unsent.Count == 0 && _finSequence != 0;
        if (_finAcknowledged) _finSent = true;
    }

    /// <summary>The third acknowledgment of the same byte means that what follows it is lost (RFC 5681, section 3.2; RFC 6582).</summary>
    private void Duplicate()
    {
        _duplicates++;
        if (_recovering) _inflation += _segment;
        if (_duplicates != 3 || _recovering) return;
        _recovering = true;
        _recoverTo = _highest;
        _congestion.Lost((int)(_highest - _unacknowledged));
        _inflation = 3 * _segment;
        Resend();
    }

    private void Recover(uint ack)
    {
        _duplicates = 0;
        if (!_recovering) return;
        _inflation = 0;
        if (Sequence.Before(ack, _recoverTo)) Resend();
        else
        {
            _recovering = false;
            _congestion.Recovered();
        }
    }

    /// <summary>Sends the first segment that is not acknowledged once more.</summary>
    private void Resend()
    {
        _timedAt = -1;
        int length = Math.Min(_segment, _unsent.Count);
        bool fin = _finQueued && length == _unsent.Count && _finSequence != 0;
        Emit(_unacknowledged, length, fin ? TcpFlags.Fin : TcpFlags.None);
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

    private void TakeData(TcpView segment)
    {
        var data = segment.Payload;
        uint sequence = segment.SequenceNumber;
        bool fin = segment.Has(TcpFlags.Fin);
        if (data.IsEmpty && !fin) return;
        if (_finReceived)
        {
            SendAck();
            return;
        }
        if (!data.IsEmpty && _orphan)
        {
            SendReset(); // nobody will ever read it
            End();
            return;
        }
        if (Sequence.After(sequence, _incoming.Next))
        {
            if (!data.IsEmpty) _incoming.Keep(sequence, data);
            SendAck();
            return;
        }
        bool holes = _incoming.HasEarly;
        if (!data.IsEmpty) _incoming.Take(sequence, data);
        if (fin && sequence + (uint)data.Length == _incoming.Next) FinReceived();
        else AcknowledgeData(data.Length, holes);
        User?.Readable(this);
    }

    private void AcknowledgeData(int bytes, bool atOnce)
    {
        _lastReceived = _kernel.Loop.Now;
        _unackedBytes += bytes;
        if (_quickAcks < 0) _quickAcks = MostQuickAcks;
        if (atOnce || _unackedBytes > _segment || _quickAcks > 0 && !_dialogue) SendAck();
        else DelayAck();
    }

    private void FinReceived()
    {
        _incoming.Next++;
        _finReceived = true;
        _dialogue = true;
        switch (State)
        {
            case TcpState.Established:
                State = TcpState.CloseWait;
                DelayAck();
                break;
            case TcpState.FinWait1:
                State = TcpState.Closing;
                SendAck();
                break;
            case TcpState.FinWait2:
                SendAck();
                StartTimeWait(TcpState.TimeWait);
                break;
        }
    }

    private static uint Length(TcpView segment) =>
        (uint)segment.Payload.Length + (segment.Has(TcpFlags.Syn) ? 1u : 0) + (segment.Has(TcpFlags.Fin) ? 1u : 0);
}
