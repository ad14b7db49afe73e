namespace NetSim.Simulation.Stacks;

/// <summary>The receiving side of a stream: bytes in order that wait to be read, and pieces that came too early.</summary>
internal sealed class Reassembly
{
    private readonly ByteRing _ready = new();
    private SortedList<uint, byte[]>? _early;

    /// <summary>Bytes that can be read.</summary>
    public int Ready => _ready.Count;

    /// <summary>Are there holes?</summary>
    public bool HasEarly => _early is { Count: > 0 };

    /// <summary>The next byte expected.</summary>
    public uint Next { get; set; }

    /// <summary>Takes a piece at or before <see cref="Next"/>, and what it joins.</summary>
    public void Take(uint sequence, ReadOnlySpan<byte> data)
    {
        int known = (int)(Next - sequence);
        if (known >= data.Length) return;
        _ready.Append(data[known..]);
        Next = sequence + (uint)data.Length;
        while (_early is { Count: > 0 } && First() is var first && !Sequence.After(first, Next))
        {
            var piece = _early[first];
            _early.Remove(first);
            Take(first, piece);
        }
    }

    /// <summary>Keeps a piece that came too early.</summary>
    public void Keep(uint sequence, ReadOnlySpan<byte> data)
    {
        _early ??= new SortedList<uint, byte[]>(Comparer<uint>.Create((a, b) => (int)(a - b)));
        if (!_early.TryGetValue(sequence, out var known) || known.Length < data.Length) _early[sequence] = data.ToArray();
    }

    /// <summary>Reads up to as many bytes as fit.</summary>
    public int Read(Span<byte> target)
    {
        int count = Math.Min(target.Length, _ready.Count);
        if (count == 0) return 0;
        _ready.CopyTo(0, target[..count]);
        _ready.Drop(count);
        return count;
    }

    /// <summary>The joined stretches that came early, the lowest first: what selective acknowledgments tell.</summary>
    public int EarlyBlocks(Span<(uint Left, uint Right)> blocks)
    {
        int count = 0;
        if (_early is null) return 0;
        foreach (var (sequence, data) in _early)
        {
            uint end = sequence + (uint)data.Length;
            if (count > 0 && !Sequence.After(sequence, blocks[count - 1].Right))
            {
                if (Sequence.After(end, blocks[count - 1].Right)) blocks[count - 1].Right = end;
            }
            else if (count < blocks.Length) blocks[count++] = (sequence, end);
        }
        return count;
    }

    private uint First() => _early!.Keys[0];
}
