using NetSim.Model.Packets;

namespace NetSim.Analysis.Sightings;

/// <summary>A conversation of TCP or UDP as seen at one point. The client is who sent the SYN, or spoke first.</summary>
internal sealed class SeenFlow(FlowKey key, ObservationPoint point)
{
    /// <summary>From the client to the server.</summary>
    public FlowKey Key { get; } = key;

    public ObservationPoint Point { get; } = point;

    public SeenSide Client { get; } = new();

    public SeenSide Server { get; } = new();

    public bool HasSyn => Client.Syns > 0;

    public bool HasSynAck => Server.Syns > 0;

    public bool IsEstablished { get; set; }

    /// <summary>From the SYN to the SYN-ACK; -1 when not seen. That of a SYN that was sent again is not taken.</summary>
    public long HandshakeTime { get; set; } = -1;

    /// <summary>The longest that the client's data waited for the server's first data after it, and the packets at both ends of the wait.</summary>
    public long LongestWait { get; set; } = -1;

    public PacketMark WaitFrom { get; set; }

    public PacketMark WaitTo { get; set; }

    /// <summary>Was anything lost while it waited?</summary>
    public bool LostWhileWaiting { get; set; }

    public long Asked { get; set; } = -1;

    public PacketMark AskedMark { get; set; }

    public long SentAgainWhenAsked { get; set; }

    /// <summary>Silence before the RST, in nanoseconds.</summary>
    public long IdleBeforeReset { get; set; }

    /// <summary>Did data come for a socket that was closed (RST after FIN)?</summary>
    public bool WasClosing => Client.Fin is not null || Server.Fin is not null;

    public PacketMark? Reset => Client.Rst ?? Server.Rst;

    /// <summary>ICMP errors that quote it.</summary>
    public List<SeenIcmpError> Errors { get; } = [];

    public long FirstTime => Client.Packets == 0 ? Server.First.Time : Server.Packets == 0 ? Client.First.Time : Math.Min(Client.First.Time, Server.First.Time);

    public long LastTime => Math.Max(Client.Last.Time, Server.Last.Time);
}

/// <summary>An ICMP error.</summary>
/// <param name="Mark">The packet.</param>
/// <param name="IsV6">Of ICMPv6?</param>
/// <param name="Type">Its type.</param>
/// <param name="Code">Its code.</param>
/// <param name="From">Who says it.</param>
/// <param name="To">To whom.</param>
/// <param name="About">What it quotes.</param>
/// <param name="Mtu">The MTU of the next hop, where it says one.</param>
internal sealed record SeenIcmpError(PacketMark Mark, bool IsV6, byte Type, byte Code, Model.Addressing.IpAddress From, Model.Addressing.IpAddress To, FlowKey About, int Mtu)
{
    /// <summary>Is it "fragmentation needed" or "packet too big"?</summary>
    public bool IsTooBig => IsV6 ? Type == 2 : Type == 3 && Code == 4;

    /// <summary>Does it say that nobody listens at a port?</summary>
    public bool IsPort => IsV6 ? Type == 1 && Code == 4 : Type == 3 && Code == 3;

    /// <summary>Does it say that host or net can't be reached?</summary>
    public bool IsUnreachable => IsV6 ? Type == 1 && Code is 0 or 3 : Type == 3 && Code is 0 or 1 or 6 or 7;

    /// <summary>Does it say that somebody forbids it?</summary>
    public bool IsForbidden => IsV6 ? Type == 1 && Code is 1 or 5 or 6 : Type == 3 && Code is 9 or 10 or 13;
}
