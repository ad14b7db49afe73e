namespace NetSim.Model.Addressing;

/// <summary>An address block: 172.18.0.0/16. The host bits of <see cref="Address"/> are zero.</summary>
public readonly record struct Subnet : IComparable<Subnet>
{
    /// <summary>The block that holds <paramref name="address"/>; host bits are cleared.</summary>
    public Subnet(IpAddress address, int prefixLength)
    {
        PrefixLength = prefixLength;
        Address = IpAddress.FromBits(address.Bits & MaskBits(address.BitLength, prefixLength), address);
    }

    /// <summary>The first address.</summary>
    public IpAddress Address { get; }

    /// <summary>Fixed leading bits: 0 to 32 or 128.</summary>
    public int PrefixLength { get; }

    /// <summary>0.0.0.0/0.</summary>
    public static Subnet AllV4 => new(IpAddress.AnyV4, 0);

    /// <summary>::/0.</summary>
    public static Subnet AllV6 => new(IpAddress.AnyV6, 0);

    /// <summary>Is it the whole family (a default route's destination)?</summary>
    public bool IsAll => PrefixLength == 0;

    /// <summary>The last address: the broadcast address of an IPv4 block.</summary>
    public IpAddress Last => IpAddress.FromBits(Address.Bits | ~MaskBits(Address.BitLength, PrefixLength) & Full(Address.BitLength), Address);

    /// <summary>Addresses in the block (2^127 at most, so that it fits).</summary>
    public UInt128 Count => Address.BitLength - PrefixLength >= 127 ? UInt128.One << 127 : UInt128.One << (Address.BitLength - PrefixLength);

    /// <summary>Is the address of the same family and in the block?</summary>
    public bool Contains(IpAddress address) => address.IsV6 == Address.IsV6 && (address.Bits & MaskBits(address.BitLength, PrefixLength)) == Address.Bits;

    /// <summary>Is the other block inside this one (or the same)?</summary>
    public bool Contains(Subnet other) => other.PrefixLength >= PrefixLength && Contains(other.Address);

    /// <summary>Have the blocks an address in common?</summary>
    public bool Overlaps(Subnet other) => Contains(other.Address) || other.Contains(Address);

    /// <summary>Reads "172.18.0.0/16"; host bits are cleared.</summary>
    public static bool TryParse(string? text, out Subnet subnet)
    {
        subnet = default;
        if (!InterfaceAddress.TryParse(text, out var a)) return false;
        subnet = new(a.Address, a.PrefixLength);
        return true;
    }

    /// <summary>As <see cref="TryParse"/>.</summary>
    /// <exception cref="FormatException">The text is no block.</exception>
    public static Subnet Parse(string text) => TryParse(text, out var s) ? s : throw new FormatException($"\"{text}\" is not a subnet such as 172.18.0.0/16");

    /// <summary>By first address, then the larger block first.</summary>
    public int CompareTo(Subnet other) => Address.CompareTo(other.Address) is var c && c != 0 ? c : PrefixLength.CompareTo(other.PrefixLength);

    /// <summary>"172.18.0.0/16".</summary>
    public override string ToString() => $"{Address}/{PrefixLength}";

    private static UInt128 Full(int bits) => bits == 128 ? UInt128.MaxValue : (UInt128.One << 32) - 1;

    private static UInt128 MaskBits(int bits, int prefix) => prefix == 0 ? UInt128.Zero : Full(bits) >> (bits - prefix) << (bits - prefix);
}
