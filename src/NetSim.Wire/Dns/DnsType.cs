namespace NetSim.Wire.Dns;

/// <summary>Record types (IANA DNS parameters).</summary>
public enum DnsType : ushort
{
    /// <summary>An IPv4 address.</summary>
    A = 1,
    /// <summary>A name server.</summary>
    Ns = 2,
    /// <summary>Another name for this one.</summary>
    Cname = 5,
    /// <summary>Start of a zone.</summary>
    Soa = 6,
    /// <summary>The name of an address.</summary>
    Ptr = 12,
    /// <summary>A mail server.</summary>
    Mx = 15,
    /// <summary>Text.</summary>
    Txt = 16,
    /// <summary>An IPv6 address.</summary>
    Aaaa = 28,
    /// <summary>A service's host and port.</summary>
    Srv = 33,
    /// <summary>EDNS (RFC 6891).</summary>
    Opt = 41,
    /// <summary>All types (questions only).</summary>
    Any = 255,
}

/// <summary>Response codes (RFC 1035, 4.1.1).</summary>
public enum DnsResponseCode : byte
{
    /// <summary>NOERROR.</summary>
    NoError = 0,
    /// <summary>FORMERR.</summary>
    FormatError = 1,
    /// <summary>SERVFAIL.</summary>
    ServerFailure = 2,
    /// <summary>NXDOMAIN.</summary>
    NameError = 3,
    /// <summary>NOTIMP.</summary>
    NotImplemented = 4,
    /// <summary>REFUSED.</summary>
    Refused = 5,
}

/// <summary>Types and codes in the words of dig.</summary>
public static class DnsWords
{
    /// <summary>"AAAA"; unknown types are "TYPE65".</summary>
    public static string Of(DnsType type) => Enum.IsDefined(type) ? type.ToString().ToUpperInvariant() : $"TYPE{(ushort)type}";

    /// <summary>"NXDOMAIN"; unknown codes are "RESERVED11".</summary>
    public static string Of(DnsResponseCode code) => code switch
    {
        DnsResponseCode.NoError => "NOERROR",
        DnsResponseCode.FormatError => "FORMERR",
        DnsResponseCode.ServerFailure => "SERVFAIL",
        DnsResponseCode.NameError => "NXDOMAIN",
        DnsResponseCode.NotImplemented => "NOTIMP",
        DnsResponseCode.Refused => "REFUSED",
        _ => $"RESERVED{(byte)code}",
    };

    /// <summary>The type of a word such as "mx" or "TYPE65".</summary>
    public static bool TryParse(string word, out DnsType type)
    {
        string w = word.ToUpperInvariant();
        type = default;
        foreach (var t in Enum.GetValues<DnsType>())
            if (Of(t) == w)
            {
                type = t;
                return true;
            }
        bool number = ushort.TryParse(w.StartsWith("TYPE", StringComparison.Ordinal) ? w[4..] : "", System.Globalization.NumberStyles.None, null, out ushort n);
        type = (DnsType)n;
        return number;
    }
}
