using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NetSim.Wire;

/// <summary>The Internet checksum (RFC 1071), its change by parts (RFC 1624) and the sums of pseudo headers.</summary>
public static class Checksum
{
    /// <summary>The checksum of bytes, to be written big-endian; 0 for bytes that contain their own right checksum.</summary>
    /// <param name="bytes">An odd last byte counts as followed by zero.</param>
    /// <param name="sum">What else belongs to it, such as <see cref="PseudoHeader"/>.</param>
    public static ushort Of(ReadOnlySpan<byte> bytes, uint sum = 0) => (ushort)~Fold(Sum(bytes) + sum);

    /// <summary>Do the 20 bytes of an IPv4 header without options sum up to what a right checksum makes of them?</summary>
    internal static bool IsGoodHeader(ReadOnlySpan<byte> header)
    {
        ref byte first = ref MemoryMarshal.GetReference(header[..20]);
        ulong a = Unsafe.ReadUnaligned<ulong>(ref first), b = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref first, 8));
        return Fold((a & 0xFFFF_FFFF) + (a >> 32) + (b & 0xFFFF_FFFF) + (b >> 32) + Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref first, 16))) == 0xFFFF;
    }

    /// <summary>The sum of the pseudo header of IPv4 (RFC 9293, section 3.1), not folded.</summary>
    /// <param name="header">The IPv4 header.</param>
    /// <param name="protocol">What IP carries.</param>
    /// <param name="length">Bytes of the segment or datagram.</param>
    public static uint PseudoHeaderV4(ReadOnlySpan<byte> header, byte protocol, int length)
    {
        uint source = BinaryPrimitives.ReadUInt32BigEndian(header[12..]), destination = BinaryPrimitives.ReadUInt32BigEndian(header[16..]);
        return (source >> 16) + (source & 0xFFFF) + (destination >> 16) + (destination & 0xFFFF) + protocol + (uint)length;
    }

    /// <summary>The one's complement sum of 16-bit big-endian words, folded to 16 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ushort Sum(ReadOnlySpan<byte> bytes)
    {
        ulong sum = 0;
        if (Vector256.IsHardwareAccelerated && bytes.Length >= Vector256<byte>.Count) bytes = bytes[SumVectors(bytes, ref sum)..];
        ref byte first = ref MemoryMarshal.GetReference(bytes);
        int at = 0;
        for (; at <= bytes.Length - 8; at += 8)
        {
            ulong word = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref first, at));
            sum += (word & 0xFFFF_FFFF) + (word >> 32);
        }
        bytes = bytes[at..];
        if (bytes.Length >= 4)
        {
            sum += MemoryMarshal.Read<uint>(bytes);
            bytes = bytes[4..];
        }
        if (bytes.Length >= 2)
        {
            sum += MemoryMarshal.Read<ushort>(bytes);
            bytes = bytes[2..];
        }
        if (!bytes.IsEmpty) sum += BitConverter.IsLittleEndian ? bytes[0] : (ulong)bytes[0] << 8;
        ushort folded = Fold(sum);
        // The sum does not mind the byte order but for a swap at the end (RFC 1071, section 2 B).
        return BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(folded) : folded;
    }

    /// <summary>The checksum after a 16-bit word changed (RFC 1624, section 3, equation 3).</summary>
    public static ushort Update(ushort checksum, ushort before, ushort after) => (ushort)~Fold((uint)(ushort)~checksum + (ushort)~before + after);

    /// <summary>The checksum after a 32-bit word changed: an address, a sequence number.</summary>
    public static ushort Update(ushort checksum, uint before, uint after) =>
        Update(Update(checksum, (ushort)(before >> 16), (ushort)(after >> 16)), (ushort)before, (ushort)after);

    /// <summary>The sum of a pseudo header (RFC 9293, section 3.1; RFC 8200, section 8.1), for <see cref="Of"/>.</summary>
    /// <param name="addresses">Source and destination as they lie in the IP header: 8 or 32 bytes.</param>
    /// <param name="protocol">What IP carries.</param>
    /// <param name="length">Bytes of the segment or datagram, header included.</param>
    public static uint PseudoHeader(ReadOnlySpan<byte> addresses, byte protocol, int length) =>
        Sum(addresses) + (uint)protocol + ((uint)length >> 16) + ((uint)length & 0xFFFF);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ushort Fold(ulong sum)
    {
        sum = (sum & 0xFFFF_FFFF) + (sum >> 32);
        sum = (sum & 0xFFFF) + (sum >> 16);
        sum = (sum & 0xFFFF) + (sum >> 16);
        sum = (sum & 0xFFFF) + (sum >> 16);
        return (ushort)sum;
    }

    /// <summary>Sums 32 bytes at a time, their 32-bit words widened to 64 bits, and returns how many bytes that took. (Vectors of 64 bytes were tried: they cross cache lines, and took longer.)</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int SumVectors(ReadOnlySpan<byte> bytes, ref ulong sum)
    {
        ref byte first = ref MemoryMarshal.GetReference(bytes);
        var (a, b, mask) = (Vector256<ulong>.Zero, Vector256<ulong>.Zero, Vector256.Create(0xFFFF_FFFFUL));
        int at = 0;
        for (; at <= bytes.Length - 128; at += 128)
        {
            var w = Vector256.LoadUnsafe(ref first, (nuint)at).AsUInt64();
            var x = Vector256.LoadUnsafe(ref first, (nuint)(at + 32)).AsUInt64();
            var y = Vector256.LoadUnsafe(ref first, (nuint)(at + 64)).AsUInt64();
            var z = Vector256.LoadUnsafe(ref first, (nuint)(at + 96)).AsUInt64();
            a += (w & mask) + (x & mask) + ((y & mask) + (z & mask));
            b += (w >>> 32) + (x >>> 32) + ((y >>> 32) + (z >>> 32));
        }
        for (; at <= bytes.Length - 32; at += 32)
        {
            var w = Vector256.LoadUnsafe(ref first, (nuint)at).AsUInt64();
            a += w & mask;
            b += w >>> 32;
        }
        ulong total = Vector256.Sum(a + b);
        sum += (total & 0xFFFF_FFFF) + (total >> 32);
        return at;
    }
}
