using NetSim.Model.Addressing;
using NetSim.Model.Netfilter;
using NetSim.Model.Packets;
using NetSim.Model.Topology;

namespace NetSim.Model.Tracing;

/// <summary>What became of a packet at one place. The set is closed: a new step concerns every listener.</summary>
public abstract record Step
{
    private Step() { }

    /// <summary>A socket made the packet.</summary>
    public sealed record Originated(SocketDetail Socket) : Step;

    /// <summary>An interface received the frame; a capture on that interface shows it.</summary>
    public sealed record Received(int Frame, bool OnlyTap) : Step;

    /// <summary>An interface transmitted the frame; a capture on that interface shows it.</summary>
    public sealed record Transmitted(int Frame) : Step;

    /// <summary>A capture saw the frame without knowing which way it went.</summary>
    public sealed record Seen(int Frame) : Step;

    /// <summary>A chain of netfilter judged the packet.</summary>
    public sealed record Filtered(FilterDetail Detail) : Step;

    /// <summary>NAT rewrote the packet.</summary>
    public sealed record Translated(TranslationDetail Detail) : Step;

    /// <summary>A bridge chose the port (null: all of them), by an FDB entry or by flooding.</summary>
    public sealed record Switched(Place? Port, bool ToHost, bool Known) : Step;

    /// <summary>A routing table chose the way.</summary>
    public sealed record Routed(RouteDetail Detail) : Step;

    /// <summary>A socket took the packet.</summary>
    public sealed record Delivered(SocketDetail Socket) : Step;

    /// <summary>The packet ended here.</summary>
    public sealed record Dropped(DropReason Reason, object? Detail) : Step;

    /// <summary>The packet waits behind others.</summary>
    public sealed record Queued(int Before) : Step;

    /// <summary>The capture missed packets here.</summary>
    public sealed record Lost(int Packets) : Step;

    /// <summary>A fault of the link did something to the frame, and it goes on. <paramref name="Delay"/>: how much later it arrives.</summary>
    public sealed record Faulted(FaultKind Kind, TimeSpan Delay) : Step;
}

/// <summary>Why a packet ended.</summary>
public enum DropReason
{
    /// <summary>A rule or a chain's policy said DROP.</summary>
    Filtered,
    /// <summary>A rule said REJECT; an error went back.</summary>
    Rejected,
    /// <summary>No route to the destination.</summary>
    NoRoute,
    /// <summary>A route of type blackhole, unreachable or prohibit.</summary>
    ForbiddenByRoute,
    /// <summary>Nobody answered ARP or neighbour solicitation.</summary>
    NeighbourUnreachable,
    /// <summary>TTL or hop limit used up.</summary>
    TimeToLiveExceeded,
    /// <summary>Larger than the MTU and not to be fragmented.</summary>
    TooBig,
    /// <summary>For another MAC address (and not bridged).</summary>
    OtherHost,
    /// <summary>For an address that is not ours, and forwarding is off.</summary>
    NotForwarding,
    /// <summary>Nobody listens at the port.</summary>
    NoSocket,
    /// <summary>A checksum was wrong.</summary>
    BadChecksum,
    /// <summary>The bytes are no valid packet.</summary>
    Malformed,
    /// <summary>The interface or link is down or gone.</summary>
    LinkDown,
    /// <summary>The queue is full.</summary>
    QueueFull,
    /// <summary>A fault of the scenario lost it.</summary>
    Loss,
    /// <summary>The source address can't come from there (rp_filter, martian).</summary>
    Martian,
    /// <summary>The bridge would send it back where it came from.</summary>
    SamePort,
    /// <summary>A duplicate, or outside the window: TCP ignores it.</summary>
    NotWanted,
    /// <summary>The protocol is not modelled.</summary>
    NotModelled,
    /// <summary>Connection tracking keeps no more conversations (nf_conntrack_max).</summary>
    TableFull,
    /// <summary>Both ports of the bridge are isolated from each other.</summary>
    Isolated,
    /// <summary>A fragment whose others did not come in time.</summary>
    NeverWhole,
    /// <summary>The bridge has no port for it: it came by the only one.</summary>
    NoPort,
}

/// <summary>Which chain and rule judged, and how. <paramref name="RuleNumber"/> 0 is the chain's policy; rules count from 1.</summary>
public sealed record FilterDetail(Hook Hook, string Table, string Chain, int RuleNumber, string RuleText, string Verdict, Origin Origin);

/// <summary>The conversation before and after NAT, and the rule that asked for it.</summary>
public sealed record TranslationDetail(FlowKey Before, FlowKey After, FilterDetail? Rule);

/// <summary>The route chosen: its text as `ip route` writes it, the interface and the next hop (null: on the link).</summary>
public sealed record RouteDetail(string Route, string? Interface, IpAddress? NextHop);

/// <summary>A socket: protocol, its own end, the program that holds it.</summary>
public sealed record SocketDetail(IpProtocol Protocol, IpAddress Address, Port Port, string Program);

/// <summary>The fault that lost a packet, in words ("loss 5%, delay 20ms").</summary>
public sealed record FaultDetail(string Text)
{
    /// <summary>The words.</summary>
    public override string ToString() => Text;
}
