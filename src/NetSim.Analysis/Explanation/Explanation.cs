using NetSim.Model.Tracing;

namespace NetSim.Analysis.Explanation;

/// <summary>The answer to a question, with what decided it.</summary>
public sealed record Explanation
{
    /// <summary>What was asked.</summary>
    public required Question Question { get; init; }

    /// <summary>What becomes of it.</summary>
    public required Disposition Disposition { get; init; }

    /// <summary>What had to be taken as so, each a sentence.</summary>
    public IReadOnlyList<string> Assuming { get; init; } = [];

    /// <summary>How the name was resolved; empty when an address was asked for.</summary>
    public IReadOnlyList<ExplainedStep> NameResolution { get; init; } = [];

    /// <summary>The way there and back.</summary>
    public IReadOnlyList<ExplainedHop> Hops { get; init; } = [];

    /// <summary>Why it failed, in a sentence; null when it was delivered.</summary>
    public string? Reason { get; init; }

    /// <summary>The rule that decided it, or null.</summary>
    public FilterDetail? Rule { get; init; }

    /// <summary>Key of the namespace where it was decided, or null.</summary>
    public string? DecidedIn { get; init; }

    /// <summary>Key of the namespace that took it, or null.</summary>
    public string? Taker { get; init; }
}
