namespace NetSim.Model.Tracing;

/// <summary>Frames in memory. A frame that was only rewritten (NAT, TTL, another MAC) is kept as its base and a patched head.</summary>
public sealed class PacketArena : IPacketStore
{
    private const int SegmentSize = 1 << 20;
    private readonly List<byte[]> _segments = [];
    private Entry[] _frames = new Entry[1024];
    private int _used = SegmentSize;

    private struct Entry
    {
        public int Segment, Offset, Head, Length, Original, Base, LinkType;
    }

    /// <inheritdoc/>
    public int Count { get; private set; }

    /// <summary>Keeps a frame as it is and returns its number.</summary>
    /// <param name="bytes">The captured bytes.</param>
    /// <param name="originalLength">Length on the wire; 0 means the same as captured.</param>
    /// <param name="linkType">LINKTYPE number; 1 is Ethernet.</param>
    public int Add(ReadOnlySpan<byte> bytes, int originalLength = 0, int linkType = 1) =>
        Append(bytes, bytes.Length, originalLength == 0 ? bytes.Length : originalLength, -1, linkType);

    /// <summary>Keeps a frame that equals <paramref name="baseFrame"/> but for its first bytes. Both have the same length.</summary>
    public int AddPatched(int baseFrame, ReadOnlySpan<byte> head)
    {
        ref var b = ref _frames[baseFrame];
        int root = b.Base < 0 ? baseFrame : b.Base;
        if (b.Base >= 0 && head.Length < b.Head) return AddWholeWithHead(baseFrame, head);
        return Append(head, b.Length, b.Original, root, b.LinkType);
    }

    /// <inheritdoc/>
    public int Length(int frame) => _frames[frame].Length;

    /// <inheritdoc/>
    public int OriginalLength(int frame) => _frames[frame].Original;

    /// <inheritdoc/>
    public int LinkType(int frame) => _frames[frame].LinkType;

    /// <inheritdoc/>
    public int Read(int frame, Span<byte> target)
    {
        ref var e = ref _frames[frame];
        if (e.Base >= 0) Read(e.Base, target);
        _segments[e.Segment].AsSpan(e.Offset, e.Head).CopyTo(target);
        return e.Length;
    }

    private int AddWholeWithHead(int baseFrame, ReadOnlySpan<byte> head)
    {
        var whole = new byte[_frames[baseFrame].Length];
        Read(baseFrame, whole);
        head.CopyTo(whole);
        return Append(whole, whole.Length, _frames[baseFrame].Original, -1, _frames[baseFrame].LinkType);
    }

    private int Append(ReadOnlySpan<byte> bytes, int length, int original, int baseFrame, int linkType)
    {
        if (_segments.Count == 0 || _used + bytes.Length > SegmentSize)
        {
            _segments.Add(GC.AllocateUninitializedArray<byte>(Math.Max(SegmentSize, bytes.Length)));
            _used = 0;
        }
        bytes.CopyTo(_segments[^1].AsSpan(_used));
        if (Count == _frames.Length) Array.Resize(ref _frames, Count * 2);
        _frames[Count] = new Entry { Segment = _segments.Count - 1, Offset = _used, Head = bytes.Length, Length = length, Original = original, Base = baseFrame, LinkType = linkType };
        _used += bytes.Length;
        return Count++;
    }
}
