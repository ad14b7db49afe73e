using NetSim.Model.Addressing;

namespace NetSim.Analysis.Statistics;

/// <summary>TCP in a capture. Counts of analysis are by the rules of tshark 4.0.</summary>
public sealed record TcpStatistics
{
    /// <summary>Streams of which a packet was seen that no ICMP error merely quotes.</summary>
    public int Streams { get; init; }

    /// <summary>Streams that only ICMP errors quote.</summary>
    public int StreamsOnlyQuoted { get; init; }

    /// <summary>Segments by flag: syn, synack, fin, rst.</summary>
    public required IReadOnlyDictionary<string, long> Flags { get; init; }

    /// <summary>Segments by what their numbers tell: retransmission, duplicate_ack, …; those met alone.</summary>
    public required IReadOnlyDictionary<string, long> Analysis { get; init; }

    /// <summary>Bytes of data, those sent again too.</summary>
    public long PayloadBytes { get; init; }

    /// <summary>The first streams, in order of their numbers.</summary>
    public required IReadOnlyList<TcpStreamShare> PerStream { get; init; }

    /// <summary>Streams that were reset, by cause: refused, half_open, aborted, after_close, unknown.</summary>
    public required IReadOnlyDictionary<string, long> Resets { get; init; }

    /// <summary>Time from SYN to the first ACK over all streams that show it.</summary>
    public TimeSpread? Handshakes { get; init; }

    /// <summary>The most data that was under way unacknowledged in one direction of a stream, in bytes.</summary>
    public long HighestInFlight { get; init; }

    /// <summary>Segments of flows beyond the bound on flows.</summary>
    public long NotFollowed { get; init; }
}

/// <summary>Times in nanoseconds: how many, and the smallest, middle and largest.</summary>
public sealed record TimeSpread(long Count, long Lowest, long Median, long Highest);

/// <summary>A TCP stream. Pairs are from the sender of its first packet to the other, and back.</summary>
public sealed record TcpStreamShare(int Stream, IpAddress A, ushort APort, IpAddress B, ushort BPort)
{
    /// <summary>Packets.</summary>
    public (long There, long Back) Packets { get; init; }

    /// <summary>Bytes of their frames.</summary>
    public (long There, long Back) Bytes { get; init; }

    /// <summary>Bytes of data, those sent again too.</summary>
    public (long There, long Back) Payload { get; init; }

    /// <summary>Segments with SYN.</summary>
    public (long There, long Back) Syn { get; init; }

    /// <summary>Segments with FIN.</summary>
    public (long There, long Back) Fin { get; init; }

    /// <summary>Segments with RST.</summary>
    public (long There, long Back) Rst { get; init; }
}

/// <summary>UDP in a capture.</summary>
public sealed record UdpStatistics
{
    /// <summary>Streams.</summary>
    public int Streams { get; init; }

    /// <summary>The first streams: number, packets, bytes of their frames.</summary>
    public required IReadOnlyList<(int Stream, long Packets, long Bytes)> PerStream { get; init; }

    /// <summary>Packets of flows beyond the bound on flows.</summary>
    public long NotFollowed { get; init; }
}

/// <summary>DNS over UDP and TCP by port 53.</summary>
public sealed record DnsStatistics
{
    /// <summary>Queries.</summary>
    public long Queries { get; init; }

    /// <summary>Responses.</summary>
    public long Responses { get; init; }

    /// <summary>Messages with TC.</summary>
    public long Truncated { get; init; }

    /// <summary>Queries sent again within five seconds.</summary>
    public long RetransmittedQueries { get; init; }

    /// <summary>Responses by RCODE.</summary>
    public required IReadOnlyDictionary<int, long> ResponseCodes { get; init; }

    /// <summary>Responses for which the query was seen.</summary>
    public long Answered { get; init; }

    /// <summary>Queries for which no response was seen.</summary>
    public long Unanswered { get; init; }

    /// <summary>Middle of the times from query to response, in nanoseconds.</summary>
    public long? Median { get; init; }

    /// <summary>Longest of them.</summary>
    public long? Highest { get; init; }

    /// <summary>"web A NXDOMAIN" and how often, most often first.</summary>
    public required IReadOnlyList<(string Name, long Count)> Failed { get; init; }

    /// <summary>"web A" and how often, most often first.</summary>
    public required IReadOnlyList<(string Name, long Count)> NeverAnswered { get; init; }
}

/// <summary>ARP, ICMP, VLANs and tunnels.</summary>
public sealed record NetworkStatistics
{
    /// <summary>ARP packets by operation.</summary>
    public required IReadOnlyDictionary<int, long> ArpOperations { get; init; }

    /// <summary>Addresses that several MAC addresses claim.</summary>
    public required IReadOnlyList<(IpAddress Address, IReadOnlyList<MacAddress> Owners)> ArpConflicts { get; init; }

    /// <summary>ICMP packets by "type/code".</summary>
    public required IReadOnlyDictionary<string, long> Icmp { get; init; }

    /// <summary>ICMPv6 packets by "type/code".</summary>
    public required IReadOnlyDictionary<string, long> Icmpv6 { get; init; }

    /// <summary>Sizes of links that ICMP errors name.</summary>
    public required IReadOnlyDictionary<long, long> IcmpMtus { get; init; }

    /// <summary>ICMP errors with what they quote, most often first.</summary>
    public required IReadOnlyList<IcmpErrorShare> IcmpErrors { get; init; }

    /// <summary>Frames by VLAN.</summary>
    public required IReadOnlyDictionary<long, long> Vlans { get; init; }

    /// <summary>Packets by virtual network: "vxlan 1", "geneve 0x00000a".</summary>
    public required IReadOnlyDictionary<string, long> VirtualNetworks { get; init; }

    /// <summary>GRE packets by EtherType: "0x0800".</summary>
    public required IReadOnlyDictionary<string, long> Gre { get; init; }

    /// <summary>DHCP packets by message type.</summary>
    public required IReadOnlyDictionary<long, long> Dhcp { get; init; }

    /// <summary>QUIC packets with a long header by version: "QUIC 1".</summary>
    public required IReadOnlyDictionary<string, long> Quic { get; init; }
}

/// <summary>An ICMP error and what it quotes.</summary>
/// <param name="Kind">"port unreachable".</param>
/// <param name="From">Who sent it.</param>
/// <param name="Quoted">"udp 10.0.0.2 > 10.0.0.3:81".</param>
/// <param name="Count">How often.</param>
public sealed record IcmpErrorShare(string Kind, IpAddress From, string Quoted, long Count);
