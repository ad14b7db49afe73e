using NetSim.Model.Netfilter;
using NetSim.Model.Tracing;

namespace NetSim.Analysis.Explanation;

/// <summary>How a packet's way ended.</summary>
internal enum WalkEndKind
{
    /// <summary>It is for the namespace where it is.</summary>
    Arrived,
    /// <summary>It died in silence.</summary>
    Dropped,
    /// <summary>A rule said REJECT.</summary>
    Rejected,
    /// <summary>There is no way on, and the sender is told.</summary>
    Unreachable,
    /// <summary>It left for where nothing is known of.</summary>
    Beyond,
}

/// <summary>Where and why the way of a packet ended.</summary>
/// <param name="Kind">How.</param>
/// <param name="At">The namespace.</param>
/// <param name="Device">The interface it came in by; null when it was made there.</param>
/// <param name="Reason">Why, in a sentence without its subject; empty when it arrived.</param>
/// <param name="Rule">The rule that ended it, or null.</param>
internal sealed record WalkEnd(WalkEndKind Kind, FrozenStack At, string? Device, string Reason = "", CompiledRule? Rule = null)
{
    /// <summary>Does an ICMP error (or a reset) go out even to a sender in the same namespace?</summary>
    public bool SendsError { get; init; }

    /// <summary>Which hook it was at when a rule ended it.</summary>
    public Hook Hook { get; init; }

    /// <summary>What of the row can be told.</summary>
    public FilterDetail? Detail => Rule?.Detail(Hook);
}
