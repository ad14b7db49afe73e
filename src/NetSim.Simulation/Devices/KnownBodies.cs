using System.Buffers.Binary;

namespace NetSim.Simulation.Devices;

/// <summary>What frames lately carried behind their heads. The same bytes again (a page that is fetched again, a segment that is sent again, the pattern of a measurement) are kept once: the new frame is an old one with another head.</summary>
/// <param name="head">Bytes of a head.</param>
internal sealed class KnownBodies(int head)
{
    private const int PlaceBits = 10;
    private const int Least = 64; // shorter ones cost more to find than to keep
    private const int MostBehind = 1 << 16; // frames; an older one may lie in a file by now
    private readonly Known?[] _known = new Known?[1 << PlaceBits];

    private sealed class Known
    {
        public byte[] Body = [];
        public int Length, Frame;
    }

    /// <summary>The number of a frame of the same length and with the same body, or -1. What is new is expected to be kept under the number <paramref name="next"/>.</summary>
    public int Find(ReadOnlySpan<byte> frame, int next)
    {
        if (frame.Length < head + Least) return -1;
        var body = frame[head..];
        ref var known = ref _known[Place(body)];
        if (known is { } k && k.Length == body.Length && next - k.Frame < MostBehind && body.SequenceEqual(k.Body.AsSpan(0, k.Length))) return k.Frame;
        Keep(known ??= new(), body, next);
        return -1;
    }

    private static void Keep(Known known, ReadOnlySpan<byte> body, int frame)
    {
        if (known.Body.Length < body.Length) known.Body = GC.AllocateUninitializedArray<byte>(body.Length);
        body.CopyTo(known.Body);
        (known.Length, known.Frame) = (body.Length, frame);
    }

    /// <summary>By a few of its bytes; all are compared where the few are the same.</summary>
    private static int Place(ReadOnlySpan<byte> body)
    {
        ulong few = BinaryPrimitives.ReadUInt64LittleEndian(body) * 0x9E37_79B9_7F4A_7C15
            ^ BinaryPrimitives.ReadUInt64LittleEndian(body[(body.Length / 2)..]) * 0xBF58_476D_1CE4_E5B9
            ^ BinaryPrimitives.ReadUInt64LittleEndian(body[^8..]) + (ulong)body.Length;
        return (int)(few * 0x94D0_49BB_1331_11EB >> (64 - PlaceBits));
    }
}
