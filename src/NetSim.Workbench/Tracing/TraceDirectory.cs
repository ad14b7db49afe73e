using System.Buffers.Binary;
using System.Globalization;
using Microsoft.Win32.SafeHandles;
using NetSim.Model.Tracing;

namespace NetSim.Workbench.Tracing;

/// <summary>Which blocks a trace's file has, and where. It stands at the end of a whole file as a block of its own (kind 255), with its place and a mark behind it;
/// in a file that was cut it is found by going from block to block.</summary>
internal sealed class TraceDirectory
{
    private const byte Own = 255;
    private const int EntryBytes = 40;
    private readonly List<BlockFacts>[] _facts = [.. Enum.GetValues<TraceBlock>().Select(_ => new List<BlockFacts>())];
    private readonly List<(long Offset, int Length)>[] _places = [.. Enum.GetValues<TraceBlock>().Select(_ => new List<(long, int)>())];
    private readonly List<(TraceBlock Kind, int Number)> _order = [];

    private static ReadOnlySpan<byte> Mark => "NSTREND1"u8;

    /// <summary>The blocks of a kind.</summary>
    public IReadOnlyList<BlockFacts> Of(TraceBlock kind) => _facts[(int)kind];

    /// <summary>Where a block lies.</summary>
    public (long Offset, int Length) Place(TraceBlock kind, int number) => _places[(int)kind][number];

    /// <summary>Notes a block.</summary>
    public void Add(TraceBlock kind, BlockFacts facts, long offset, int length)
    {
        _order.Add((kind, _facts[(int)kind].Count));
        _facts[(int)kind].Add(facts);
        _places[(int)kind].Add((offset, length));
    }

    /// <summary>The block that says all this, for a place in the file, with what stands behind it.</summary>
    public byte[] ToBytes(long offset)
    {
        var bytes = new byte[_order.Count * EntryBytes];
        for (int i = 0; i < _order.Count; i++)
        {
            var (kind, number) = _order[i];
            var (facts, place) = (Of(kind)[number], Place(kind, number));
            var at = bytes.AsSpan(i * EntryBytes);
            BinaryPrimitives.WriteInt32LittleEndian(at, (int)kind);
            BinaryPrimitives.WriteInt32LittleEndian(at[4..], place.Length);
            BinaryPrimitives.WriteInt64LittleEndian(at[8..], place.Offset);
            BinaryPrimitives.WriteInt64LittleEndian(at[16..], facts.First);
            BinaryPrimitives.WriteInt32LittleEndian(at[24..], facts.Count);
            BinaryPrimitives.WriteInt32LittleEndian(at[28..], facts.Changes);
            BinaryPrimitives.WriteInt64LittleEndian(at[32..], facts.Time);
        }
        byte[] end = [.. BitConverter.GetBytes(offset), .. Mark];
        return [.. TraceBlockHead.Frame(Own, new(0, _order.Count, 0, 0), bytes), .. end];
    }

    /// <summary>Finds the blocks of a file from <paramref name="start"/> on. <paramref name="damage"/> says why not all of it can be, or is null.</summary>
    public static TraceDirectory Find(SafeFileHandle file, long start, out string? damage)
    {
        damage = null;
        if (AtEnd(file) is { } whole) return whole;
        var found = new TraceDirectory();
        long at = start, length = RandomAccess.GetLength(file);
        while (at < length && TraceBlockHead.At(file, at) is { } head && head.Kind < found._facts.Length && TraceBlockHead.Read(file, at, head.Kind, head.Length) is not null && found.Follows((TraceBlock)head.Kind, head.Facts))
        {
            found.Add((TraceBlock)head.Kind, head.Facts, at, head.Length);
            at += TraceBlockHead.Length + head.Length;
        }
        damage = string.Create(CultureInfo.InvariantCulture, $"the trace is cut or damaged at byte {at} of {length}");
        return found;
    }

    /// <summary>Does a block go on where the last of its kind ended?</summary>
    private bool Follows(TraceBlock kind, BlockFacts facts)
    {
        if (facts.Count < 0) return false;
        if (_facts[(int)kind] is not { Count: > 0 } before) return kind == TraceBlock.State ? facts.First >= 0 : facts.First == 0;
        return kind == TraceBlock.State ? facts.First >= before[^1].First : facts.First == before[^1].First + before[^1].Count && facts.Time >= before[^1].Time;
    }

    private static TraceDirectory? AtEnd(SafeFileHandle file)
    {
        long length = RandomAccess.GetLength(file);
        Span<byte> end = stackalloc byte[16];
        if (length < end.Length || RandomAccess.Read(file, end, length - end.Length) != end.Length || !end[8..].SequenceEqual(Mark)) return null;
        long offset = BinaryPrimitives.ReadInt64LittleEndian(end);
        if (offset < 0 || offset >= length || TraceBlockHead.At(file, offset) is not { Kind: Own } head || TraceBlockHead.Read(file, offset, Own, head.Length) is not { } bytes) return null;
        var found = new TraceDirectory();
        for (int i = 0; i + EntryBytes <= bytes.Length; i += EntryBytes)
        {
            var at = bytes.AsSpan(i);
            int kind = BinaryPrimitives.ReadInt32LittleEndian(at), size = BinaryPrimitives.ReadInt32LittleEndian(at[4..]);
            var facts = new BlockFacts(BinaryPrimitives.ReadInt64LittleEndian(at[16..]), BinaryPrimitives.ReadInt32LittleEndian(at[24..]), BinaryPrimitives.ReadInt64LittleEndian(at[32..]), BinaryPrimitives.ReadInt32LittleEndian(at[28..]));
            long place = BinaryPrimitives.ReadInt64LittleEndian(at[8..]);
            if ((uint)kind >= (uint)found._facts.Length || size < 0 || place < 0 || place + TraceBlockHead.Length + size > offset || !found.Follows((TraceBlock)kind, facts)) return null;
            found.Add((TraceBlock)kind, facts, place, size);
        }
        return found;
    }
}
