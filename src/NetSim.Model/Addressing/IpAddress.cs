using System.Buffers.Binary;
using System.Net.Sockets;

namespace NetSim.Model.Addressing;

/// <summary>An IPv4 or IPv6 address. The default value is the IPv4 address 0.0.0.0.</summary>
public readonly struct IpAddress : IEquatable<IpAddress>, IComparable<IpAddress>
{
    private readonly ulong _high;
    private readonly ulong _low;

    private IpAddress(ulong high, ulong low, bool v6)
    {
        _high = high;
        _low = low;
        IsV6 = v6;
    }

    /// <summary>Is it an IPv6 address?</summary>
    public bool IsV6 { get; }

    /// <summary>Is it an IPv4 address?</summary>
    public bool IsV4 => !IsV6;

    /// <summary>The 32 bits of an IPv4 address, first octet highest.</summary>
    public uint V4 => (uint)_low;

    /// <summary>The 128 bits of an IPv6 address (of an IPv4 address its 32 bits).</summary>
    public UInt128 Bits => new(_high, _low);

    /// <summary>32 or 128.</summary>
    public int BitLength => IsV6 ? 128 : 32;

    /// <summary>Bytes on the wire: 4 or 16.</summary>
    public int ByteLength => IsV6 ? 16 : 4;

    /// <summary>0.0.0.0.</summary>
    public static IpAddress AnyV4 => default;

    /// <summary>::.</summary>
    public static IpAddress AnyV6 => new(0, 0, true);

    /// <summary>127.0.0.1.</summary>
    public static IpAddress LoopbackV4 => FromV4(0x7F00_0001);

    /// <summary>0.0.0.0 or ::.</summary>
    public bool IsAny => _high == 0 && _low == 0;

    /// <summary>127.0.0.0/8 or ::1.</summary>
    public bool IsLoopback => IsV6 ? _high == 0 && _low == 1 : _low >> 24 == 127;

    /// <summary>224.0.0.0/4 or ff00::/8.</summary>
    public bool IsMulticast => IsV6 ? _high >> 56 == 0xFF : _low >> 28 == 0xE;

    /// <summary>169.254.0.0/16 or fe80::/10.</summary>
    public bool IsLinkLocal => IsV6 ? _high >> 54 == 0x3FA : _low >> 16 == 0xA9FE;

    /// <summary>255.255.255.255.</summary>
    public bool IsLimitedBroadcast => !IsV6 && _low == 0xFFFF_FFFF;

    /// <summary>From 32 bits, first octet highest.</summary>
    public static IpAddress FromV4(uint bits) => new(0, bits, false);

    /// <summary>From the upper and lower 64 bits.</summary>
    public static IpAddress FromV6(ulong high, ulong low) => new(high, low, true);

    /// <summary>From bits of the family of <paramref name="like"/>.</summary>
    public static IpAddress FromBits(UInt128 bits, IpAddress like) => like.IsV6 ? new((ulong)(bits >> 64), (ulong)bits, true) : FromV4((uint)bits);

    /// <summary>From 4 or 16 octets as they lie on the wire.</summary>
    public static IpAddress Read(ReadOnlySpan<byte> octets) => octets.Length >= 16
        ? new(BinaryPrimitives.ReadUInt64BigEndian(octets), BinaryPrimitives.ReadUInt64BigEndian(octets[8..]), true)
        : FromV4(BinaryPrimitives.ReadUInt32BigEndian(octets));

    /// <summary>Writes <see cref="ByteLength"/> octets.</summary>
    public void Write(Span<byte> octets)
    {
        if (!IsV6)
        {
            BinaryPrimitives.WriteUInt32BigEndian(octets, (uint)_low);
            return;
        }
        BinaryPrimitives.WriteUInt64BigEndian(octets, _high);
        BinaryPrimitives.WriteUInt64BigEndian(octets[8..], _low);
    }

    /// <summary>Dotted quad or RFC 4291 text; no zone, no leading zeros guessed as octal.</summary>
    public static bool TryParse(string? text, out IpAddress address)
    {
        address = default;
        if (string.IsNullOrEmpty(text) || text.Contains('%') || text.Contains('/') || text.StartsWith('[')) return false;
        if (!text.Contains(':') && (text.Split('.') is not { Length: 4 } parts || !parts.All(IsOctet))) return false;
        if (!System.Net.IPAddress.TryParse(text, out var ip)) return false;
        Span<byte> octets = stackalloc byte[16];
        ip.TryWriteBytes(octets, out int n);
        address = Read(octets[..n]);
        return true;
    }

    /// <summary>As <see cref="TryParse"/>.</summary>
    /// <exception cref="FormatException">The text is no address.</exception>
    public static IpAddress Parse(string text) => TryParse(text, out var a) ? a : throw new FormatException($"\"{text}\" is not an IP address such as 172.18.0.2");

    /// <summary>The address <paramref name="n"/> further on; wraps within the family.</summary>
    public IpAddress Plus(Int128 n) => FromBits(unchecked((UInt128)((Int128)Bits + n)), this);

    /// <inheritdoc/>
    public bool Equals(IpAddress other) => _low == other._low && _high == other._high && IsV6 == other.IsV6;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is IpAddress other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_high, _low, IsV6);

    /// <summary>IPv4 before IPv6, then by value.</summary>
    public int CompareTo(IpAddress other) => IsV6 != other.IsV6 ? IsV6.CompareTo(other.IsV6) : Bits.CompareTo(other.Bits);

    /// <summary>Same family and bits.</summary>
    public static bool operator ==(IpAddress a, IpAddress b) => a.Equals(b);

    /// <summary>Another family or other bits.</summary>
    public static bool operator !=(IpAddress a, IpAddress b) => !a.Equals(b);

    /// <summary>Order of <see cref="CompareTo"/>.</summary>
    public static bool operator <(IpAddress a, IpAddress b) => a.CompareTo(b) < 0;

    /// <summary>Order of <see cref="CompareTo"/>.</summary>
    public static bool operator >(IpAddress a, IpAddress b) => a.CompareTo(b) > 0;

    /// <summary>Dotted quad or RFC 5952 text.</summary>
    public override string ToString()
    {
        if (!IsV6) return Quad;
        if (_high == 0 && _low >> 32 == 0xFFFF) return $"::ffff:{Quad}";
        var (from, length) = LongestZeros();
        if (length < 2) return Groups(0, 8);
        return $"{Groups(0, from)}::{Groups(from + length, 8)}";
    }

    private string Quad => $"{(byte)(_low >> 24)}.{(byte)(_low >> 16)}.{(byte)(_low >> 8)}.{(byte)_low}";

    private static bool IsOctet(string text) => text.Length is 1 or 2 or 3 && text.All(char.IsAsciiDigit) && (text.Length == 1 || text[0] != '0');

    private ushort Group(int n) => (ushort)((n < 4 ? _high : _low) >> (48 - n % 4 * 16));

    private string Groups(int from, int to)
    {
        var address = this;
        return string.Join(':', Enumerable.Range(from, to - from).Select(n => address.Group(n).ToString("x", System.Globalization.CultureInfo.InvariantCulture)));
    }

    /// <summary>The first of the longest runs of zero groups (RFC 5952, 4.2.3).</summary>
    private (int From, int Length) LongestZeros()
    {
        var best = (From: 0, Length: 0);
        for (int from = 0; from < 8; from++)
        {
            int length = 0;
            while (from + length < 8 && Group(from + length) == 0) length++;
            if (length > best.Length) best = (from, length);
        }
        return best;
    }

    /// <summary>The family as .NET names it, for live sockets.</summary>
    public AddressFamily Family => IsV6 ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork;
}
