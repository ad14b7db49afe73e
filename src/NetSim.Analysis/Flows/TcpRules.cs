using System.Runtime.CompilerServices;
using NetSim.Wire.Decoding;

namespace NetSim.Analysis.Flows;

/// <summary>A TCP segment as the rules see it.</summary>
internal struct TcpSegment
{
    public uint Sequence, Acknowledgment;
    public ushort Window;
    public TcpFlags Flags;
    public uint Length;
    public long Time;

    public readonly bool HasAny(TcpFlags flags) => (Flags & flags) != TcpFlags.None;
}

/// <summary>What a segment's numbers tell against those before it, by the rules of Wireshark 4.0, in one pass without looking ahead, so that the figures can be held against tshark's.
/// Source: wireshark v4.0.17 epan/dissectors/packet-tcp.c tcp_analyze_sequence_number, dissect_tcp; the User's Guide, chapter 7.5 "TCP Analysis", tells them in words.</summary>
internal static class TcpRules
{
    private const TcpFlags Control = TcpFlags.Syn | TcpFlags.Fin | TcpFlags.Rst;
    private const TcpFlags Counted = TcpFlags.Syn | TcpFlags.Fin;
    private const long FastRetransmissionTime = 20_000_000;
    private const long OrderTime = 3_000_000;

    /// <summary>Judges a segment and remembers it.</summary>
    /// <param name="s">The segment.</param>
    /// <param name="fwd">Its direction.</param>
    /// <param name="rev">The other one.</param>
    /// <param name="handshakeTime">From SYN to the first ACK; -1 when it isn't known.</param>
    /// <param name="marks">What is known already: that ports are used again.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static TcpMarks Judge(in TcpSegment s, ref TcpSide fwd, ref TcpSide rev, long handshakeTime, TcpMarks marks)
    {
        bool done = s.Length == 1 && s.Sequence == fwd.NextSequence && rev.Window == 0;
        if (done) marks |= TcpMarks.ZeroWindowProbe;
        else
        {
            marks |= JudgeData(s, fwd, rev);
            if (s.Length == 0 && !s.HasAny(Control) && s.Sequence == fwd.NextSequence && s.Acknowledgment == fwd.LastAck) marks |= JudgeRepeatedAck(s, ref fwd, rev);
        }
        if (s.Acknowledgment != fwd.LastAck) fwd.DuplicateAcks = 0;
        marks |= JudgeAckOfUnseen(s, ref rev);
        if (s.Length > 0 || s.HasAny(Counted)) marks |= JudgeRepeatedData(s, fwd, rev, handshakeTime, marks);
        Remember(s, ref fwd, marks);
        return marks;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static TcpMarks JudgeData(in TcpSegment s, in TcpSide fwd, in TcpSide rev)
    {
        var marks = TcpMarks.None;
        bool control = s.HasAny(Control);
        if (s.Window == 0 && !control) marks |= TcpMarks.ZeroWindow;
        if (fwd.NextSequence != 0 && Later(s.Sequence, fwd.NextSequence) && !s.HasAny(TcpFlags.Rst)) marks |= TcpMarks.LostSegment;
        if (control) return marks;
        if (s.Length <= 1 && s.Sequence == fwd.NextSequence - 1) marks |= TcpMarks.KeepAlive;
        // As long as no ACK without SYN was seen of the receiver, its window is the unscaled one of its SYN.
        if (s.Length > 0 && rev.WindowScale != TcpSide.ScaleUnknown
            && s.Sequence + s.Length == rev.LastAck + (rev.Window << (rev.IsFirstAckToCome || rev.WindowScale == TcpSide.ScaleUnused ? 0 : rev.WindowScale)))
            marks |= TcpMarks.WindowFull;
        return marks;
    }

    /// <summary>A segment without data whose numbers are those expected and that acknowledges what the one before did.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static TcpMarks JudgeRepeatedAck(in TcpSegment s, ref TcpSide fwd, in TcpSide rev)
    {
        if (s.Window != fwd.Window) return s.Window != 0 ? TcpMarks.WindowUpdate : TcpMarks.None;
        if (s.Window == 0) return (rev.LastMarks & TcpMarks.ZeroWindowProbe) != TcpMarks.None ? TcpMarks.ZeroWindowProbeAck : TcpMarks.None;
        if ((rev.LastMarks & TcpMarks.KeepAlive) != TcpMarks.None) return TcpMarks.KeepAliveAck;
        fwd.DuplicateAcks = fwd.DuplicateAcks == uint.MaxValue ? 1 : fwd.DuplicateAcks + 1;
        return TcpMarks.DuplicateAck;
    }

    /// <summary>It acknowledges what the other side was not seen to send. Told once for each gap.</summary>
    private static TcpMarks JudgeAckOfUnseen(in TcpSegment s, ref TcpSide rev)
    {
        if (rev.HighestInOrder == 0 || !Later(s.Acknowledgment, rev.HighestInOrder) || !s.HasAny(TcpFlags.Ack)) return TcpMarks.None;
        if (Later(rev.NextSequence, rev.HighestInOrder))
        {
            rev.HighestInOrder = rev.NextSequence;
            return TcpMarks.AckLostSegment;
        }
        var marks = rev.DuplicateAcks == 0 ? TcpMarks.AckLostSegment : TcpMarks.None;
        rev.DuplicateAcks = uint.MaxValue;
        return marks;
    }

    /// <summary>Data (or SYN, FIN) that does not go beyond what was sent: sent again, or late.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static TcpMarks JudgeRepeatedData(in TcpSegment s, in TcpSide fwd, in TcpSide rev, long handshakeTime, TcpMarks marks)
    {
        if ((marks & TcpMarks.KeepAlive) != TcpMarks.None) return TcpMarks.None;
        bool isOld = fwd.NextSequence != 0 && Later(fwd.NextSequence, s.Sequence);
        // A byte that was sent as a zero window probe comes again with the data behind it.
        if (s.Length > 1 && fwd.NextSequence - 1 == s.Sequence) isOld = false;
        if (s.Length > 0 && rev.LastAck != 0 && !Later(s.Sequence + s.Length, rev.LastAck)) return TcpMarks.SpuriousRetransmission;
        if (!isOld) return TcpMarks.None;
        if (rev.DuplicateAcks >= 2 && rev.LastAck == s.Sequence && (ulong)(s.Time - rev.LastAckTime) < FastRetransmissionTime) return TcpMarks.FastRetransmission;
        ulong limit = (ulong)(handshakeTime is -1 or 0 ? OrderTime : handshakeTime);
        uint end = s.Sequence + s.Length + (s.HasAny(Counted) ? 1u : 0);
        return (ulong)(s.Time - fwd.NextSequenceTime) < limit && fwd.NextSequence != end ? TcpMarks.OutOfOrder : TcpMarks.Retransmission;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Remember(in TcpSegment s, ref TcpSide fwd, TcpMarks marks)
    {
        uint next = s.Sequence + s.Length + (s.HasAny(Counted) ? 1u : 0);
        bool probe = (marks & TcpMarks.ZeroWindowProbe) != TcpMarks.None;
        if (!probe && (fwd.NextSequence == 0 || Later(next, fwd.NextSequence)))
        {
            fwd.NextSequence = next;
            fwd.NextSequenceTime = s.Time;
        }
        if (!probe && (fwd.HighestInOrder == 0 || s.Sequence == fwd.HighestInOrder)) fwd.HighestInOrder = fwd.NextSequence;
        fwd.Window = s.Window;
        fwd.LastAck = s.Acknowledgment;
        fwd.LastAckTime = s.Time;
        fwd.LastMarks = marks;
    }

    /// <summary>Is <paramref name="a"/> behind <paramref name="b"/> in the sequence space (RFC 9293, section 3.4)?</summary>
    public static bool Later(uint a, uint b) => (int)(a - b) > 0;
}
