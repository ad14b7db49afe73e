using System.Globalization;
using NetSim.Model.Addressing;

namespace NetSim.Model.Netfilter;

/// <summary>Reads the values that options of rules have.</summary>
internal static class RuleValues
{
    /// <summary>"172.18.0.3", "172.18.0.0/16" or "172.18.0.0/255.255.0.0".</summary>
    public static Subnet Subnet(string word)
    {
        if (IpAddress.TryParse(word, out var single)) return new(single, single.BitLength);
        if (Addressing.Subnet.TryParse(word, out var subnet)) return subnet;
        int slash = word.IndexOf('/');
        if (slash > 0 && IpAddress.TryParse(word[..slash], out var address) && IpAddress.TryParse(word[(slash + 1)..], out var mask) && PrefixOf(mask, address) is { } prefix)
            return new(address, prefix);
        throw new FormatException($"\"{word}\" is not an address or subnet such as 172.18.0.0/16");
    }

    /// <summary>"80" or "8000:8010" (either end may be left out).</summary>
    public static (ushort From, ushort To) Ports(string word)
    {
        int colon = word.IndexOf(':');
        if (colon < 0) return (Port(word), Port(word));
        ushort from = colon == 0 ? (ushort)0 : Port(word[..colon]), to = colon == word.Length - 1 ? ushort.MaxValue : Port(word[(colon + 1)..]);
        return from <= to ? (from, to) : throw new FormatException($"\"{word}\" is not a range of ports: the first is above the last");
    }

    /// <summary>A number of a port, or a well-known name.</summary>
    public static ushort Port(string word) => word switch
    {
        "domain" => 53,
        "http" => 80,
        "https" => 443,
        "ssh" => 22,
        _ => ushort.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out ushort port) ? port : throw new FormatException($"\"{word}\" is not a port from 0 to 65535"),
    };

    /// <summary>"0x1", "1" or with a mask "0x1/0xff".</summary>
    public static (uint Value, uint Mask) Mark(string word)
    {
        int slash = word.IndexOf('/');
        return slash < 0 ? (Bits(word), uint.MaxValue) : (Bits(word[..slash]), Bits(word[(slash + 1)..]));
    }

    /// <summary>A whole number.</summary>
    public static int Number(string word, int most) =>
        int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out int n) && n <= most ? n : throw new FormatException($"\"{word}\" is not a number up to {most}");

    private static uint Bits(string word)
    {
        bool hex = word.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        return uint.TryParse(hex ? word[2..] : word, hex ? NumberStyles.AllowHexSpecifier : NumberStyles.None, CultureInfo.InvariantCulture, out uint bits)
            ? bits : throw new FormatException($"\"{word}\" is not a mark such as 0x1");
    }

    private static int? PrefixOf(IpAddress mask, IpAddress address)
    {
        if (mask.IsV6 != address.IsV6) return null;
        UInt128 full = mask.BitLength == 128 ? UInt128.MaxValue : (UInt128.One << 32) - 1, free = ~mask.Bits & full;
        return (free & unchecked(free + 1)) == 0 ? mask.BitLength - (int)UInt128.PopCount(free) : null;
    }
}
