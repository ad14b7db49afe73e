namespace NetSim.Simulation.Stacks;

/// <summary>What is known of a segment that was sent and not acknowledged (Linux's TCPCB_ bits).</summary>
[Flags]
internal enum SentMarks : byte
{
    /// <summary>Nothing.</summary>
    None = 0,
    /// <summary>The receiver has it, beyond a hole.</summary>
    Sacked = 1,
    /// <summary>Taken for lost.</summary>
    Lost = 2,
    /// <summary>Sent again, and that copy is under way.</summary>
    Resent = 4,
    /// <summary>Was ever sent again.</summary>
    EverResent = 8,
    /// <summary>Its last number is FIN.</summary>
    Fin = 16,
    /// <summary>Carries PSH.</summary>
    Push = 32,
}

/// <summary>A segment under way.</summary>
internal struct SentSegment
{
    /// <summary>When it was last sent.</summary>
    public long SentAt;
    /// <summary>First sequence number, and the one after the last.</summary>
    public uint Begin, End;
    /// <summary>What is known of it.</summary>
    public SentMarks Marks;

    /// <summary>Is any of the marks set?</summary>
    public readonly bool Has(SentMarks marks) => (Marks & marks) != SentMarks.None;

    /// <summary>Bytes of data.</summary>
    public readonly int Bytes => (int)(End - Begin) - (Has(SentMarks.Fin) ? 1 : 0);
}

/// <summary>The segments under way in order of sequence, with Linux's counters of them. Source: linux v6.6 include/net/tcp.h tcp_packets_in_flight; net/ipv4/tcp_input.c tcp_mark_skb_lost.</summary>
internal sealed class Scoreboard
{
    private SentSegment[] _ring = [];
    private int _first;

    /// <summary>Segments (packets_out).</summary>
    public int Count { get; private set; }

    /// <summary>Those that the receiver has beyond a hole (sacked_out). Without selective acknowledgments: duplicate ones.</summary>
    public int Sacked { get; set; }

    /// <summary>Those taken for lost (lost_out).</summary>
    public int Lost { get; private set; }

    /// <summary>Those sent again whose copy is under way (retrans_out).</summary>
    public int Resent { get; private set; }

    /// <summary>Segments ever taken for lost.</summary>
    public int EverLost { get; private set; }

    /// <summary>Segments in the network as far as is known.</summary>
    public int InFlight => Count - Sacked - Lost + Resent;

    /// <summary>Segment n, the oldest being 0.</summary>
    public ref SentSegment this[int n] => ref _ring[(_first + n) & (_ring.Length - 1)];

    /// <summary>Adds a segment at the end.</summary>
    public void Add(in SentSegment segment)
    {
        if (Count == _ring.Length) Grow();
        this[Count++] = segment;
    }

    /// <summary>Takes the oldest away.</summary>
    public void RemoveFirst()
    {
        ref var first = ref this[0];
        if (first.Has(SentMarks.Resent)) Resent--;
        if (first.Has(SentMarks.Lost)) Lost--;
        if (first.Has(SentMarks.Sacked)) Sacked--;
        _first = (_first + 1) & (_ring.Length - 1);
        Count--;
    }

    /// <summary>The first segment that reaches beyond a sequence number; <see cref="Count"/> when there is none.</summary>
    public int Find(uint sequence)
    {
        int low = 0, high = Count;
        while (low < high)
        {
            int middle = (low + high) >> 1;
            if (Sequence.After(this[middle].End, sequence)) high = middle;
            else low = middle + 1;
        }
        return low;
    }

    /// <summary>Cuts a segment in two after so many bytes.</summary>
    public void Split(int n, int bytes)
    {
        Add(default);
        for (int i = Count - 1; i > n; i--) this[i] = this[i - 1];
        ref var first = ref this[n];
        ref var second = ref this[n + 1];
        second.Begin = first.End = first.Begin + (uint)bytes;
        first.Marks &= ~(SentMarks.Fin | SentMarks.Push);
        if (second.Has(SentMarks.Lost)) Lost++;
        if (second.Has(SentMarks.Resent)) Resent++;
        if (second.Has(SentMarks.Sacked)) Sacked++;
    }

    /// <summary>The receiver has it.</summary>
    public void MarkSacked(ref SentSegment s)
    {
        if (s.Has(SentMarks.Lost))
        {
            Lost--;
            if (s.Has(SentMarks.Resent)) Resent--;
            s.Marks &= ~(SentMarks.Lost | SentMarks.Resent);
        }
        s.Marks |= SentMarks.Sacked;
        Sacked++;
    }

    /// <summary>It, or its copy, is lost.</summary>
    public void MarkLost(ref SentSegment s)
    {
        if (s.Has(SentMarks.Sacked)) return;
        if (!s.Has(SentMarks.Lost))
        {
            s.Marks |= SentMarks.Lost;
            Lost++;
            EverLost++;
        }
        else if (s.Has(SentMarks.Resent))
        {
            s.Marks &= ~SentMarks.Resent;
            Resent--;
            EverLost++;
        }
    }

    /// <summary>It was sent again.</summary>
    public void MarkResent(ref SentSegment s, long now)
    {
        if (!s.Has(SentMarks.Resent)) Resent++;
        s.Marks |= SentMarks.Resent | SentMarks.EverResent;
        s.SentAt = now;
    }

    /// <summary>Nothing was lost after all.</summary>
    public void UnmarkLost()
    {
        for (int i = 0; i < Count; i++) this[i].Marks &= ~SentMarks.Lost;
        Lost = 0;
    }

    /// <summary>What the receiver said to have, it threw away.</summary>
    public void UnmarkSacked()
    {
        for (int i = 0; i < Count; i++) this[i].Marks &= ~SentMarks.Sacked;
        Sacked = 0;
    }

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        Count = Sacked = Lost = Resent = _first = 0;
    }

    private void Grow()
    {
        var larger = new SentSegment[Math.Max(2, _ring.Length * 2)];
        for (int i = 0; i < Count; i++) larger[i] = this[i];
        _ring = larger;
        _first = 0;
    }
}
