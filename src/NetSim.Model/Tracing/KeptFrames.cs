using System.Buffers.Binary;
using NetSim.Model.Input;

namespace NetSim.Model.Tracing;

/// <summary>Where a frame's bytes lie: the first <see cref="Head"/> in a segment, the others those of its base (or -1: it has none).</summary>
internal struct FrameEntry
{
    public int Segment, Offset, Head, Length, Original, Base, LinkType;
}

/// <summary>The frames of a store: entries in blocks of different size, bytes in segments.</summary>
internal sealed class KeptFrames
{
    private const int EntryBytes = 28;
    private const int LongestFrame = 1 << 20;
    private readonly ITraceStore _store;
    private readonly BlockCache<FrameEntry[]> _entries;
    private readonly BlockCache<byte[]> _bytes;

    public KeptFrames(ITraceStore store)
    {
        _store = store;
        _entries = new(16, Entries);
        _bytes = new(16, n => store.Read(TraceBlock.Bytes, n));
    }

    /// <summary>Number of frames.</summary>
    public int Count => BlockSearch.Total(_store.Blocks(TraceBlock.Frames));

    /// <summary>Number of segments.</summary>
    public int Segments => _store.Blocks(TraceBlock.Bytes).Count;

    /// <summary>Where a frame lies.</summary>
    public ref readonly FrameEntry Entry(int frame)
    {
        var blocks = _store.Blocks(TraceBlock.Frames);
        int n = BlockSearch.Holding(blocks, frame);
        return ref _entries[n][frame - (int)blocks[n].First];
    }

    /// <summary>The bytes of a segment.</summary>
    public byte[] Bytes(int segment) => _bytes[segment];

    /// <summary>Keeps a segment.</summary>
    public void Write(ReadOnlySpan<byte> segment) => _store.Write(TraceBlock.Bytes, new(Segments, 1, 0, 0), segment);

    /// <summary>Keeps the next entries.</summary>
    public void Write(ReadOnlySpan<FrameEntry> entries)
    {
        if (entries.Length == 0) return;
        var bytes = new byte[entries.Length * EntryBytes];
        for (int i = 0; i < entries.Length; i++)
        {
            var e = entries[i];
            int[] words = [e.Segment, e.Offset, e.Head, e.Length, e.Original, e.Base, e.LinkType];
            for (int w = 0; w < words.Length; w++) BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(i * EntryBytes + w * 4), words[w]);
        }
        _store.Write(TraceBlock.Frames, new(Count, entries.Length, 0, 0), bytes);
        _entries.Put(_store.Blocks(TraceBlock.Frames).Count - 1, entries.ToArray());
    }

    private FrameEntry[] Entries(int number)
    {
        var bytes = _store.Read(TraceBlock.Frames, number);
        var facts = _store.Blocks(TraceBlock.Frames)[number];
        var entries = new FrameEntry[facts.Count];
        bool right = bytes.Length == entries.Length * EntryBytes;
        for (int i = 0; right && i < entries.Length; i++)
        {
            var words = bytes.AsSpan(i * EntryBytes, EntryBytes);
            entries[i] = new() { Segment = Word(words, 0), Offset = Word(words, 1), Head = Word(words, 2), Length = Word(words, 3), Original = Word(words, 4), Base = Word(words, 5), LinkType = Word(words, 6) };
            right = IsRight(entries[i], (int)facts.First + i);
        }
        return right ? entries : throw new InputException(_store.Name, $"block {number} of frames", "is damaged: it names bytes that are not there");
    }

    private bool IsRight(in FrameEntry e, int number) =>
        (uint)e.Segment < (uint)Segments && e.Offset >= 0 && e.Head >= 0 && e.Head <= e.Length && e.Length <= LongestFrame && e.Base < number && (e.Base >= 0 || e.Head == e.Length);

    private static int Word(ReadOnlySpan<byte> words, int number) => BinaryPrimitives.ReadInt32LittleEndian(words[(number * 4)..]);
}
