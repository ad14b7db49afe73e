using System.Globalization;

namespace NetSim.Model.Addressing;

/// <summary>A 48-bit Ethernet address, kept in the low bits of a word: de:3a:00:3c:4f:71 is 0xDE3A003C4F71.</summary>
/// <param name="Value">The 48 bits, first octet highest.</param>
public readonly record struct MacAddress(ulong Value) : IComparable<MacAddress>
{
    /// <summary>ff:ff:ff:ff:ff:ff.</summary>
    public static MacAddress Broadcast => new(0xFFFF_FFFF_FFFF);

    /// <summary>00:00:00:00:00:00, the address of loopback.</summary>
    public static MacAddress Zero => default;

    /// <summary>The group bit (IEEE 802, least significant bit of the first octet); true for broadcast too.</summary>
    public bool IsMulticast => (Value & 0x0100_0000_0000) != 0;

    /// <summary>The bit that says the address was not given by a maker.</summary>
    public bool IsLocallyAdministered => (Value & 0x0200_0000_0000) != 0;

    /// <summary>Six octets, first octet first.</summary>
    public static MacAddress Read(ReadOnlySpan<byte> octets)
    {
        ulong value = 0;
        for (int i = 0; i < 6; i++) value = value << 8 | octets[i];
        return new(value);
    }

    /// <summary>Writes six octets.</summary>
    public void Write(Span<byte> octets)
    {
        for (int i = 0; i < 6; i++) octets[i] = (byte)(Value >> (40 - 8 * i));
    }

    /// <summary>02:42 and the four octets of an IPv4 address: what Docker up to 27 gives a container.
    /// Source: moby v26.1.5 libnetwork/netutils/utils.go GenerateMACFromIP.</summary>
    public static MacAddress FromIpv4(IpAddress address) => new(0x0242_0000_0000UL | address.V4);

    /// <summary>The IPv6 link-local address made of this address by EUI-64 (RFC 4291, appendix A).</summary>
    public IpAddress ToLinkLocal()
    {
        ulong flipped = Value ^ 0x0200_0000_0000;
        return IpAddress.FromV6(0xFE80UL << 48, (flipped >> 24) << 40 | 0xFF_FE00_0000 | (flipped & 0xFF_FFFF));
    }

    /// <summary>Reads "de:3a:00:3c:4f:71" (either case, ':' or '-').</summary>
    public static bool TryParse(string? text, out MacAddress mac)
    {
        mac = default;
        var parts = (text ?? "").Split(':', '-');
        if (parts.Length != 6) return false;
        ulong value = 0;
        foreach (var part in parts)
        {
            if (part.Length is < 1 or > 2 || !byte.TryParse(part, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out byte octet)) return false;
            value = value << 8 | octet;
        }
        mac = new(value);
        return true;
    }

    /// <summary>As <see cref="TryParse"/>.</summary>
    /// <exception cref="FormatException">The text is no MAC address.</exception>
    public static MacAddress Parse(string text) => TryParse(text, out var mac) ? mac : throw new FormatException($"\"{text}\" is not a MAC address such as 02:42:ac:11:00:02");

    /// <inheritdoc/>
    public int CompareTo(MacAddress other) => Value.CompareTo(other.Value);

    /// <summary>Lower-case hex with colons.</summary>
    public override string ToString()
    {
        Span<byte> octets = stackalloc byte[6];
        Write(octets);
        return $"{octets[0]:x2}:{octets[1]:x2}:{octets[2]:x2}:{octets[3]:x2}:{octets[4]:x2}:{octets[5]:x2}";
    }
}
