using NetSim.Analysis.Sightings;
using NetSim.Model.Packets;

namespace NetSim.Analysis.Findings;

/// <summary>What became of an attempt to begin a conversation, as whoever began it learned it.</summary>
internal enum AttemptFate
{
    /// <summary>It can't be told: the capture ends too early, or shows one way alone.</summary>
    Unknown,
    Answered,
    /// <summary>Reset, or ICMP says that nobody listens.</summary>
    Refused,
    /// <summary>ICMP says that there is no way, or that it is forbidden.</summary>
    Unreachable,
    Silent,
    /// <summary>The other end answered, and the answer did not come back.</summary>
    AnswerLost,
}

/// <summary>A conversation that somebody began, with all points where its first packet was seen, in order of time.</summary>
internal sealed record Attempt(IpProtocol Protocol, IReadOnlyList<AttemptSighting> Sightings, AttemptFate Fate)
{
    public AttemptSighting First => Sightings[0];

    public AttemptSighting Last => Sightings[^1];

    /// <summary>As whoever began it meant it.</summary>
    public FlowKey Key => First.Key;

    /// <summary>The packet that refuses it: a RST or an ICMP error.</summary>
    public PacketMark? Refusal { get; init; }

    /// <summary>The ICMP error that ended it.</summary>
    public SeenIcmpError? Error { get; init; }

    /// <summary>How often it was tried.</summary>
    public int Times { get; init; }

    /// <summary>"tcp 172.18.0.2:80".</summary>
    public string Target => Protocol is IpProtocol.Tcp or IpProtocol.Udp ? FlowKey.End(Key.Destination, Key.DestinationPort) : Key.Destination.ToString();
}

/// <summary>The first packet of an attempt at one point.</summary>
/// <param name="Point">Where.</param>
/// <param name="Mark">The packet.</param>
/// <param name="Key">Ends as they stand there: NAT may have changed them.</param>
internal sealed record AttemptSighting(ObservationPoint Point, PacketMark Mark, FlowKey Key);
