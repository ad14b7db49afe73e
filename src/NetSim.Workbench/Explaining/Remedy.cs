using NetSim.Analysis.Explanation;

namespace NetSim.Workbench.Explaining;

/// <summary>What mends a failure.</summary>
/// <param name="Commands">Lines to type, in order; empty when no command mends it.</param>
/// <param name="Advice">What they do, or what to do instead, in a sentence.</param>
/// <param name="Proven">Was it tried on the model, and did the packet then arrive?</param>
/// <param name="Opens">Other pairs that can then reach each other too.</param>
public sealed record Remedy(IReadOnlyList<string> Commands, string Advice, bool Proven, IReadOnlyList<ReachCell> Opens)
{
    /// <summary>The commands on one line; the advice when there are none.</summary>
    public override string ToString() => Commands.Count > 0 ? string.Join(" && ", Commands) : Advice;
}
