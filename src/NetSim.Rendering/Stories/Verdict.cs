using NetSim.Model.Tracing;

namespace NetSim.Rendering.Stories;

/// <summary>What a judgement did to a packet, as far as a mark tells it.</summary>
internal enum Verdict
{
    /// <summary>Let pass.</summary>
    Accepted,
    /// <summary>Only looked something up (a route, an FDB entry, conntrack).</summary>
    LookedUp,
    /// <summary>Readdressed it.</summary>
    Changed,
    /// <summary>Ended it silently.</summary>
    Dropped,
    /// <summary>Ended it and said so.</summary>
    Rejected,
}

/// <summary>One thing that judged or steered a packet: a station of its tail.</summary>
/// <param name="Row">The event.</param>
/// <param name="Place">Where.</param>
/// <param name="Label">"FORWARD", "FDB", "raw", "nat".</param>
/// <param name="Verdict">What it did.</param>
internal sealed record Station(long Row, Place Place, string Label, Verdict Verdict);
