namespace NetSim.Wire.Dns;

/// <summary>A question (RFC 1035, 4.1.2).</summary>
/// <param name="Name">Without the trailing dot; the root is "". Dots and odd bytes within a label are escaped as in zone files ("\.", "\200").</param>
/// <param name="Type">QTYPE.</param>
/// <param name="Class">QCLASS; 1 is IN.</param>
public sealed record DnsQuestion(string Name, DnsType Type, ushort Class = 1);

/// <summary>A resource record (RFC 1035, 4.1.3).</summary>
/// <param name="Name">Owner, written as in <see cref="DnsQuestion"/>.</param>
/// <param name="Type">TYPE.</param>
/// <param name="Ttl">Seconds; of an OPT record the extended code, version and flags (RFC 6891, 6.1.3).</param>
/// <param name="Rdata">What the record says.</param>
/// <param name="Class">1 is IN; of an OPT record the payload size that its sender takes.</param>
public sealed record DnsRecord(string Name, DnsType Type, uint Ttl, Rdata Rdata, ushort Class = 1);

/// <summary>A DNS message (RFC 1035, 4.1).</summary>
public sealed record DnsMessage
{
    /// <summary>Longest message over TCP, and the largest that <see cref="TryRead"/> takes.</summary>
    public const int MaxLength = 65535;

    /// <summary>Pairs a response with its query.</summary>
    public ushort Id { get; init; }

    /// <summary>The second word of the header, whole.</summary>
    public ushort Flags { get; init; }

    /// <summary>What is asked.</summary>
    public IReadOnlyList<DnsQuestion> Questions { get; init; } = [];

    /// <summary>Answer section.</summary>
    public IReadOnlyList<DnsRecord> Answers { get; init; } = [];

    /// <summary>Authority section.</summary>
    public IReadOnlyList<DnsRecord> Authorities { get; init; } = [];

    /// <summary>Additional section, an OPT record included.</summary>
    public IReadOnlyList<DnsRecord> Additionals { get; init; } = [];

    /// <summary>QR.</summary>
    public bool IsResponse => (Flags & DnsFlags.Response) != 0;

    /// <summary>TC: the answer did not fit; ask again over TCP.</summary>
    public bool IsTruncated => (Flags & DnsFlags.Truncated) != 0;

    /// <summary>OPCODE; 0 is a standard query.</summary>
    public int Opcode => Flags >> 11 & 15;

    /// <summary>RCODE, the four bits of the header.</summary>
    public DnsResponseCode ResponseCode => (DnsResponseCode)(Flags & 15);

    /// <summary>The OPT record, or null.</summary>
    public DnsRecord? Edns => Additionals.FirstOrDefault(r => r.Type == DnsType.Opt);

    /// <summary>A query of one question.</summary>
    public static DnsMessage Query(ushort id, string name, DnsType type, bool recursion = true) =>
        new() { Id = id, Flags = recursion ? DnsFlags.RecursionDesired : (ushort)0, Questions = [new(name, type)] };

    /// <summary>A message from hostile bytes: all of a header, its sections, and names that neither loop nor leave the message. Bytes after the end are passed over.</summary>
    /// <returns>False when the bytes are no whole message.</returns>
    public static bool TryRead(ReadOnlySpan<byte> bytes, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out DnsMessage? message) => new DnsReader(bytes).TryRead(out message);

    /// <summary>The bytes of the message.</summary>
    /// <param name="compress">Replace repeated names by pointers (RFC 1035, 4.1.4)? The container DNS resolver does not, other servers do.</param>
    /// <exception cref="FormatException">A name has a label over 63 bytes or is over 255 in all.</exception>
    public byte[] ToBytes(bool compress = true) => new DnsWriter(compress).Write(this);
}

/// <summary>Bits of the header's second word (RFC 1035, 4.1.1; RFC 2535, 6.1).</summary>
public static class DnsFlags
{
    /// <summary>QR.</summary>
    public const ushort Response = 0x8000;
    /// <summary>AA.</summary>
    public const ushort Authoritative = 0x0400;
    /// <summary>TC.</summary>
    public const ushort Truncated = 0x0200;
    /// <summary>RD.</summary>
    public const ushort RecursionDesired = 0x0100;
    /// <summary>RA.</summary>
    public const ushort RecursionAvailable = 0x0080;
    /// <summary>AD.</summary>
    public const ushort AuthenticData = 0x0020;
    /// <summary>CD.</summary>
    public const ushort CheckingDisabled = 0x0010;
}
