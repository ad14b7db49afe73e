using NetSim.Model.Addressing;

namespace NetSim.Wire.Dns;

/// <summary>What a record says (RDATA), by the shape of its type.</summary>
public abstract record Rdata
{
    private Rdata() { }

    /// <summary>A or AAAA.</summary>
    public sealed record Address(IpAddress Value) : Rdata;

    /// <summary>PTR, CNAME or NS: a name.</summary>
    public sealed record Target(string Name) : Rdata;

    /// <summary>MX.</summary>
    public sealed record Mail(ushort Preference, string Exchange) : Rdata;

    /// <summary>TXT: one or more strings of up to 255 bytes, a byte a character.</summary>
    public sealed record Text(IReadOnlyList<string> Strings) : Rdata;

    /// <summary>SOA; the times are seconds.</summary>
    public sealed record Authority(string Primary, string Mailbox, uint Serial, uint Refresh, uint Retry, uint Expire, uint Minimum) : Rdata;

    /// <summary>SRV (RFC 2782).</summary>
    public sealed record Service(ushort Priority, ushort Weight, Port Port, string Host) : Rdata;

    /// <summary>OPT: options by code (RFC 6891, 6.1.2).</summary>
    public sealed record Options(IReadOnlyList<DnsOption> Values) : Rdata;

    /// <summary>A type without a shape here.</summary>
    public sealed record Opaque(byte[] Bytes) : Rdata;
}

/// <summary>An EDNS option.</summary>
/// <param name="Code">10 is a cookie (RFC 7873).</param>
/// <param name="Value">Its bytes.</param>
public sealed record DnsOption(ushort Code, byte[] Value);
