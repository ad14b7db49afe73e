namespace NetSim.Simulation.Netfilter;

/// <summary>What connection tracking says of a packet.</summary>
[Flags]
internal enum TrackState : byte
{
    /// <summary>Not tracked.</summary>
    None = 0,
    /// <summary>Begins a conversation.</summary>
    New = 1,
    /// <summary>Goes on with one that has an answer.</summary>
    Established = 2,
    /// <summary>An error about one.</summary>
    Related = 4,
    /// <summary>Belongs nowhere.</summary>
    Invalid = 8,
    /// <summary>Goes the way of the answers.</summary>
    Reply = 16,
    /// <summary>A rule said not to track it.</summary>
    Untracked = 32,
}

/// <summary>A tracked conversation: as its first packet came, and as its answers will come. Where the two are not mirror images, NAT is at work.</summary>
internal sealed class ConntrackEntry(FlowTuple original)
{
    /// <summary>The first packet as it came.</summary>
    public readonly FlowTuple Original = original;

    /// <summary>An answer as it will come.</summary>
    public FlowTuple Reply = original.Reversed;

    /// <summary>Is it in the table? Before that it lives on its first packet only.</summary>
    public bool Confirmed;

    /// <summary>Was there an answer?</summary>
    public bool Answered;

    /// <summary>Has the nat table been asked for the destination, for the source?</summary>
    public bool DestinationAsked, SourceAsked;

    /// <summary>Is the destination, the source translated?</summary>
    public bool DestinationTranslated, SourceTranslated;

    /// <summary>When it is forgotten, unless another packet comes.</summary>
    public long Expires;

    /// <summary>Where its TCP stands.</summary>
    public TrackedTcp Tcp;

    /// <summary>The mark of the conversation (CONNMARK).</summary>
    public uint Mark;

    /// <summary>Was there more than a question and an answer?</summary>
    public bool IsAssured => Answered && (Original.Protocol == Model.Packets.IpProtocol.Tcp ? Tcp >= TrackedTcp.Established : Original.Protocol == Model.Packets.IpProtocol.Udp);

    /// <summary>Numbers of its translations' details in the trace: destination and source, there and back; 0 is none yet.</summary>
    public readonly int[] Slots = new int[4];

    /// <summary>The tuple of a direction.</summary>
    public FlowTuple Tuple(bool reply) => reply ? Reply : Original;
}
