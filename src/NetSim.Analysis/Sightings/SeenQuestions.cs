using NetSim.Model.Addressing;
using NetSim.Wire.Dns;

namespace NetSim.Analysis.Sightings;

/// <summary>A DNS question as seen at one point, and its answer.</summary>
internal sealed class SeenDns
{
    public required ObservationPoint Point { get; init; }

    public required IpAddress Client { get; init; }

    public required IpAddress Host { get; init; }

    /// <summary>Does the host answer at another port than 53, as the container DNS does on lo?</summary>
    public required ushort Port { get; init; }

    public required string Name { get; init; }

    public required DnsType Type { get; init; }

    public required ushort Id { get; init; }

    public required PacketMark Asked { get; init; }

    public int Times { get; set; } = 1;

    public PacketMark? Answered { get; set; }

    public DnsResponseCode Code { get; set; }

    public IReadOnlyList<IpAddress> Addresses { get; set; } = [];
}

/// <summary>ARP questions for an address at one point.</summary>
internal sealed class SeenArp
{
    public required PacketMark First { get; init; }

    public required IpAddress Asker { get; init; }

    public required IpAddress Target { get; init; }

    public PacketMark Last { get; set; }

    public int Times { get; set; }

    public bool IsAnswered { get; set; }
}

/// <summary>Somebody says by ARP that an address is theirs.</summary>
internal sealed class ArpClaim
{
    public required IpAddress Address { get; init; }

    public required MacAddress Mac { get; init; }

    public required PacketMark First { get; init; }

    public PacketMark Last { get; set; }

    public int Times { get; set; }
}

/// <summary>Pings of one program to one address at one point.</summary>
internal sealed class SeenEcho
{
    public required ObservationPoint Point { get; init; }

    public required IpAddress Source { get; init; }

    public required IpAddress Destination { get; init; }

    public required ushort Id { get; init; }

    public required PacketMark First { get; init; }

    public PacketMark Last { get; set; }

    public int Requests { get; set; }

    public int Replies { get; set; }

    /// <summary>Bytes of the largest IP packet that was answered, and of the largest that was not.</summary>
    public int LargestSent { get; set; }

    public List<SeenIcmpError> Errors { get; } = [];
}
