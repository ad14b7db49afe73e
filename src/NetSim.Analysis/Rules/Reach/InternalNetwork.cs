using NetSim.Analysis.Explanation;
using NetSim.Analysis.Findings;

namespace NetSim.Analysis.Rules.Reach;

/// <summary>A network made with --internal: nothing leaves it, and no port of it is published.</summary>
internal sealed class InternalNetwork : ReachRule
{
    public override string Name => "internal-network";

    public override string? Because(ReachCase c)
    {
        if (c.Maker == "internal-network") return $"{c.Answer.Rule!.Origin.Object} was made with --internal, so nothing leaves it and nothing comes in";
        if (c.Sender is not { } from || c.NetworksOf(from.Name) is not { Count: > 0 } mine || !mine.All(n => c.Network(n)?.Internal == true)) return null;
        bool leaves = c.Target is null && c.Answer.Disposition is Disposition.Unreachable or Disposition.Dropped or Disposition.Unresolved;
        return leaves && c.Target is null ? $"{from.Name} is on {string.Join(", ", mine)} alone, which {(mine.Count == 1 ? "was" : "were")} made with --internal" : null;
    }

    public override string? Advice(ReachCase c) => "connect the container to a second network that is not internal, if it may have a way out";

    public override IEnumerable<Evidence> Rows(ReachCase c) => c.Topology.Networks.Where(n => n.Internal && c.NetworksOf(c.Question.From).Contains(n.Name)).Select(n => new Evidence(Table: $"network {n.Name}", Row: "internal = true"));
}
