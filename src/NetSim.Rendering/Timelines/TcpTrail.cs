using NetSim.Model.Packets;
using NetSim.Model.Tracing;
using NetSim.Rendering.Stories;
using NetSim.Wire.Decoding;

namespace NetSim.Rendering.Timelines;

/// <summary>A segment of the direction that is drawn, in bytes from the first sequence number.</summary>
internal sealed record TrailSegment(SimTime Time, long From, long To, bool Again, bool Lost, TcpFlags Flags);

/// <summary>What the other side acknowledged, and how far its window reaches.</summary>
internal sealed record TrailAck(SimTime Time, long Ack, long Window);

/// <summary>One TCP connection as tcptrace draws it: what the side that says more has sent, what was acknowledged, the window, what was sent again, what was acknowledged selectively.</summary>
internal sealed class TcpTrail
{
    private TcpTrail(FlowKey flow) => Flow = flow;

    /// <summary>From the side whose segments are drawn.</summary>
    public FlowKey Flow { get; }
    public List<TrailSegment> Segments { get; } = [];
    public List<TrailAck> Acks { get; } = [];

    /// <summary>Blocks of SACK: when they came, and what they acknowledge.</summary>
    public List<(SimTime Time, long From, long To)> Sacks { get; } = [];
    public SimTime Begin => Segments.Select(s => s.Time).Concat(Acks.Select(a => a.Time)).Min();
    public SimTime End => Segments.Select(s => s.Time).Concat(Acks.Select(a => a.Time)).Max();

    /// <summary>The highest byte that was sent.</summary>
    public long Top => Segments.Count == 0 ? 0 : Segments.Max(s => s.To);

    /// <summary>The time from SYN to its answer; null when the beginning was not seen.</summary>
    public TimeSpan? RoundTrip { get; private set; }

    /// <summary>The connection that has most to tell: what was sent again counts most, then bytes; null when there is none.</summary>
    public static TcpTrail? Choose(TraceIndex index)
    {
        var again = Retransmissions.Of(index);
        var aliases = FlowAliases.Of(index.Trace);
        var weights = new Dictionary<FlowKey, (long Weight, int Order)>();
        foreach (var e in index.Shown)
        {
            if (e.Summary.Flow is not { Protocol: IpProtocol.Tcp } f) continue;
            var key = aliases.Of(f);
            var (weight, order) = weights.GetValueOrDefault(key, (0, weights.Count));
            weights[key] = (weight + index.WireLength(e) + (again.Contains(e.Packet) ? 100_000 : 0), order);
        }
        if (weights.Count == 0) return null;
        var best = weights.OrderByDescending(w => w.Value.Weight).ThenBy(w => w.Value.Order).First().Key;
        return Of(index, [.. index.Shown.Where(e => e.Summary.Flow is { Protocol: IpProtocol.Tcp } f && aliases.Of(f) == best)], again);
    }

    private static TcpTrail? Of(TraceIndex index, List<PacketEntry> packets, HashSet<int> again)
    {
        var read = new List<(PacketEntry Entry, TcpSegment Segment)>();
        foreach (var e in packets)
            if (TcpSegment.TryRead(index, e, out var s)) read.Add((e, s));
        if (read.Count == 0) return null;
        // NAT gives the directions different addresses; who is who is told by the first packet's source.
        var first = read[0].Segment.Flow.Source;
        var firstPort = read[0].Segment.Flow.SourcePort;
        bool Is(TcpSegment s) => s.Flow.Source == first && s.Flow.SourcePort == firstPort;
        long Weight(bool that) => read.Where(r => Is(r.Segment) == that).Sum(r => r.Segment.Length + (again.Contains(r.Entry.Packet) ? 100_000L : 0));
        bool forward = Weight(true) >= Weight(false);
        var mine = read.Where(r => Is(r.Segment) == forward).ToList();
        if (mine.Count == 0) return null;
        var trail = new TcpTrail(mine[0].Segment.Flow);
        uint zero = mine[0].Segment.Sequence;
        int shift = read.Where(r => Is(r.Segment) != forward && r.Segment.Has(TcpFlags.Syn)).Select(r => (int)(r.Segment.Options.WindowScale ?? 0)).FirstOrDefault();
        foreach (var (e, s) in read)
        {
            if (Is(s) == forward) trail.Segments.Add(new(e.Time, (int)(s.Sequence - zero), (int)(s.Sequence - zero) + s.Span, again.Contains(e.Packet), e.Drop is not null, s.Flags));
            else if (s.Has(TcpFlags.Ack) && e.Drop is null) trail.Hear(index, e, s, (zero, s.Has(TcpFlags.Syn) ? 0 : shift));
        }
        trail.RoundTrip = read.Find(r => r.Segment.Has(TcpFlags.Syn | TcpFlags.Ack)).Entry is { } answer && read.FindLast(r => r.Segment.Has(TcpFlags.Syn) && !r.Segment.Has(TcpFlags.Ack) && r.Entry.Time <= answer.Time).Entry is { } asked ? index.TimeOf(answer.LastRow) - asked.Time : null;
        return trail;
    }

    private void Hear(TraceIndex index, PacketEntry e, TcpSegment s, (uint Zero, int Shift) scale)
    {
        var time = index.TimeOf(e.LastRow);
        long ack = (int)(s.Acknowledgment - scale.Zero);
        if (ack < 0) return;
        Acks.Add(new(time, ack, ack + ((long)s.Window << scale.Shift)));
        for (int i = 0; i < s.Options.SackBlocks; i++)
        {
            var (left, right) = s.Options.Sack(i);
            Sacks.Add((time, (int)(left - scale.Zero), (int)(right - scale.Zero)));
        }
    }
}
