namespace NetSim.Model.Tracing;

/// <summary>Frames in memory. A frame that was only rewritten (NAT, TTL, another MAC) is kept as its base and a patched head. With a store, only the latest are in memory.</summary>
public sealed class PacketArena : IPacketStore
{
    private const int SegmentSize = 1 << 20;
    private readonly List<byte[]> _segments = [];
    private readonly KeptFrames? _kept;
    private FrameEntry[] _frames = new FrameEntry[1024];
    private int _first, _firstSegment;
    private int _used = SegmentSize;

    /// <summary>An empty arena.</summary>
    public PacketArena()
    {
    }

    /// <summary>The frames of a store, and those to come.</summary>
    internal PacketArena(ITraceStore? store)
    {
        if (store is null) return;
        _kept = new(store);
        (_first, _firstSegment) = (_kept.Count, _kept.Segments);
        Count = _first;
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
        ref readonly var b = ref Entry(baseFrame);
        int root = b.Base < 0 ? baseFrame : b.Base;
        if (b.Base >= 0 && head.Length < b.Head) return AddWholeWithHead(baseFrame, head);
        return Append(head, b.Length, b.Original, root, b.LinkType);
    }

    /// <inheritdoc/>
    public int Length(int frame) => Entry(frame).Length;

    /// <inheritdoc/>
    public int OriginalLength(int frame) => Entry(frame).Original;

    /// <inheritdoc/>
    public int LinkType(int frame) => Entry(frame).LinkType;

    /// <inheritdoc/>
    public int Read(int frame, Span<byte> target)
    {
        ref readonly var e = ref Entry(frame);
        if (e.Base >= 0) Read(e.Base, target);
        Segment(e.Segment).AsSpan(e.Offset, e.Head).CopyTo(target);
        return e.Length;
    }

    /// <summary>Puts all frames into the store.</summary>
    internal void Flush()
    {
        if (_kept is null) return;
        FlushBytes();
        _kept.Write(_frames.AsSpan(0, Count - _first));
        _first = Count;
    }

    private void FlushBytes()
    {
        if (_segments.Count == 0) return;
        _kept!.Write(_segments[0].AsSpan(0, _used));
        _firstSegment++;
        _segments.Clear();
        _used = SegmentSize;
    }

    private ref readonly FrameEntry Entry(int frame)
    {
        if (frame >= _first) return ref _frames[frame - _first];
        return ref _kept!.Entry(frame);
    }

    private byte[] Segment(int number) => number >= _firstSegment ? _segments[number - _firstSegment] : _kept!.Bytes(number);

    private int AddWholeWithHead(int baseFrame, ReadOnlySpan<byte> head)
    {
        var whole = new byte[Length(baseFrame)];
        Read(baseFrame, whole);
        head.CopyTo(whole);
        return Append(whole, whole.Length, OriginalLength(baseFrame), -1, LinkType(baseFrame));
    }

    private int Append(ReadOnlySpan<byte> bytes, int length, int original, int baseFrame, int linkType)
    {
        if (_segments.Count == 0 || _used + bytes.Length > SegmentSize)
        {
            if (_kept is not null) FlushBytes();
            _segments.Add(GC.AllocateUninitializedArray<byte>(Math.Max(SegmentSize, bytes.Length)));
            _used = 0;
        }
        bytes.CopyTo(_segments[^1].AsSpan(_used));
        if (Count - _first == _frames.Length) Array.Resize(ref _frames, _frames.Length * 2);
        _frames[Count - _first] = new FrameEntry { Segment = _firstSegment + _segments.Count - 1, Offset = _used, Head = bytes.Length, Length = length, Original = original, Base = baseFrame, LinkType = linkType };
        _used += bytes.Length;
        return Count++;
    }
}
