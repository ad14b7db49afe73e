using System.Globalization;

namespace NetSim.Model.Addressing;

/// <summary>An address on an interface with the length of its subnet: 172.18.0.2/16.</summary>
/// <param name="Address">The address itself.</param>
/// <param name="PrefixLength">Leading bits shared by the neighbours on the link.</param>
public readonly record struct InterfaceAddress(IpAddress Address, int PrefixLength)
{
    /// <summary>The block of the neighbours.</summary>
    public Subnet Subnet => new(Address, PrefixLength);

    /// <summary>Reads "172.18.0.2/16".</summary>
    public static bool TryParse(string? text, out InterfaceAddress address)
    {
        address = default;
        int slash = text?.IndexOf('/') ?? -1;
        if (slash < 0 || !IpAddress.TryParse(text![..slash], out var ip)) return false;
        if (!int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int length) || length > ip.BitLength) return false;
        address = new(ip, length);
        return true;
    }

    /// <summary>"172.18.0.2/16".</summary>
    public override string ToString() => $"{Address}/{PrefixLength}";
}
