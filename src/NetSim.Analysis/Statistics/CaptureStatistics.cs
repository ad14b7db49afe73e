using NetSim.Model.Addressing;
using NetSim.Model.Packets;

namespace NetSim.Analysis.Statistics;

/// <summary>What the packets of a capture add up to.</summary>
public sealed record CaptureStatistics
{
    /// <summary>Packets.</summary>
    public long Packets { get; init; }

    /// <summary>Their bytes on the wire.</summary>
    public long Bytes { get; init; }

    /// <summary>Their bytes that were captured.</summary>
    public long CapturedBytes { get; init; }

    /// <summary>Packets of which a snap length left a part.</summary>
    public long CutBySnapLength { get; init; }

    /// <summary>Time of the first packet in order of the file, in nanoseconds since 1970; null when none has a time.</summary>
    public long? First { get; init; }

    /// <summary>Time of the last packet in order of the file.</summary>
    public long? Last { get; init; }

    /// <summary>The earliest time.</summary>
    public long? Lowest { get; init; }

    /// <summary>The latest time.</summary>
    public long? Highest { get; init; }

    /// <summary>Packets that are earlier than the one before.</summary>
    public long TimeGoesBack { get; init; }

    /// <summary>Packets by LINKTYPE number.</summary>
    public required IReadOnlyDictionary<int, long> LinkTypes { get; init; }

    /// <summary>Packets by the interface's number in the file; empty where files name none.</summary>
    public required IReadOnlyDictionary<int, long> Interfaces { get; init; }

    /// <summary>Frames and bytes by layer, each node once below its parent, outermost first.</summary>
    public required IReadOnlyList<LayerShare> Hierarchy { get; init; }

    /// <summary>Frames that have at least one such layer.</summary>
    public required IReadOnlyDictionary<string, long> Frames { get; init; }

    /// <summary>Frames that are or hold fragments of IP packets.</summary>
    public long FragmentFrames { get; init; }

    /// <summary>Frames that are shorter than their own headers say.</summary>
    public long MalformedFrames { get; init; }

    /// <summary>Packets that were seen before at another place.</summary>
    public long RepeatedSightings { get; init; }

    /// <summary>TCP.</summary>
    public required TcpStatistics Tcp { get; init; }

    /// <summary>UDP streams.</summary>
    public required UdpStatistics Udp { get; init; }

    /// <summary>SCTP associations; one has several addresses.</summary>
    public int SctpAssociations { get; init; }

    /// <summary>DNS by port 53.</summary>
    public required DnsStatistics Dns { get; init; }

    /// <summary>ICMP, ARP, tunnels and VLANs.</summary>
    public required NetworkStatistics Network { get; init; }

    /// <summary>Checksums by protocol: those protocols that were met.</summary>
    public required IReadOnlyDictionary<string, ChecksumStatistics> Checksums { get; init; }

    /// <summary>Bytes and packets over time.</summary>
    public required Throughput Throughput { get; init; }

    /// <summary>Who spoke most, by bytes; at most 100.</summary>
    public required IReadOnlyList<EndpointShare> Endpoints { get; init; }

    /// <summary>How many addresses spoke or were spoken to.</summary>
    public int EndpointCount { get; init; }

    /// <summary>The largest flows of any protocol; at most 100.</summary>
    public required IReadOnlyList<FlowShare> Flows { get; init; }

    /// <summary>What is wrong, the worst first.</summary>
    public required IReadOnlyList<Trouble> Troubles { get; init; }
}

/// <summary>A layer in the hierarchy of protocols.</summary>
/// <param name="Depth">0 is outermost.</param>
/// <param name="Name">"tcp".</param>
/// <param name="Frames">Frames that have it there.</param>
/// <param name="Bytes">Bytes of those frames, on the wire.</param>
public sealed record LayerShare(int Depth, string Name, long Frames, long Bytes);

/// <summary>Checksums of a protocol.</summary>
/// <param name="Good">Right.</param>
/// <param name="Bad">Wrong.</param>
/// <param name="Absent">Not given, as UDP over IPv4 may.</param>
/// <param name="Unverified">Not to be verified: a part is missing.</param>
/// <param name="Illegal">Not given where it must be.</param>
/// <param name="Offloaded">Of the bad ones those that the sender left to its network card.</param>
public sealed record ChecksumStatistics(long Good, long Bad, long Absent, long Unverified, long Illegal, long Offloaded);

/// <summary>An address and its traffic.</summary>
/// <param name="Address">The address.</param>
/// <param name="PacketsSent">Packets from it.</param>
/// <param name="BytesSent">Bytes of their frames.</param>
/// <param name="PacketsReceived">Packets to it.</param>
/// <param name="BytesReceived">Bytes of their frames.</param>
public sealed record EndpointShare(IpAddress Address, long PacketsSent, long BytesSent, long PacketsReceived, long BytesReceived);

/// <summary>A flow and its traffic, from the sender of its first packet.</summary>
/// <param name="Key">Who with whom.</param>
/// <param name="Stream">Its number among those of its protocol.</param>
/// <param name="Application">"http", or empty.</param>
/// <param name="Detail">What the application says of itself: the name that TLS asks for.</param>
/// <param name="Packets">Packets there and back.</param>
/// <param name="Bytes">Bytes there and back.</param>
/// <param name="FirstTime">Nanoseconds since 1970.</param>
/// <param name="LastTime">Nanoseconds since 1970.</param>
/// <param name="Retransmissions">Segments sent again, there and back.</param>
/// <param name="HandshakeTime">From SYN to the first ACK, in nanoseconds, or null.</param>
/// <param name="Ending">How a TCP stream ended: "open", "closed", "reset"; empty for others.</param>
public sealed record FlowShare(FlowKey Key, int Stream, string Application, string Detail, (long There, long Back) Packets, (long There, long Back) Bytes, long FirstTime, long LastTime, (long There, long Back) Retransmissions, long? HandshakeTime, string Ending);

/// <summary>Traffic over time in parts of equal length.</summary>
/// <param name="Start">Nanoseconds since 1970.</param>
/// <param name="Width">Of a part, in nanoseconds.</param>
/// <param name="Packets">Packets in each part.</param>
/// <param name="Bytes">Bytes in each part.</param>
public sealed record Throughput(long Start, long Width, IReadOnlyList<long> Packets, IReadOnlyList<long> Bytes);

/// <summary>How bad something is.</summary>
public enum Severity
{
    /// <summary>Worth knowing.</summary>
    Note,
    /// <summary>Likely to be felt.</summary>
    Warning,
    /// <summary>Something did not work.</summary>
    Error,
}

/// <summary>Something that is wrong, told in a sentence.</summary>
/// <param name="Rule">A name for the kind of it.</param>
/// <param name="Severity">How bad.</param>
/// <param name="Sentence">What, where, how often.</param>
public sealed record Trouble(string Rule, Severity Severity, string Sentence);
