using NetSim.Model.Addressing;
using NetSim.Model.Netfilter;
using NetSim.Model.Packets;

namespace NetSim.Analysis.Explanation;

/// <summary>The headers of the packet that is walked through the tables, as they are at the moment.</summary>
internal sealed class WalkedPacket
{
    /// <summary>TCP's SYN.</summary>
    public const byte Syn = 2;

    /// <summary>The conversation as it is written in the headers now; of an ICMP error the conversation that it quotes, turned round.</summary>
    public FlowKey Key { get; set; }

    /// <summary>Type of ICMP.</summary>
    public byte IcmpType { get; init; }

    /// <summary>Code of ICMP.</summary>
    public byte IcmpCode { get; init; }

    /// <summary>TCP's flags.</summary>
    public byte TcpFlags { get; init; }

    /// <summary>Who sent an ICMP error; null for all other packets.</summary>
    public IpAddress? ErrorFrom { get; init; }

    /// <summary>Firewall mark; lost between namespaces.</summary>
    public uint Mark { get; set; }

    /// <summary>Routers it may still pass.</summary>
    public int TimeToLive { get; set; } = 64;

    /// <summary>Its entry in the connection tracking of the namespace where it is, or null.</summary>
    public TrackEntry? Track { get; set; }

    /// <summary>Does it go against the direction of the entry?</summary>
    public bool IsReply { get; set; }

    /// <summary>Has PREROUTING been asked already, by a bridge?</summary>
    public bool Prerouted { get; set; }

    /// <summary>Is it an ICMP error about another packet?</summary>
    public bool IsError => ErrorFrom is not null;

    /// <summary>The source in its IP header.</summary>
    public IpAddress Source => ErrorFrom ?? Key.Source;

    /// <summary>IPv4 or IPv6.</summary>
    public IpFamily Family => Key.Destination.IsV6 ? IpFamily.V6 : IpFamily.V4;

    /// <summary>What its IP header carries.</summary>
    public IpProtocol Protocol => !IsError ? Key.Protocol : Key.Destination.IsV6 ? IpProtocol.IcmpV6 : IpProtocol.Icmp;

    /// <summary>It crosses a cable: another namespace knows nothing of it.</summary>
    public void Leave() => (Track, IsReply, Mark, Prerouted) = (null, false, 0, false);
}

/// <summary>A conversation as one namespace tracks it.</summary>
internal sealed class TrackEntry
{
    /// <summary>As it came.</summary>
    public required FlowKey Original { get; init; }

    /// <summary>As the answer is expected.</summary>
    public FlowKey Reply { get; set; }

    /// <summary>Has nat been asked for a new destination?</summary>
    public bool DestinationAsked { get; set; }

    /// <summary>Has nat been asked for a new source?</summary>
    public bool SourceAsked { get; set; }

    /// <summary>Has it a new destination?</summary>
    public bool Dnat => Original.Destination != Reply.Source || Original.DestinationPort != Reply.SourcePort && Original.Protocol is not (IpProtocol.Icmp or IpProtocol.IcmpV6);

    /// <summary>Has it a new source?</summary>
    public bool Snat => Original.Source != Reply.Destination;
}
