using NetSim.Model.Addressing;
using NetSim.Model.Packets;

namespace NetSim.Model.Netfilter;

/// <summary>What few rules want to know of a packet; asked only then.</summary>
public interface IPacketFacts
{
    /// <summary>The hardware address it came from.</summary>
    MacAddress SourceMac { get; }

    /// <summary>Bytes of the IP packet.</summary>
    int Length { get; }

    /// <summary>Time to live or hop limit.</summary>
    byte TimeToLive { get; }

    /// <summary>The port of a bridge that it came in by, or null.</summary>
    string? PhysicalIn { get; }

    /// <summary>The port of a bridge that it will leave by, or null.</summary>
    string? PhysicalOut { get; }

    /// <summary>Is it bridged, not routed?</summary>
    bool IsBridged { get; }

    /// <summary>Its conversation as connection tracking knows it, or null.</summary>
    TrackedFlow? Flow { get; }

    /// <summary>The mark of its conversation.</summary>
    uint FlowMark { get; set; }

    /// <summary>Seeded chance from 0 to below 1.</summary>
    double Draw();

    /// <summary>A rule was met that does something to the packet; the walk goes on.</summary>
    void Do(PacketEffect effect, int value);
}

/// <summary>A conversation for -m conntrack.</summary>
/// <param name="Original">Its first packet as it came.</param>
/// <param name="Reply">An answer as it will come.</param>
/// <param name="IsReply">Goes this packet the way of the answers?</param>
/// <param name="Answered">Was there an answer?</param>
/// <param name="Assured">Was there more than a question and an answer?</param>
/// <param name="Confirmed">Is it in the table?</param>
public readonly record struct TrackedFlow(FlowKey Original, FlowKey Reply, bool IsReply, bool Answered, bool Assured, bool Confirmed);

/// <summary>What targets do to a packet besides letting it go on.</summary>
public enum PacketEffect
{
    /// <summary>Connection tracking leaves it alone (NOTRACK, CT --notrack).</summary>
    Untrack,
    /// <summary>The MSS of a SYN becomes at most what the path's MTU allows (TCPMSS --clamp-mss-to-pmtu).</summary>
    ClampSegments,
    /// <summary>The MSS of a SYN becomes at most the value (TCPMSS --set-mss).</summary>
    SetSegments,
    /// <summary>The TTL or hop limit becomes the value.</summary>
    SetTimeToLive,
    /// <summary>The TTL or hop limit grows by the value, which may be negative.</summary>
    AddTimeToLive,
}
