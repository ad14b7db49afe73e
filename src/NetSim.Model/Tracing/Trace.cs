namespace NetSim.Model.Tracing;

/// <summary>An ordered list of events: stored in columns of 32-byte rows, seen as records. Simulation and Capture write it; everything else reads it.</summary>
public sealed class Trace : ITraceReader
{
    private const int ChunkRows = 1 << 15;
    private readonly List<TraceRow[]> _chunks = [];
    private readonly List<Place> _places = [];
    private readonly Dictionary<Place, int> _placeNumbers = [];
    private readonly List<Change> _changes = [];
    private readonly List<object> _details = [];
    private TraceRow[] _last = [];
    private int _used;

    /// <summary>An empty trace that keeps its frames in <paramref name="packets"/>.</summary>
    public Trace(IPacketStore? packets = null) => Packets = packets ?? new PacketArena();

    /// <inheritdoc/>
    public IReadOnlyList<Place> Places => _places;

    /// <inheritdoc/>
    public IPacketStore Packets { get; }

    /// <summary>The frames in memory, for who writes the trace.</summary>
    /// <exception cref="InvalidOperationException">The frames lie elsewhere.</exception>
    public PacketArena Arena => Packets as PacketArena ?? throw new InvalidOperationException("the frames of this trace lie in a capture");

    /// <inheritdoc/>
    public long Count => _chunks.Count == 0 ? 0 : (long)(_chunks.Count - 1) * ChunkRows + _used;

    /// <summary>All changes in order: the fold over them is the state.</summary>
    public IReadOnlyList<Change> Changes => _changes;

    /// <summary>When nanosecond 0 was, in nanoseconds since 1970.</summary>
    public long ZeroUnixNanoseconds { get; init; }

    /// <summary>Packets that were lost before they were recorded (a capture's drops); part of the ledger of every picture.</summary>
    public long LostPackets { get; set; }

    /// <summary>The number of a place; the same place has the same number.</summary>
    public int PlaceNumber(Place place)
    {
        if (_placeNumbers.TryGetValue(place, out int n)) return n;
        _places.Add(place);
        _placeNumbers.Add(place, _places.Count - 1);
        return _places.Count - 1;
    }

    /// <summary>Keeps a detail and returns its number. The caller keeps the number where the same detail comes again.</summary>
    public int AddDetail(object detail)
    {
        _details.Add(detail);
        return _details.Count - 1;
    }

    /// <summary>Appends an event. Time never goes back.</summary>
    public void Add(in TraceRow row)
    {
        if (_used == _last.Length)
        {
            _last = GC.AllocateUninitializedArray<TraceRow>(ChunkRows);
            _chunks.Add(_last);
            _used = 0;
        }
        _last[_used++] = row;
    }

    /// <summary>Appends a change of a table.</summary>
    public void Add(SimTime time, Change change)
    {
        _changes.Add(change);
        Add(new TraceRow(time.Nanoseconds, -1, PlaceNumber(change.Place), _changes.Count - 1, -1, StepKind.Changed));
    }

    /// <inheritdoc/>
    public ReadOnlyMemory<TraceRow> Chunk(long from)
    {
        if (from >= Count) return default;
        int chunk = (int)(from / ChunkRows), offset = (int)(from % ChunkRows);
        int end = chunk == _chunks.Count - 1 ? _used : ChunkRows;
        return _chunks[chunk].AsMemory(offset, end - offset);
    }

    /// <summary>One row.</summary>
    public TraceRow Row(long number) => _chunks[(int)(number / ChunkRows)][number % ChunkRows];

    /// <inheritdoc/>
    public Change Change(int number) => _changes[number];

    /// <inheritdoc/>
    public object Detail(int number) => _details[number];
}
