using NetSim.Analysis.Findings;

namespace NetSim.Analysis.Rules.Reach;

/// <summary>A name that nobody knows.</summary>
internal sealed class NoSuchName : ReachRule
{
    public override string Name => "dns-no-name";

    public override string? Because(ReachCase c) => c.IsUnresolved && (c.Reason.Contains("NXDOMAIN", StringComparison.Ordinal) || c.Reason.Contains("taken not to know", StringComparison.Ordinal)) ? c.Reason : null;

    public override string? Advice(ReachCase c) => $"look at how the name is written; on its networks {c.Question.From} knows {string.Join(", ", c.Topology.Names.Names.Where(n => c.NetworksOf(c.Question.From).Contains(n.Network)).Select(n => n.Name).Where(n => !n.All(char.IsAsciiHexDigitLower)).Distinct().Take(6))}";
}
