using NetSim.Model.Topology;
using NetSim.Model.Tracing;
using NetSim.Wire.Inspection;

namespace NetSim.Rendering.Stories;

/// <summary>A packet as the index knows it.</summary>
internal sealed class PacketEntry
{
    public required int Packet { get; init; }
    public required long FirstRow { get; init; }
    public required SimTime Time { get; init; }
    public long LastRow { get; set; }

    /// <summary>Its first event at an interface; a packet may wait before it for an answer to ARP.</summary>
    public long SeenRow { get; set; } = -1;
    public int Frame { get; set; } = -1;
    public int Sightings { get; set; }
    public DropReason? Drop { get; set; }
    public long DropRow { get; set; } = -1;
    public PacketSummary Summary { get; set; }
    public bool Hidden { get; set; }

    /// <summary>Its place among the packets that are shown, from 0; -1 when hidden.</summary>
    public int Order { get; set; } = -1;

    /// <summary>What the flow does in it: "handshake", "GET /", "close".</summary>
    public string Phase { get; set; } = "";

    /// <summary>Packets of one group stand together on the strip.</summary>
    public int Group { get; set; }
}

/// <summary>One pass over a trace: which packets there are, when the story's steps begin, and the numbers of the ledger. Bytes are read once for each packet.</summary>
internal sealed class TraceIndex
{
    private readonly Dictionary<int, PacketEntry> _byPacket = [];
    private readonly List<PacketEntry> _entries = [];
    private readonly List<(long Row, SimTime Time, Change.StoryStep Step)> _steps = [];
    private byte[] _buffer = new byte[2048];

    private TraceIndex(ITraceReader trace) => Trace = trace;

    /// <summary>What was read.</summary>
    public ITraceReader Trace { get; }

    /// <summary>All packets in order of their first event.</summary>
    public IReadOnlyList<PacketEntry> Entries => _entries;

    /// <summary>Those that are shown.</summary>
    public IReadOnlyList<PacketEntry> Shown { get; private set; } = [];

    /// <summary>The story's steps with the events that began them.</summary>
    public IReadOnlyList<(long Row, SimTime Time, Change.StoryStep Step)> Steps => _steps;

    /// <summary>What adds up to the input.</summary>
    public Ledger Ledger { get; private set; } = new(0, 0, 0, 0);

    /// <summary>The first event's time; times are shown from here when the trace counts from 1970.</summary>
    public SimTime Start { get; private set; }

    /// <summary>When the story begins: at its first step, else at the first packet, else at the first event.</summary>
    public SimTime Begin => _steps.Count > 0 ? _steps[0].Time : Shown.Count > 0 ? Shown[0].Time : Start;

    /// <summary>The last event's time.</summary>
    public SimTime End { get; private set; }

    /// <summary>Reads a trace.</summary>
    public static TraceIndex Of(ITraceReader trace)
    {
        var index = new TraceIndex(trace);
        long lost = trace is Trace t ? t.LostPackets : 0;
        foreach (var (number, row) in trace.Rows())
        {
            index.Take(number, row);
            if (row.Kind == StepKind.Lost) lost += row.A;
        }
        index.Finish(lost);
        return index;
    }

    /// <summary>The packet of a number, or null.</summary>
    public PacketEntry? Find(int packet) => _byPacket.GetValueOrDefault(packet);

    /// <summary>All events of a packet in order.</summary>
    public IReadOnlyList<TraceEvent> EventsOf(PacketEntry entry)
    {
        var events = new List<TraceEvent>();
        for (long at = entry.FirstRow; at <= entry.LastRow;)
        {
            var chunk = Trace.Chunk(at);
            var rows = chunk.Span;
            for (int i = 0; i < rows.Length && at + i <= entry.LastRow; i++)
                if (rows[i].Packet == entry.Packet) events.Add(Trace.Event(at + i, rows[i]));
            at += chunk.Length;
        }
        return events;
    }

    /// <summary>The bytes of a frame; good until the next call.</summary>
    public ReadOnlySpan<byte> Bytes(int frame)
    {
        int length = Trace.Packets.Length(frame);
        if (length > _buffer.Length) _buffer = new byte[length];
        Trace.Packets.Read(frame, _buffer);
        return _buffer.AsSpan(0, length);
    }

    /// <summary>The packet's length on the wire, in bytes.</summary>
    public int WireLength(PacketEntry entry) => entry.Frame < 0 ? 0 : Trace.Packets.OriginalLength(entry.Frame);

    /// <summary>The state after the event of a number.</summary>
    public Topology TopologyAt(long row)
    {
        var topology = new Topology();
        foreach (var (number, r) in Trace.Rows())
        {
            if (number > row) break;
            if (r.Kind == StepKind.Changed) topology.Apply(Trace.Change(r.A));
        }
        return topology;
    }

    /// <summary>When the event of a number was; -1 is the beginning.</summary>
    public SimTime TimeOf(long row) => row < 0 || Trace.Count == 0 ? Start : new(Trace.Chunk(Math.Min(row, Trace.Count - 1)).Span[0].Time);

    /// <summary>The last event not later than a time; -1 when there is none.</summary>
    public long RowAt(SimTime time)
    {
        long found = -1;
        foreach (var (number, row) in Trace.Rows())
        {
            if (row.Time > time.Nanoseconds) break;
            found = number;
        }
        return found;
    }

    private void Take(long number, TraceRow row)
    {
        if (number == 0) Start = new(row.Time);
        End = new(row.Time);
        if (row.Kind == StepKind.Changed && Trace.Change(row.A) is Change.StoryStep step) _steps.Add((number, new(row.Time), step));
        if (row.Packet < 0) return;
        if (!_byPacket.TryGetValue(row.Packet, out var entry))
        {
            entry = new() { Packet = row.Packet, FirstRow = number, Time = new(row.Time) };
            _byPacket.Add(row.Packet, entry);
            _entries.Add(entry);
        }
        entry.LastRow = number;
        if (entry.SeenRow < 0 && row.Kind is StepKind.Received or StepKind.Transmitted or StepKind.Seen) entry.SeenRow = number;
        int frame = TraceReading.FrameOf(row);
        if (frame >= 0 && entry.Frame < 0) entry.Frame = frame;
        if (row.Kind is StepKind.Received or StepKind.Transmitted || row is { Kind: StepKind.Seen, A: 0 }) entry.Sightings++;
        if (row.Kind != StepKind.Dropped || entry.Drop is not null || IsQuiet((DropReason)row.A)) return;
        entry.Drop = (DropReason)row.A;
        entry.DropRow = number;
    }

    /// <summary>A copy of a flooded frame that its receiver ignores is no loss worth a mark.</summary>
    private static bool IsQuiet(DropReason reason) => reason is DropReason.OtherHost or DropReason.SamePort or DropReason.NotWanted;

    /// <summary>What a packet says may hold line ends; a picture has no room for them.</summary>
    private static PacketSummary OneLine(PacketSummary s) => s.Text.AsSpan().ContainsAnyInRange('\0', '\u001F') ? s with { Text = string.Concat(s.Text.Select(c => char.IsControl(c) ? ' ' : c)) } : s;

    private void Finish(long lost)
    {
        foreach (var e in _entries)
        {
            if (e.Frame < 0) continue;
            e.Summary = OneLine(FrameReading.Summarise(Bytes(e.Frame), Trace.Packets.LinkType(e.Frame)));
            e.Hidden = Noise.Is(e.Summary);
        }
        if (_entries.TrueForAll(e => e.Hidden)) _entries.ForEach(e => e.Hidden = false);
        Shown = [.. _entries.Where(e => !e.Hidden).OrderBy(e => e.SeenRow < 0 ? e.FirstRow : e.SeenRow)];
        for (int i = 0; i < Shown.Count; i++) Shown[i].Order = i;
        Phases.Tell(this);
        long hidden = _entries.Where(e => e.Hidden).Sum(e => (long)Math.Max(1, e.Sightings));
        long recorded = _entries.Sum(e => (long)Math.Max(1, e.Sightings));
        Ledger = new(Shown.Count, recorded - Shown.Count - hidden, hidden, lost);
    }
}
