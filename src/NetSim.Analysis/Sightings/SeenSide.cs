namespace NetSim.Analysis.Sightings;

/// <summary>What one end of a flow sent, as seen at one point.</summary>
internal sealed class SeenSide
{
    private const int MostMarks = 4;
    private const int MostHoles = 32;
    private const long ReorderTime = 3_000_000;
    private const long DoubleTime = 2_000_000;
    private readonly List<(uint From, uint To, long Time)> _holes = [];
    private readonly Queue<(uint Sequence, ushort Id, long Time)> _latest = new();

    public long Packets { get; set; }

    public long Bytes { get; set; }

    public PacketMark First { get; set; }

    public PacketMark Last { get; set; }

    /// <summary>SYNs (or SYN-ACKs) and the first and last of them.</summary>
    public int Syns { get; set; }

    public PacketMark Syn { get; set; }

    public PacketMark LastSyn { get; set; }

    public uint InitialSequence { get; set; }

    public PacketMark? FirstData { get; private set; }

    public PacketMark? LastData { get; private set; }

    public PacketMark? Fin { get; set; }

    public PacketMark? Rst { get; set; }

    /// <summary>Time to live of the first packet, and of the RST.</summary>
    public byte TimeToLive { get; set; }

    public byte RstTimeToLive { get; set; }

    public bool HasNext { get; private set; }

    public uint Next { get; private set; }

    public uint LastAck { get; set; }

    public long DataSegments { get; private set; }

    public long SentAgain { get; private set; }

    public List<PacketMark> Again { get; } = [];

    /// <summary>The longest that both ends were silent before this end spoke, and the packet that ended it.</summary>
    public long LongestQuiet { get; set; }

    public PacketMark EndOfQuiet { get; set; }

    public long KeepAlives { get; private set; }

    /// <summary>Segments that say: no room.</summary>
    public int ZeroWindows { get; set; }

    public PacketMark ZeroWindow { get; set; }

    /// <summary>The sequence number that was last sent again, how often in a row, and how long the segment was.</summary>
    public uint Stuck { get; private set; }

    public int StuckTimes { get; private set; }

    public int StuckLength { get; private set; }

    public int LargestSegment { get; private set; }

    /// <summary>Takes a segment with data.</summary>
    public void Data(uint sequence, int length, ushort id, PacketMark mark)
    {
        uint end = sequence + (uint)length;
        if (HasNext && length == 1 && sequence == Next - 1)
        {
            KeepAlives++;
            return;
        }
        DataSegments++;
        LargestSegment = Math.Max(LargestSegment, length);
        if (!HasNext || sequence == Next || Later(sequence, Next)) Forward(sequence, end, mark);
        else if (!IsDouble(sequence, id, mark.Time) && !FillsAtOnce(sequence, mark.Time)) Repeat(sequence, length, mark);
        _latest.Enqueue((sequence, id, mark.Time));
        if (_latest.Count > 16) _latest.Dequeue();
        FirstData ??= mark;
        LastData = mark;
    }

    /// <summary>The next sequence number that a SYN or FIN leads to.</summary>
    public void Expect(uint next)
    {
        if (HasNext && !Later(next, Next)) return;
        (HasNext, Next) = (true, next);
    }

    /// <summary>Was what is stuck never acknowledged?</summary>
    public bool IsStuck(SeenSide other) => StuckTimes >= 2 && (other.LastAck == 0 || !Later(other.LastAck, Stuck));

    private void Forward(uint sequence, uint end, PacketMark mark)
    {
        if (HasNext && sequence != Next && _holes.Count < MostHoles) _holes.Add((Next, sequence, mark.Time));
        (HasNext, Next) = (true, end);
    }

    private void Repeat(uint sequence, int length, PacketMark mark)
    {
        SentAgain++;
        if (Again.Count < MostMarks) Again.Add(mark);
        StuckTimes = sequence == Stuck && StuckTimes > 0 ? StuckTimes + 1 : 1;
        (Stuck, StuckLength) = (sequence, length);
    }

    /// <summary>The very same packet, seen twice: a point that shows frames on two ways.</summary>
    private bool IsDouble(uint sequence, ushort id, long time) => _latest.Any(l => l.Sequence == sequence && time - l.Time < DoubleTime && l.Id == id && (id != 0 || time - l.Time < DoubleTime / 100));

    /// <summary>It fills a gap that came about just now: it was late, not lost.</summary>
    private bool FillsAtOnce(uint sequence, long time)
    {
        int at = _holes.FindIndex(h => !Later(h.From, sequence) && Later(h.To, sequence));
        if (at < 0) return false;
        bool soon = time - _holes[at].Time < ReorderTime;
        _holes.RemoveAt(at);
        return soon;
    }

    private static bool Later(uint a, uint b) => (int)(a - b) > 0;
}
