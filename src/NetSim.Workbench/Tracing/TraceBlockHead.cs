using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;
using NetSim.Model.Tracing;

namespace NetSim.Workbench.Tracing;

/// <summary>What stands before the bytes of a block: "BLK" and its kind (4), length (4), number of the first item (8), items (4), time (8), changes before (4), check sum of all that and the bytes (8).</summary>
internal static class TraceBlockHead
{
    /// <summary>Its length in bytes.</summary>
    public const int Length = 40;

    private const int LongestBlock = 1 << 28;

    /// <summary>A block with its head.</summary>
    public static byte[] Frame(byte kind, BlockFacts facts, ReadOnlySpan<byte> bytes)
    {
        var whole = new byte[Length + bytes.Length];
        "BLK"u8.CopyTo(whole);
        whole[3] = kind;
        BinaryPrimitives.WriteInt32LittleEndian(whole.AsSpan(4), bytes.Length);
        BinaryPrimitives.WriteInt64LittleEndian(whole.AsSpan(8), facts.First);
        BinaryPrimitives.WriteInt32LittleEndian(whole.AsSpan(16), facts.Count);
        BinaryPrimitives.WriteInt64LittleEndian(whole.AsSpan(20), facts.Time);
        BinaryPrimitives.WriteInt32LittleEndian(whole.AsSpan(28), facts.Changes);
        bytes.CopyTo(whole.AsSpan(Length));
        BinaryPrimitives.WriteUInt64LittleEndian(whole.AsSpan(32), CheckSum.Of(bytes, CheckSum.Of(whole.AsSpan(0, 32), 0)));
        return whole;
    }

    /// <summary>What the head at a place says, or null where none stands.</summary>
    public static (byte Kind, int Length, BlockFacts Facts)? At(SafeFileHandle file, long offset)
    {
        Span<byte> head = stackalloc byte[Length];
        if (RandomAccess.Read(file, head, offset) != Length || !head.StartsWith("BLK"u8)) return null;
        int length = BinaryPrimitives.ReadInt32LittleEndian(head[4..]);
        return length is < 0 or > LongestBlock || offset + Length + length > RandomAccess.GetLength(file) ? null : (head[3], length, FactsOf(head));
    }

    /// <summary>What the head at a place says of its block.</summary>
    public static BlockFacts? Facts(SafeFileHandle file, long offset) => At(file, offset)?.Facts;

    /// <summary>The bytes of the block at a place; null when it is another or damaged.</summary>
    public static byte[]? Read(SafeFileHandle file, long offset, byte kind, int length)
    {
        if (At(file, offset) is not { } there || there.Kind != kind || there.Length != length) return null;
        var whole = new byte[Length + length];
        int read = 0;
        while (read < whole.Length && RandomAccess.Read(file, whole.AsSpan(read), offset + read) is > 0 and var n) read += n;
        if (read < whole.Length) return null;
        ulong sum = CheckSum.Of(whole.AsSpan(Length), CheckSum.Of(whole.AsSpan(0, 32), 0));
        return sum == BinaryPrimitives.ReadUInt64LittleEndian(whole.AsSpan(32)) ? whole[Length..] : null;
    }

    private static BlockFacts FactsOf(ReadOnlySpan<byte> head) => new(BinaryPrimitives.ReadInt64LittleEndian(head[8..]), BinaryPrimitives.ReadInt32LittleEndian(head[16..]),
        BinaryPrimitives.ReadInt64LittleEndian(head[20..]), BinaryPrimitives.ReadInt32LittleEndian(head[28..]));
}
