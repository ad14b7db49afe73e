using System.Buffers.Binary;
using NetSim.Model.Input;

namespace NetSim.Model.Tracing;

/// <summary>How much there is of what rows name.</summary>
internal readonly record struct TraceSizes(int Places, int Changes, int Details, int Frames);

/// <summary>The rows of a trace in chunks of one size: all in memory, or, with a store, the last in memory and the others in its blocks.</summary>
/// <param name="store">Where full chunks go, or null.</param>
/// <param name="keep">Called before a chunk goes there.</param>
/// <param name="sizes">What rows may name, for rows that are read.</param>
internal sealed class RowChunks(ITraceStore? store, Action keep, Func<TraceSizes> sizes)
{
    private const int ChunkRows = 1 << 15;
    private const int RowBytes = 32;
    private const int AtHand = 8;
    private readonly List<TraceRow[]> _chunks = [];
    private readonly List<int> _changesBefore = [];
    private readonly BlockCache<TraceRow[]>? _old = store is null ? null : new(AtHand, n => Read(store!, n, sizes()));
    private long _first = store is null ? 0 : InStore(store);
    private TraceRow[] _last = [];
    private int _used, _lastChanges;

    /// <summary>Number of rows.</summary>
    public long Count => _first + _used;

    /// <summary>One row.</summary>
    public TraceRow this[long number] => Of(number)[(int)(number % ChunkRows)];

    /// <summary>Appends a row. <paramref name="changes"/>: how many changes there were before it.</summary>
    public void Add(in TraceRow row, int changes)
    {
        if (_used == _last.Length) Begin(changes);
        _last[_used++] = row;
    }

    /// <summary>The rows from one on, as many as lie together.</summary>
    public ReadOnlyMemory<TraceRow> Chunk(long from)
    {
        if (from >= Count) return default;
        int end = (int)Math.Min(ChunkRows, Count - from / ChunkRows * ChunkRows), offset = (int)(from % ChunkRows);
        return Of(from).AsMemory(offset, end - offset);
    }

    /// <summary>Puts the last rows into the store.</summary>
    public void Close()
    {
        if (store is null || _used == 0) return;
        var rows = _last.AsSpan(0, _used);
        var bytes = new byte[rows.Length * RowBytes];
        for (int i = 0; i < rows.Length; i++) Write(rows[i], bytes.AsSpan(i * RowBytes));
        keep();
        store.Write(TraceBlock.Rows, new(_first, rows.Length, rows[0].Time, _lastChanges), bytes);
        _old!.Put(store.Blocks(TraceBlock.Rows).Count - 1, _last);
        (_first, _used, _last) = (_first + _used, 0, []);
    }

    /// <summary>The number of the first row after an instant.</summary>
    public long FirstAfter(long time)
    {
        long low = 0, high = (Count + ChunkRows - 1) / ChunkRows;
        while (low < high)
        {
            long middle = (low + high) / 2;
            if (BeginsAt(middle) <= time) low = middle + 1;
            else high = middle;
        }
        if (low == 0) return 0;
        long first = (low - 1) * ChunkRows;
        var chunk = Chunk(first).Span;
        int from = 0, to = chunk.Length;
        while (from < to)
        {
            int middle = (from + to) / 2;
            if (chunk[middle].Time <= time) from = middle + 1;
            else to = middle;
        }
        return first + from;
    }

    /// <summary>How many changes there are among the rows before one.</summary>
    public int ChangesBefore(long number)
    {
        if (number <= 0 || Count == 0) return 0;
        long chunk = (Math.Min(number, Count) - 1) / ChunkRows;
        var rows = Chunk(chunk * ChunkRows).Span[..(int)(Math.Min(number, Count) - chunk * ChunkRows)];
        for (int i = rows.Length - 1; i >= 0; i--)
            if (rows[i].Kind == StepKind.Changed) return rows[i].A + 1;
        return store is null ? _changesBefore[(int)chunk] : chunk * ChunkRows == _first ? _lastChanges : store.Blocks(TraceBlock.Rows)[(int)chunk].Changes;
    }

    private long BeginsAt(long chunk) => store is null ? _chunks[(int)chunk][0].Time
        : chunk * ChunkRows == _first && _used > 0 ? _last[0].Time : store.Blocks(TraceBlock.Rows)[(int)chunk].Time;

    private TraceRow[] Of(long number)
    {
        int chunk = (int)(number / ChunkRows);
        if (store is null) return _chunks[chunk];
        return number >= _first ? _last : _old![chunk];
    }

    private void Begin(int changes)
    {
        if (store is not null) Close();
        else _first = (long)_chunks.Count * ChunkRows;
        _last = GC.AllocateUninitializedArray<TraceRow>(ChunkRows);
        _used = 0;
        if (store is null) _chunks.Add(_last);
        _changesBefore.Add(changes);
        _lastChanges = changes;
    }

    /// <summary>How many rows are there; all blocks but the last are full.</summary>
    private static long InStore(ITraceStore store)
    {
        var blocks = store.Blocks(TraceBlock.Rows);
        for (int i = 0; i < blocks.Count; i++)
            if (blocks[i].First != (long)i * ChunkRows || blocks[i].Count is < 1 or > ChunkRows || blocks[i].Count < ChunkRows && i < blocks.Count - 1)
                throw new InputException(store.Name, $"block {i} of rows", $"is damaged: it says that it holds {blocks[i].Count} rows from {blocks[i].First} on");
        return blocks.Count == 0 ? 0 : blocks[^1].First + blocks[^1].Count;
    }

    private static void Write(in TraceRow row, Span<byte> bytes)
    {
        BinaryPrimitives.WriteInt64LittleEndian(bytes, row.Time);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[8..], row.Packet);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[12..], row.Place);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[16..], row.A);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[20..], row.B);
        bytes[24] = (byte)row.Kind;
    }

    private static TraceRow[] Read(ITraceStore store, int number, TraceSizes sizes)
    {
        var bytes = store.Read(TraceBlock.Rows, number);
        var rows = new TraceRow[store.Blocks(TraceBlock.Rows)[number].Count];
        bool right = bytes.Length == rows.Length * RowBytes;
        for (int i = 0; right && i < rows.Length; i++)
        {
            var b = bytes.AsSpan(i * RowBytes, RowBytes);
            rows[i] = new(BinaryPrimitives.ReadInt64LittleEndian(b), BinaryPrimitives.ReadInt32LittleEndian(b[8..]), BinaryPrimitives.ReadInt32LittleEndian(b[12..]),
                BinaryPrimitives.ReadInt32LittleEndian(b[16..]), BinaryPrimitives.ReadInt32LittleEndian(b[20..]), (StepKind)b[24]);
            right = IsRight(rows[i], sizes) && (i == 0 || rows[i].Time >= rows[i - 1].Time);
        }
        return right ? rows : throw new InputException(store.Name, $"block {number} of rows", "is damaged: it names what is not there");
    }

    private static bool IsRight(in TraceRow row, TraceSizes sizes)
    {
        if ((uint)row.Place >= (uint)sizes.Places) return false;
        return row.Kind switch
        {
            StepKind.Changed => (uint)row.A < (uint)sizes.Changes,
            StepKind.Received or StepKind.Transmitted or StepKind.Seen => (uint)row.B < (uint)sizes.Frames,
            StepKind.Originated => (uint)row.A < (uint)sizes.Details && row.B < sizes.Frames,
            StepKind.Filtered or StepKind.Translated or StepKind.Routed or StepKind.Delivered => (uint)row.A < (uint)sizes.Details,
            StepKind.Switched => row.A < sizes.Places,
            StepKind.Dropped => row.B < sizes.Details,
            _ => row.Kind <= StepKind.Faulted,
        };
    }
}
