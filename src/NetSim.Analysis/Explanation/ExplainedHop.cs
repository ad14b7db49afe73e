using NetSim.Model.Netfilter;
using NetSim.Model.Tracing;

namespace NetSim.Analysis.Explanation;

/// <summary>One thing that was decided about the packet, and the row that decided it.</summary>
/// <param name="Kind">"resolve", "route", "neighbour", "bridge", "filter", "nat", "forward", "deliver", "proxy", "reply", "drop".</param>
/// <param name="Text">What was decided, in a line.</param>
/// <param name="Rule">The rule of netfilter behind it, or null.</param>
/// <param name="Origin">The docker object and option behind it, or null when the row has none.</param>
public sealed record ExplainedStep(string Kind, string Text, FilterDetail? Rule = null, Origin? Origin = null)
{
    /// <summary>The rules that were met on the way to the verdict, in order; empty where no table was asked.</summary>
    public IReadOnlyList<MetRule> Met { get; init; } = [];

    /// <summary>The end before and after, where NAT changed one; else null.</summary>
    public (string Old, string New)? Readdressed { get; init; }
}

/// <summary>What was decided in one namespace, in order.</summary>
/// <param name="Namespace">"host", "outside", a container's.</param>
/// <param name="Interface">The interface by which the packet came in; null where it was made.</param>
/// <param name="Steps">The decisions.</param>
public sealed record ExplainedHop(string Namespace, string? Interface, IReadOnlyList<ExplainedStep> Steps);
