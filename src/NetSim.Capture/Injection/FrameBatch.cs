using System.Runtime.InteropServices;

namespace NetSim.Capture.Injection;

/// <summary>Frames that lie one after the other, as sendmmsg(2) takes them, each with the time at which it is due.</summary>
internal sealed unsafe class FrameBatch : IDisposable
{
    /// <summary>Frames of a batch at most.</summary>
    public const int Most = 128;

    private const int Room = 512 * 1024;
    private readonly byte* _bytes = (byte*)NativeMemory.Alloc(Room);
    private readonly Datagram* _datagrams = (Datagram*)NativeMemory.AllocZeroed(Most, (nuint)sizeof(Datagram));
    private readonly Part* _parts = (Part*)NativeMemory.AllocZeroed(Most, (nuint)sizeof(Part));
    private readonly long[] _due = new long[Most];
    private int _used;

    /// <summary>Frames in it.</summary>
    public int Count { get; private set; }

    /// <summary>When a frame is due, in nanoseconds since the first of all.</summary>
    public long Due(int frame) => _due[frame];

    /// <summary>Bytes of a frame.</summary>
    public int Length(int frame) => (int)_parts[frame].Length;

    /// <summary>What sendmmsg takes, from a frame on.</summary>
    public void* From(int frame) => _datagrams + frame;

    /// <summary>Takes everything out.</summary>
    public void Clear() => (Count, _used) = (0, 0);

    /// <summary>Room for a frame; empty when it does not fit any more.</summary>
    public Span<byte> Take(int length, long due)
    {
        if (Count == Most || _used + length > Room) return default;
        byte* start = _bytes + _used;
        _parts[Count] = new() { Start = start, Length = (nuint)length };
        _datagrams[Count] = new() { Parts = _parts + Count, PartCount = 1 };
        _due[Count] = due;
        Count++;
        // The next one begins where a cache line does.
        _used += length + 63 & ~63;
        return new(start, length);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        NativeMemory.Free(_bytes);
        NativeMemory.Free(_datagrams);
        NativeMemory.Free(_parts);
    }

    /// <summary>struct iovec.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Part
    {
        public byte* Start;
        public nuint Length;
    }

    /// <summary>struct mmsghdr.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Datagram
    {
        public void* Name;
        public nuint NameLength;
        public Part* Parts;
        public nuint PartCount;
        public void* Control;
        public nuint ControlLength;
        public nuint Flags;
        public nuint Sent;
    }
}
