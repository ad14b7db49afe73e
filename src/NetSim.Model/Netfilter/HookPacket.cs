using NetSim.Model.Addressing;
using NetSim.Model.Packets;

namespace NetSim.Model.Netfilter;

/// <summary>What an address is to a namespace (-m addrtype).</summary>
[Flags]
public enum AddressTypes
{
    /// <summary>None of those that are modelled.</summary>
    None = 0,
    /// <summary>0.0.0.0 or ::.</summary>
    Unspecified = 1,
    /// <summary>Somebody's, by route.</summary>
    Unicast = 2,
    /// <summary>The namespace's own.</summary>
    Local = 4,
    /// <summary>255.255.255.255 or a subnet's last.</summary>
    Broadcast = 8,
    /// <summary>A group's.</summary>
    Multicast = 16,
    /// <summary>A blackhole route's.</summary>
    Blackhole = 32,
    /// <summary>An unreachable route's.</summary>
    Unreachable = 64,
    /// <summary>A prohibit route's.</summary>
    Prohibit = 128,
}

/// <summary>Tells what an address is to a namespace; asked only when a rule wants to know.</summary>
public interface IAddressTypes
{
    /// <summary>The type of an address, by the routing table "local" first.</summary>
    AddressTypes TypeOf(IpAddress address);
}

/// <summary>The headers and marks of a packet as chains see them at one hook. What a packet has not is 0 or null.</summary>
public readonly struct HookPacket
{
    /// <summary>What IP carries.</summary>
    public IpProtocol Protocol { get; init; }

    /// <summary>From whom.</summary>
    public IpAddress Source { get; init; }

    /// <summary>To whom.</summary>
    public IpAddress Destination { get; init; }

    /// <summary>The sender's port (TCP, UDP, SCTP).</summary>
    public ushort SourcePort { get; init; }

    /// <summary>The receiver's port (TCP, UDP, SCTP).</summary>
    public ushort DestinationPort { get; init; }

    /// <summary>Is it a fragment other than the first, which has no ports?</summary>
    public bool LaterFragment { get; init; }

    /// <summary>Type of ICMP or ICMPv6.</summary>
    public byte IcmpType { get; init; }

    /// <summary>Code of ICMP or ICMPv6.</summary>
    public byte IcmpCode { get; init; }

    /// <summary>TCP's flags as on the wire: FIN is 1, SYN 2, RST 4, PSH 8, ACK 16, URG 32.</summary>
    public byte TcpFlags { get; init; }

    /// <summary>The interface it came in by, or null.</summary>
    public string? InInterface { get; init; }

    /// <summary>The interface it will leave by, or null.</summary>
    public string? OutInterface { get; init; }

    /// <summary>What connection tracking says: one state, and Dnat and Snat if the conversation is translated.</summary>
    public ConntrackStates State { get; init; }

    /// <summary>The destination of the conversation's first packet before any translation.</summary>
    public IpAddress OriginalDestination { get; init; }

    /// <summary>Its port.</summary>
    public ushort OriginalDestinationPort { get; init; }

    /// <summary>The firewall mark.</summary>
    public uint Mark { get; init; }

    /// <summary>Who knows types of addresses; null: told by the address alone.</summary>
    public IAddressTypes? Types { get; init; }

    /// <summary>Who knows more of it; null: nobody, and what rules want to know of that does not hold.</summary>
    public IPacketFacts? Facts { get; init; }

    /// <summary>Now, in nanoseconds of the trace (for -m limit).</summary>
    public long Time { get; init; }

    internal AddressTypes TypeOf(IpAddress address)
    {
        if (Types is { } types) return types.TypeOf(address);
        return address.IsLoopback ? AddressTypes.Local : address.IsMulticast ? AddressTypes.Multicast : address.IsLimitedBroadcast ? AddressTypes.Broadcast
            : address.IsAny ? AddressTypes.Unspecified : AddressTypes.Unicast;
    }
}
