using NetSim.Model.Packets;

namespace NetSim.Wire.Inspection;

/// <summary>A frame in one line, for pictures and lists.</summary>
/// <param name="Text">"SYN 6379", "A db?", "who has .2?", "echo request 1", "GET /", "200 OK", "INCR hits".</param>
/// <param name="Class">Which colour it has.</param>
/// <param name="Flow">Its conversation from sender to receiver (of a fragment or an unknown protocol: without ports), or null when it is no IP.</param>
public readonly record struct PacketSummary(string Text, PacketClass Class, FlowKey? Flow);

/// <summary>What kind of packet it is to a reader of a picture.</summary>
public enum PacketClass
{
    /// <summary>Nothing of the others.</summary>
    Other,
    /// <summary>ARP and IPv6 neighbour discovery.</summary>
    Arp,
    /// <summary>ICMP of either family.</summary>
    Icmp,
    /// <summary>DNS over UDP or TCP.</summary>
    Dns,
    /// <summary>Other UDP.</summary>
    Udp,
    /// <summary>TCP, with or without data.</summary>
    Tcp,
    /// <summary>TCP with an HTTP/1 request or response.</summary>
    Http,
}
