using System.Runtime.CompilerServices;
using NetSim.Wire.Decoding;

namespace NetSim.Analysis.Flows;

/// <summary>All TCP streams of a capture, their numbers as tshark counts them, and what their segments tell.
/// Source: wireshark v4.0.17 epan/dissectors/packet-tcp.c dissect_tcp, get_tcp_conversation_data.</summary>
internal sealed class TcpFlows(int most)
{
    private const TcpFlags SynAck = TcpFlags.Syn | TcpFlags.Ack;
    private readonly long[] _marks = new long[16];

    /// <summary>The streams, by number.</summary>
    public FlowTable<TcpStream> Streams { get; } = new();

    /// <summary>Frames with SYN, SYN and ACK, FIN, RST.</summary>
    public long Syns { get; private set; }

    public long SynAcks { get; private set; }

    public long Fins { get; private set; }

    public long Resets { get; private set; }

    /// <summary>Bytes of data, those sent again too.</summary>
    public long Payload { get; private set; }

    /// <summary>Generic retransmissions that came later than what they repeat.</summary>
    public long Timeouts { get; private set; }

    /// <summary>Segments of streams beyond the bound, which are counted and not followed.</summary>
    public long NotFollowed { get; private set; }

    /// <summary>Segments that were seen before at another place, and are therefore not judged.</summary>
    public long Repeated { get; private set; }

    /// <summary>How many segments have a mark.</summary>
    public long Marked(TcpMarks mark) => _marks[System.Numerics.BitOperations.TrailingZeroCount((uint)mark)];

    /// <summary>Takes a segment.</summary>
    /// <param name="ends">Its addresses.</param>
    /// <param name="header">The segment as captured, at least 16 bytes.</param>
    /// <param name="length">Bytes of data; -1 when that isn't known: in a fragment, in an ICMP error, or behind a broken header.</param>
    /// <param name="seen">The frame.</param>
    /// <returns>The stream's number, or -1; and whether the higher end sent it.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public (int Stream, bool FromHigh) Add(in Ends ends, TcpHeaderView header, int length, in Sighting seen)
    {
        var pair = EndPair.Of(ends, header.SourcePort, header.DestinationPort, out bool fromHigh);
        var flags = header.Flags;
        int number = StreamOf(pair, header, fromHigh, seen, out var marks);
        if (number < 0) return (-1, fromHigh);
        ref var stream = ref Streams[number].State;
        ref var fwd = ref fromHigh ? ref stream.High : ref stream.Low;
        ref var rev = ref fromHigh ? ref stream.Low : ref stream.High;
        if (length >= 0)
        {
            var segment = new TcpSegment { Sequence = header.SequenceNumber, Acknowledgment = header.AcknowledgmentNumber, Window = header.Window, Flags = flags, Length = (uint)length, Time = seen.Time };
            Begin(segment, ref fwd, ref rev);
            if (!seen.IsRepeated) Judge(segment, ref fwd, ref rev, stream.HandshakeTime, marks);
            else Repeated++;
        }
        if (seen.IsQuoted) return (number, fromHigh);
        Count(ref stream, ref fwd, flags, length, seen, header.HasWholeHeader);
        if (header.HasWholeHeader) Finish(ref stream, ref fwd, ref rev, header, flags, seen.Time);
        return (number, fromHigh);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int StreamOf(in EndPair pair, TcpHeaderView header, bool fromHigh, in Sighting seen, out TcpMarks marks)
    {
        marks = TcpMarks.None;
        ulong hash = pair.Hash();
        int number = Streams.Find(pair, hash);
        if (number < 0) return Open(pair, hash, fromHigh, seen.Time);
        if ((header.Flags & TcpFlags.Syn) == TcpFlags.None) return number;
        ref var stream = ref Streams[number].State;
        ref var fwd = ref fromHigh ? ref stream.High : ref stream.Low;
        bool isAnother = fwd.IsFirstSequenceKnown && header.SequenceNumber != fwd.FirstSequence;
        if (!isAnother)
        {
            // A SYN sent again: an RST in between may have moved what is expected.
            if (fwd.IsFirstSequenceKnown && (header.Flags & TcpFlags.Ack) == TcpFlags.None && !seen.IsRepeated) fwd.NextSequence = fwd.HighestInOrder;
            return number;
        }
        marks = TcpMarks.ReusedPorts;
        if ((header.Flags & TcpFlags.Ack) == TcpFlags.None) return Open(pair, hash, fromHigh, seen.Time);
        fwd.FirstSequence = header.SequenceNumber;
        return number;
    }

    private int Open(in EndPair pair, ulong hash, bool fromHigh, long time)
    {
        if (Streams.Count >= most)
        {
            NotFollowed++;
            return -1;
        }
        int number = Streams.Add(pair, hash);
        Streams[number].State.Open(fromHigh, time);
        return number;
    }

    /// <summary>Notes the first sequence numbers; before judging.</summary>
    private static void Begin(in TcpSegment s, ref TcpSide fwd, ref TcpSide rev)
    {
        if (!fwd.IsFirstSequenceKnown)
        {
            fwd.FirstSequence = s.HasAny(TcpFlags.Syn) ? s.Sequence : s.Sequence - 1;
            fwd.IsFirstSequenceKnown = true;
        }
        if (rev.IsFirstSequenceKnown || !s.HasAny(TcpFlags.Ack)) return;
        rev.FirstSequence = s.Acknowledgment - 1;
        rev.IsFirstSequenceKnown = true;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Judge(in TcpSegment s, ref TcpSide fwd, ref TcpSide rev, long handshakeTime, TcpMarks marks)
    {
        long before = fwd.NextSequenceTime;
        marks = TcpRules.Judge(s, ref fwd, ref rev, handshakeTime, marks);
        if (s.Length > 0 && rev.LastAck != 0)
        {
            uint flight = fwd.NextSequence - rev.LastAck;
            if (flight is > 0 and < 0x4000_0000 && flight > fwd.HighestInFlight) fwd.HighestInFlight = flight;
        }
        if (marks == TcpMarks.None) return;
        if ((marks & TcpMarks.AnyRetransmission) != TcpMarks.None) fwd.Retransmissions++;
        if ((marks & TcpMarks.Retransmission) != TcpMarks.None && s.Time != before) Timeouts++;
        for (uint left = (uint)marks; left != 0; left &= left - 1) _marks[System.Numerics.BitOperations.TrailingZeroCount(left)]++;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Count(ref TcpStream stream, ref TcpSide fwd, TcpFlags flags, int length, in Sighting seen, bool flagsShown)
    {
        fwd.Packets++;
        fwd.Bytes += seen.FrameLength;
        if (seen.Time > stream.LastTime) stream.LastTime = seen.Time;
        if (length > 0)
        {
            fwd.Payload += length;
            Payload += length;
        }
        if (!flagsShown || (flags & (TcpFlags.Syn | TcpFlags.Fin | TcpFlags.Rst)) == TcpFlags.None) return;
        if ((flags & TcpFlags.Syn) != TcpFlags.None)
        {
            fwd.Syn++;
            Syns++;
            if ((flags & TcpFlags.Ack) != TcpFlags.None) SynAcks++;
        }
        if ((flags & TcpFlags.Fin) != TcpFlags.None)
        {
            fwd.Fin++;
            Fins++;
        }
        if ((flags & TcpFlags.Rst) == TcpFlags.None) return;
        fwd.Rst++;
        Resets++;
    }

    /// <summary>What is taken from a segment after it was judged: window scale, the handshake's time, how the stream ends.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Finish(ref TcpStream stream, ref TcpSide fwd, ref TcpSide rev, TcpHeaderView header, TcpFlags flags, long time)
    {
        if ((flags & (TcpFlags.Syn | TcpFlags.Fin | TcpFlags.Rst)) != TcpFlags.None)
        {
            if ((flags & TcpFlags.Rst) != TcpFlags.None) End(ref stream, fwd, rev);
            if ((flags & TcpFlags.Fin) != TcpFlags.None) fwd.HasFin = true;
            if ((flags & TcpFlags.Syn) != TcpFlags.None)
            {
                if ((flags & TcpFlags.Ack) == TcpFlags.None) stream.SynTime = time;
                else stream.HasSynAck = true;
                fwd.IsFirstAckToCome = true;
                Scale(ref fwd, ref rev, header, (flags & TcpFlags.Ack) != TcpFlags.None);
            }
        }
        if ((flags & SynAck) != TcpFlags.Ack) return;
        if (stream.HandshakeTime is -1 or 0 && stream.SynTime is not (-1 or 0)) stream.HandshakeTime = time - stream.SynTime;
        fwd.IsFirstAckToCome = false;
    }

    /// <summary>Window scaling is used when both SYN and SYN-ACK offer it (RFC 7323, section 2.2).</summary>
    private static void Scale(ref TcpSide fwd, ref TcpSide rev, TcpHeaderView header, bool isSynAck)
    {
        if (header.Options.WindowScale is { } shift) fwd.WindowScale = (sbyte)shift;
        if (fwd.WindowScale == TcpSide.ScaleUnknown) fwd.WindowScale = rev.WindowScale = TcpSide.ScaleUnused;
        else if (isSynAck && rev.WindowScale == TcpSide.ScaleUnused) fwd.WindowScale = TcpSide.ScaleUnused;
    }

    private static void End(ref TcpStream stream, in TcpSide fwd, in TcpSide rev)
    {
        if (stream.WasReset) return;
        stream.WasReset = true;
        stream.Reset = rev.Syn > 0 && !stream.HasSynAck ? ResetCause.Refused
            : fwd.HasFin || rev.HasFin ? ResetCause.AfterClose
            : fwd.Syn > 0 && rev.Packets <= rev.Syn ? ResetCause.HalfOpen
            : fwd.Packets + rev.Packets > 1 ? ResetCause.Aborted
            : ResetCause.Unknown;
    }
}

/// <summary>The frame in which something is seen.</summary>
internal struct Sighting
{
    public long Time;

    /// <summary>Length on the wire.</summary>
    public int FrameLength;

    /// <summary>Is it quoted by an ICMP error?</summary>
    public bool IsQuoted;

    /// <summary>Was the same packet seen before at another place?</summary>
    public bool IsRepeated;
}
