using NetSim.Simulation.Devices;

namespace NetSim.Simulation.Stacks;

/// <summary>A queue of bytes that grows by doubling: what a socket holds of a stream.</summary>
internal sealed class ByteRing(BytePool pool)
{
    private byte[] _bytes = [];
    private int _first;
    private int _reach; // how far bytes beyond the end reach, from the front

    /// <summary>Bytes in it.</summary>
    public int Count { get; private set; }

    /// <summary>Adds bytes at the end.</summary>
    public void Append(ReadOnlySpan<byte> data)
    {
        if (Count + data.Length > _bytes.Length) Grow(Count + data.Length);
        int at = (_first + Count) & (_bytes.Length - 1), straight = Math.Min(data.Length, _bytes.Length - at);
        data[..straight].CopyTo(_bytes.AsSpan(at));
        data[straight..].CopyTo(_bytes);
        Count += data.Length;
    }

    /// <summary>Writes bytes beyond the end, leaving a hole before them.</summary>
    public void WriteAt(int offset, ReadOnlySpan<byte> data)
    {
        if (offset + data.Length > _bytes.Length) Grow(offset + data.Length);
        int at = (_first + offset) & (_bytes.Length - 1), straight = Math.Min(data.Length, _bytes.Length - at);
        data[..straight].CopyTo(_bytes.AsSpan(at));
        data[straight..].CopyTo(_bytes);
        _reach = Math.Max(_reach, offset + data.Length);
    }

    /// <summary>What was written beyond the end belongs to it now.</summary>
    public void Extend(int count) => Count += count;

    /// <summary>Copies bytes from an offset without taking them.</summary>
    public void CopyTo(int offset, Span<byte> target)
    {
        int at = (_first + offset) & (_bytes.Length - 1), straight = Math.Min(target.Length, _bytes.Length - at);
        _bytes.AsSpan(at, straight).CopyTo(target);
        _bytes.AsSpan(0, target.Length - straight).CopyTo(target[straight..]);
    }

    /// <summary>Takes bytes away from the front.</summary>
    public void Drop(int count)
    {
        Count -= count;
        _reach = Math.Max(0, _reach - count);
        _first = (_first + count) & (_bytes.Length - 1);
        if (Count > 0 || _reach > 0) return;
        pool.Return(_bytes); // an empty ring holds nothing
        _bytes = [];
        _first = 0;
    }

    private void Grow(int least)
    {
        var larger = pool.Rent(least);
        int known = Math.Max(Count, _reach);
        if (known > 0) CopyTo(0, larger.AsSpan(0, known));
        pool.Return(_bytes);
        _bytes = larger;
        _first = 0;
    }
}
