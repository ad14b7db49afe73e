namespace NetSim.Model.Tracing;

/// <summary>An ordered list of events: stored in columns of 32-byte rows, seen as records. Simulation and Capture write it; everything else reads it.
/// With a store only its latest part is in memory, and what is read of the rest comes from there.</summary>
public sealed class Trace : ITraceReader
{
    private readonly RowChunks _rows;
    private readonly KeptList<Place> _places;
    private readonly Dictionary<Place, int> _placeNumbers = [];
    private readonly KeptList<Change> _changes;
    private readonly KeptList<object> _details;
    private readonly Checkpoints? _checkpoints;
    private readonly ITraceStore? _store;

    /// <summary>An empty trace that keeps its frames in <paramref name="packets"/>.</summary>
    public Trace(IPacketStore? packets = null)
        : this(null, packets ?? new PacketArena())
    {
    }

    /// <summary>A trace in a store: what is in it already is there to be read, and a new one's is for writing.</summary>
    public Trace(ITraceStore store)
        : this(store, new PacketArena(store))
    {
    }

    private Trace(ITraceStore? store, IPacketStore packets)
    {
        (_store, Packets) = (store, packets);
        _places = new(TraceBlock.Places, store);
        _changes = new(TraceBlock.Changes, store);
        _details = new(TraceBlock.Details, store);
        _rows = new(store, Keep, () => new(_places.Count, _changes.Count, _details.Count, Packets.Count));
        if (store is not null) _checkpoints = new(store);
        for (int i = 0; i < _places.Count; i++) _placeNumbers.Add(_places[i], i);
    }

    /// <inheritdoc/>
    public IReadOnlyList<Place> Places => _places;

    /// <inheritdoc/>
    public IPacketStore Packets { get; }

    /// <summary>The frames in memory, for who writes the trace.</summary>
    /// <exception cref="InvalidOperationException">The frames lie elsewhere.</exception>
    public PacketArena Arena => Packets as PacketArena ?? throw new InvalidOperationException("the frames of this trace lie in a capture");

    /// <inheritdoc/>
    public long Count => _rows.Count;

    /// <summary>All changes in order: the fold over them is the state.</summary>
    public IReadOnlyList<Change> Changes => _changes;

    /// <summary>When nanosecond 0 was, in nanoseconds since 1970.</summary>
    public long ZeroUnixNanoseconds { get; init; }

    /// <summary>Packets that were lost before they were recorded (a capture's drops); part of the ledger of every picture.</summary>
    public long LostPackets { get; set; }

    /// <summary>The state as it is now, which is the fold over all changes so far; with it and a store, states are kept from which others are near. Set by who writes.</summary>
    public Topology.Topology? State { get; set; }

    /// <summary>The number of a place; the same place has the same number.</summary>
    public int PlaceNumber(Place place) => _placeNumbers.TryGetValue(place, out int n) ? n : _placeNumbers[place] = _places.Add(place);

    /// <summary>Keeps a detail and returns its number. The caller keeps the number where the same detail comes again.</summary>
    public int AddDetail(object detail) => _details.Add(detail);

    /// <summary>Appends an event. Time never goes back.</summary>
    public void Add(in TraceRow row) => _rows.Add(row, _changes.Count);

    /// <summary>Appends a change of a table.</summary>
    public void Add(SimTime time, Change change)
    {
        if (State is { } state) _checkpoints?.Changing(_changes.Count, state);
        int place = PlaceNumber(change.Place), before = _changes.Count;
        _changes.Add(change);
        _rows.Add(new TraceRow(time.Nanoseconds, -1, place, before, -1, StepKind.Changed), before);
    }

    /// <summary>Puts all that is not in the store yet there. Nothing may be added afterwards.</summary>
    public void Complete()
    {
        if (_store is not null) _rows.Close();
    }

    /// <inheritdoc/>
    public ReadOnlyMemory<TraceRow> Chunk(long from) => _rows.Chunk(from);

    /// <summary>One row.</summary>
    public TraceRow Row(long number) => _rows[number];

    /// <inheritdoc/>
    public Change Change(int number) => _changes[number];

    /// <inheritdoc/>
    public object Detail(int number) => _details[number];

    /// <summary>The number of the first event after an instant; <see cref="Count"/> when there is none.</summary>
    public long FirstAfter(SimTime time) => _rows.FirstAfter(time.Nanoseconds);

    /// <summary>How many changes there were before an event.</summary>
    public int ChangesBefore(long number) => _rows.ChangesBefore(number);

    /// <summary>The state after all events up to and including an instant.</summary>
    public Topology.Topology StateAt(SimTime time)
    {
        var topology = new Topology.Topology();
        int from = 0, to = ChangesBefore(FirstAfter(time));
        if (_checkpoints is not null) from = _checkpoints.Restore(to, topology);
        for (int i = from; i < to; i++) topology.Apply(_changes[i]);
        return topology;
    }

    /// <summary>All that a chunk of rows names goes into the store before it, so that a file that was cut is whole up to some chunk.</summary>
    private void Keep()
    {
        _places.Flush();
        _changes.Flush();
        _details.Flush();
        (Packets as PacketArena)?.Flush();
    }
}
