using System.Numerics;

namespace NetSim.Simulation.Devices;

/// <summary>Buffers of rings, for use again and again, so that short connections allocate none.</summary>
internal sealed class BytePool
{
    private const int Least = 11; // 2048 bytes
    private const int Most = 18; // larger ones are left to the collector
    private const int Kept = 22; // 4 MB of each size
    private readonly Stack<byte[]>[] _free = [.. Enumerable.Range(Least, Most - Least + 1).Select(_ => new Stack<byte[]>())];

    /// <summary>A buffer of a power of two that takes so many bytes. What lies in it is of no meaning.</summary>
    public byte[] Rent(int bytes)
    {
        int size = Math.Max(Least, BitOperations.Log2(BitOperations.RoundUpToPowerOf2((uint)bytes)));
        return size <= Most && _free[size - Least].TryPop(out var free) ? free : GC.AllocateUninitializedArray<byte>(1 << size);
    }

    /// <summary>Gives a buffer back.</summary>
    public void Return(byte[] buffer)
    {
        int size = BitOperations.Log2((uint)buffer.Length);
        if (buffer.Length > 0 && size <= Most && _free[size - Least].Count < 1 << (Kept - size)) _free[size - Least].Push(buffer);
    }
}
