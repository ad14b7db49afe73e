using System.Globalization;
using NetSim.Model.Addressing;

namespace NetSim.Model.Naming;

/// <summary>Names of reverse look-ups: 2.0.18.172.in-addr.arpa (RFC 1035, 3.5) and ip6.arpa (RFC 3596, 2.5).</summary>
public static class ReverseName
{
    /// <summary>The name under which the PTR record of an address is looked up.</summary>
    public static string Of(IpAddress address)
    {
        if (address.IsV4) return string.Join('.', address.ToString().Split('.').Reverse()) + ".in-addr.arpa";
        string digits = address.Bits.ToString("x32", CultureInfo.InvariantCulture);
        return string.Join('.', digits.Reverse()) + ".ip6.arpa";
    }

    /// <summary>The address behind such a name.</summary>
    public static bool TryParse(string name, out IpAddress address)
    {
        address = default;
        string n = name.ToLowerInvariant();
        if (n.EndsWith(".in-addr.arpa", StringComparison.Ordinal)) return IpAddress.TryParse(string.Join('.', n[..^13].Split('.').Reverse()), out address) && address.IsV4;
        if (!n.EndsWith(".ip6.arpa", StringComparison.Ordinal)) return false;
        var digits = n[..^9].Split('.');
        if (digits.Length != 32 || digits.Any(d => d.Length != 1)) return false;
        string hex = string.Concat(digits.Reverse());
        if (!UInt128.TryParse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var bits)) return false;
        address = IpAddress.FromBits(bits, IpAddress.AnyV6);
        return true;
    }
}
