using System.Buffers.Binary;
using System.Numerics;

namespace NetSim.Workbench.Tracing;

/// <summary>A 64-bit sum over bytes that tells damage (not malice): each word is mixed in by a multiplication with an odd constant and a turn.</summary>
internal static class CheckSum
{
    private const ulong Odd = 0x9E37_79B9_7F4A_7C15;

    /// <summary>The sum of some bytes, going on from another sum.</summary>
    public static ulong Of(ReadOnlySpan<byte> bytes, ulong from)
    {
        ulong sum = from ^ unchecked((ulong)bytes.Length * Odd);
        int whole = bytes.Length & ~7;
        for (int i = 0; i < whole; i += 8) sum = Mix(sum, BinaryPrimitives.ReadUInt64LittleEndian(bytes[i..]));
        for (int i = whole; i < bytes.Length; i++) sum = Mix(sum, bytes[i]);
        return sum;
    }

    private static ulong Mix(ulong sum, ulong word) => BitOperations.RotateLeft(unchecked((sum ^ word) * Odd), 29);
}
