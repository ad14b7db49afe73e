using NetSim.Simulation.Devices;

namespace NetSim.Simulation.Stacks;

/// <summary>The receiving side of a stream: bytes in order that wait to be read, and stretches that came too early, which lie at their place in the same ring.</summary>
internal sealed class Reassembly(BytePool pool)
{
    private const int MostTold = 4;
    private readonly ByteRing _ready = new(pool);
    private (uint Left, uint Right)[]? _early; // in order, apart from each other
    private (uint Left, uint Right)[]? _told; // the same, the last that grew first: what selective acknowledgments tell
    private int _earlyCount, _toldCount;

    /// <summary>Bytes that can be read.</summary>
    public int Ready => _ready.Count;

    /// <summary>Are there holes?</summary>
    public bool HasEarly => _earlyCount > 0;

    /// <summary>The next byte expected.</summary>
    public uint Next { get; set; }

    /// <summary>A stretch that came twice, to be told once (RFC 2883); empty when both are equal.</summary>
    public (uint Left, uint Right) Twice { get; private set; }

    /// <summary>Takes a piece at or before <see cref="Next"/>, and what it joins. Nothing new in it: false.</summary>
    public bool Take(uint sequence, ReadOnlySpan<byte> data)
    {
        int known = (int)(Next - sequence);
        if (known > 0) Twice = (sequence, sequence + (uint)Math.Min(known, data.Length));
        if (known >= data.Length) return false;
        if (_earlyCount == 0)
        {
            _ready.Append(data[known..]);
            Next = sequence + (uint)data.Length;
            return true;
        }
        Advance(sequence + (uint)data.Length, data[known..]);
        return true;
    }

    /// <summary>Keeps a piece that came too early.</summary>
    public void Keep(uint sequence, ReadOnlySpan<byte> data)
    {
        uint left = sequence, right = sequence + (uint)data.Length;
        _early ??= new (uint, uint)[4];
        int at = 0;
        while (at < _earlyCount && Sequence.Before(_early[at].Right, left)) at++;
        int end = at;
        while (end < _earlyCount && !Sequence.After(_early[end].Left, right))
        {
            NoteTwice((left, right), _early[end]);
            if (Sequence.Before(_early[end].Left, left)) left = _early[end].Left;
            if (Sequence.After(_early[end].Right, right)) right = _early[end].Right;
            end++;
        }
        _ready.WriteAt(_ready.Count + (int)(sequence - Next), data);
        Replace(at, end, (left, right));
        Tell((left, right));
    }

    /// <summary>Notes that bytes before the window came once more.</summary>
    public void CameTwice(uint left, uint right) => Twice = (left, right);

    /// <summary>Reads up to as many bytes as fit.</summary>
    public int Read(Span<byte> target)
    {
        int count = Math.Min(target.Length, _ready.Count);
        if (count == 0) return 0;
        _ready.CopyTo(0, target[..count]);
        _ready.Drop(count);
        return count;
    }

    /// <summary>Throws bytes away as if they were read.</summary>
    public void Skip(int count) => _ready.Drop(count);

    /// <summary>What a selective acknowledgment tells: the stretch that came twice, once; then those that came early, the newest first (RFC 2018, section 4).</summary>
    public int Tell(Span<(uint Left, uint Right)> blocks)
    {
        int count = 0;
        if (Twice.Left != Twice.Right) blocks[count++] = Twice;
        Twice = default;
        for (int i = 0; i < _toldCount && count < blocks.Length; i++) blocks[count++] = _told![i];
        return count;
    }

    /// <summary>Is there something to tell?</summary>
    public bool HasToTell => _earlyCount > 0 || Twice.Left != Twice.Right;

    /// <summary>How many stretches there are to tell.</summary>
    public int BlocksToTell => _toldCount + (Twice.Left != Twice.Right ? 1 : 0);

    private void Advance(uint right, ReadOnlySpan<byte> data)
    {
        _ready.WriteAt(_ready.Count, data);
        uint next = right;
        int gone = 0;
        while (gone < _earlyCount && !Sequence.After(_early![gone].Left, next))
        {
            if (Sequence.After(_early[gone].Right, next)) next = _early[gone].Right;
            gone++;
        }
        _ready.Extend((int)(next - Next));
        Next = next;
        Array.Copy(_early!, gone, _early!, 0, _earlyCount -= gone);
        int kept = 0;
        for (int i = 0; i < _toldCount; i++)
            if (Sequence.After(_told![i].Left, next)) _told[kept++] = _told[i];
        _toldCount = kept;
    }

    private void NoteTwice((uint Left, uint Right) came, (uint Left, uint Right) known)
    {
        uint left = Sequence.After(came.Left, known.Left) ? came.Left : known.Left, right = Sequence.Before(came.Right, known.Right) ? came.Right : known.Right;
        if (Sequence.Before(left, right)) Twice = (left, right);
    }

    private void Replace(int from, int to, (uint Left, uint Right) block)
    {
        int grown = _earlyCount - (to - from) + 1;
        if (grown > _early!.Length) Array.Resize(ref _early, _early.Length * 2);
        Array.Copy(_early, to, _early, from + 1, _earlyCount - to);
        _early[from] = block;
        _earlyCount = grown;
    }

    private void Tell((uint Left, uint Right) block)
    {
        _told ??= new (uint, uint)[MostTold];
        int kept = 0;
        Span<(uint Left, uint Right)> others = stackalloc (uint, uint)[MostTold];
        for (int i = 0; i < _toldCount; i++)
            if (Sequence.Before(_told[i].Left, block.Left) || Sequence.After(_told[i].Right, block.Right)) others[kept++] = _told[i];
        _told[0] = block;
        _toldCount = Math.Min(kept + 1, MostTold);
        others[..(_toldCount - 1)].CopyTo(_told.AsSpan(1));
    }
}
