using NetSim.Wire.Decoding;

namespace NetSim.Simulation.Stacks;

/// <summary>Data that arrives, when it is acknowledged, and the window that is told.
/// Source: linux v6.6 net/ipv4/tcp_input.c tcp_data_queue, __tcp_ack_snd_check, tcp_rcv_space_adjust; tcp_output.c __tcp_select_window.</summary>
internal sealed partial class TcpConnection
{
    /// <summary>TCP_MAX_QUICKACKS.</summary>
    private const int MostQuickAcks = 16;
    /// <summary>TCP_ATO_MIN.</summary>
    private const long AckDelay = 40_000_000;
    /// <summary>TCP_DELACK_MAX.</summary>
    private const long MostAckDelay = 200_000_000;
    /// <summary>net.ipv4.tcp_comp_sack_nr and tcp_comp_sack_delay_ns.</summary>
    private const int MostCompressed = 44;
    private const long CompressDelay = 1_000_000;
    private int _quickAcks; // segments yet to be acknowledged at once
    private int _largest = 536; // of the segments that came (rcv_mss)
    private int _compressed, _duplicatesTold;
    private long _lastReceived, _ackTimeout; // the latter 0: no data came so far
    private bool _dialogue, _ackPending, _ackNow, _earlyFin;
    private uint _earlyFinAt, _acknowledgedTo, _compressedAt; // the second: the next byte as last told (rcv_wup)
    private uint _receiveWindow, _advertised, _windowLimit; // as at the handshake; the window's right edge as last told; how large it may be by now (rcv_ssthresh)
    private int _receiveBuffer; // bytes, half of which is the window
    private uint _measuredFrom, _lastEcho; // receive-buffer tuning: where the measure began
    private int _measuredSpace;
    private long _measuredAt, _receiveRoundTrip;

    private int FullSpace => _receiveBuffer >> 1;

    /// <summary>The window of the handshake: whole segments of the receive buffer.</summary>
    private void ChooseWindow(int unit)
    {
        _receiveBuffer = _settings.ReceiveBuffer;
        _receiveWindow = _windowLimit = (uint)Math.Min(Math.Max(FullSpace / unit * unit, unit), 65535);
        _measuredSpace = (int)Math.Min(_receiveWindow, CongestionWindow.Initial * (uint)unit);
    }

    private void TakeData(TcpView segment, in TcpOptions options)
    {
        var data = segment.Payload;
        uint sequence = segment.SequenceNumber;
        bool fin = segment.Has(TcpFlags.Fin);
        if (data.IsEmpty && !fin) return;
        _ackPending = true;
        if (_finReceived)
        {
            _ackNow = true;
            return;
        }
        if (!data.IsEmpty && _orphan)
        {
            SendReset(); // nobody will ever read it
            End();
            return;
        }
        if (!data.IsEmpty) Came(data.Length, options);
        uint edge = _advertised;
        if (Sequence.After(sequence + (uint)data.Length, edge) && Sequence.After(edge, sequence))
        {
            data = data[..(int)(edge - sequence)];
            fin = false;
        }
        if (Sequence.After(sequence, _incoming.Next)) TakeEarly(sequence, data, fin);
        else TakeInOrder(sequence, data, fin);
    }

    private void TakeEarly(uint sequence, ReadOnlySpan<byte> data, bool fin)
    {
        if (!data.IsEmpty) _incoming.Keep(sequence, data);
        if (fin) (_earlyFin, _earlyFinAt) = (true, sequence + (uint)data.Length);
    }

    private void TakeInOrder(uint sequence, ReadOnlySpan<byte> data, bool fin)
    {
        bool holes = _incoming.HasEarly;
        uint end = sequence + (uint)data.Length;
        if (!data.IsEmpty && !_incoming.Take(sequence, data))
        {
            QuickAcks();
            _ackNow = true;
        }
        _ackNow |= holes && !_incoming.HasEarly; // a gap was filled (RFC 5681, section 4.2)
        if (fin && end == _incoming.Next || _earlyFin && _earlyFinAt == _incoming.Next) FinReceived();
    }

    /// <summary>What a segment with data says of the peer's pace and of the room it needs.</summary>
    private void Came(int length, in TcpOptions options)
    {
        long now = _kernel.Loop.Now, gap = now - _lastReceived;
        if (length >= _largest) _largest = Math.Min(length, Math.Max(OwnSegment, 536));
        if (_ackTimeout == 0)
        {
            _quickAcks = MostQuickAcks;
            _ackTimeout = AckDelay;
        }
        else if (gap <= AckDelay / 2) _ackTimeout = _ackTimeout / 2 + AckDelay / 2;
        else if (gap < _ackTimeout) _ackTimeout = Math.Min(_ackTimeout / 2 + gap, _roundTrip.Timeout);
        else if (gap > _roundTrip.Timeout) _quickAcks = MostQuickAcks; // the sender starts slowly again
        _lastReceived = now;
        MeasureReceiving(length, options);
        if (length >= 128) _windowLimit += (uint)Math.Clamp(FullSpace - (int)_windowLimit, 0, 2 * Math.Max(OwnSegment, 536));
    }

    /// <summary>The round trip as the receiver sees it, by echoed timestamps.</summary>
    private void MeasureReceiving(int length, in TcpOptions options)
    {
        if (!options.HasTimestamps || options.TimestampEchoReply == _lastEcho || length < _largest) return;
        _lastEcho = options.TimestampEchoReply;
        uint ticks = Timestamp - options.TimestampEchoReply;
        if (ticks >= 1 << 24) return;
        long time = Math.Max(ticks, 1) * 1_000_000L;
        _receiveRoundTrip = _receiveRoundTrip == 0 ? time : _receiveRoundTrip + (time - _receiveRoundTrip) / 8;
    }

    private void FinReceived()
    {
        _incoming.Next++;
        _finReceived = true;
        switch (State)
        {
            case TcpState.Established:
                State = TcpState.CloseWait;
                _dialogue = true;
                break;
            case TcpState.FinWait1:
                State = TcpState.Closing;
                _ackNow = true;
                break;
            case TcpState.FinWait2:
                SendAck();
                StartTimeWait(TcpState.TimeWait);
                break;
        }
    }

    private void QuickAcks()
    {
        _quickAcks = MostQuickAcks;
        _dialogue = false;
        _ackTimeout = AckDelay;
    }

    /// <summary>Acknowledges what came: at once, later, or with the next of many.</summary>
    private void AckWhatCame()
    {
        if (!_ackPending || State == TcpState.Closed) return;
        int news = (int)(_incoming.Next - _acknowledgedTo);
        if (_ackNow || news > _largest || _quickAcks > 0 && !_dialogue) SendAck();
        else if (!_incoming.HasEarly) DelayAck();
        else if (!Compresses()) SendAck();
    }

    /// <summary>Beyond the third duplicate, selective acknowledgments wait a little for each other.</summary>
    private bool Compresses()
    {
        if (!_selective || _compressed >= MostCompressed) return false;
        if (_compressedAt != _incoming.Next) (_compressedAt, _duplicatesTold) = (_incoming.Next, 0);
        if (_duplicatesTold < DefaultReordering)
        {
            _duplicatesTold++;
            return false;
        }
        long roundTrip = _receiveRoundTrip > 0 && _receiveRoundTrip < _roundTrip.Smoothed ? _receiveRoundTrip : _roundTrip.Smoothed;
        _compressed++;
        if (!_kernel.Timers.Runs(_compressTimer)) _compressTimer = _kernel.Timers.Start(Math.Max(1, Math.Min(CompressDelay, roundTrip / 20)), this, Compressed);
        return true;
    }

    /// <summary>A segment went out that acknowledges all so far.</summary>
    private void AckSent()
    {
        _ackPending = _ackNow = false;
        _ackDeadline = 0;
        _acknowledgedTo = _incoming.Next;
        if (_quickAcks > 0) _quickAcks--;
        if (_compressed == 0) return;
        _compressed = 0;
        _kernel.Timers.Stop(ref _compressTimer);
    }

    /// <summary>The window to tell: room in the receive buffer, never less than told before, rounded up to what the scale can say.</summary>
    private ushort SelectWindow()
    {
        int room = FullSpace - _incoming.Ready, least = Math.Min(_largest, FullSpace);
        if (room < FullSpace >> 1 && (room < FullSpace >> 4 || room < least)) room = 0;
        uint window = Math.Min((uint)Math.Max(room, 0), _windowLimit), unit = 1u << _ownScale;
        window = (window + unit - 1) & ~(unit - 1);
        uint promised = _advertised - _incoming.Next;
        if ((int)promised > 0 && window < promised) window = (promised + unit - 1) & ~(unit - 1);
        window = Math.Min(window, 65535u << _ownScale);
        _advertised = _incoming.Next + window;
        return (ushort)(window >> _ownScale);
    }

    /// <summary>The user read: an acknowledgment of its own where the window it shows is at least twice what the peer knows of. Source: tcp.c __tcp_cleanup_rbuf.</summary>
    private void OfferWindow(int read)
    {
        if (State is not (TcpState.Established or TcpState.FinWait1 or TcpState.FinWait2)) return;
        int known = (int)(_advertised - _incoming.Next), room = FullSpace - _incoming.Ready;
        if (read > 0) TuneBuffer();
        if (known * 2 <= FullSpace && Math.Min(room, (int)_windowLimit) >= 2 * Math.Max(known, 1) && room >= Math.Min(_largest, FullSpace)) SendAck();
    }

    /// <summary>Grows the receive buffer where the user reads more in a round trip than it was made for (dynamic right-sizing).</summary>
    private void TuneBuffer()
    {
        long now = _kernel.Loop.Now;
        if (_receiveRoundTrip == 0 || now - _measuredAt < _receiveRoundTrip) return;
        uint read = _incoming.Next - (uint)_incoming.Ready;
        int copied = (int)(read - _measuredFrom);
        if (copied > _measuredSpace)
        {
            if (_settings.TunesReceiveBuffer && _measuredAt > 0)
            {
                long window = 2L * copied + 16 * OwnSegment, grow = window * (copied - _measuredSpace) / Math.Max(1, _measuredSpace);
                _receiveBuffer = (int)Math.Max(_receiveBuffer, Math.Min(2 * (window + 2 * grow), _settings.ReceiveBufferMost));
            }
            _measuredSpace = copied;
        }
        _measuredFrom = read;
        _measuredAt = now;
    }
}
