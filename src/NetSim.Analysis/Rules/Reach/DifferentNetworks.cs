using NetSim.Analysis.Findings;

namespace NetSim.Analysis.Rules.Reach;

/// <summary>Two containers that share no network: neither is the name known, nor does the firewall let packets pass.</summary>
internal sealed class DifferentNetworks : ReachRule
{
    public override string Name => "different-networks";

    public override string? Because(ReachCase c)
    {
        if (c.Sender is not { } from || c.Target is not { State: "running" } to || from == to) return null;
        var (mine, theirs) = (c.NetworksOf(from.Name), c.NetworksOf(to.Name));
        if (mine.Intersect(theirs).Any() || theirs.Count == 0 || mine.Count == 0) return null;
        bool apart = c.IsClosed;
        return c.IsUnresolved || apart && !c.IsTranslated && c.Question.To != "host" ? $"{from.Name} is on {string.Join(", ", mine)} and {to.Name} on {string.Join(", ", theirs)}; they share no network" : null;
    }

    public override IReadOnlyList<string> Commands(ReachCase c) => c.NetworksOf(c.Target?.Name ?? "").FirstOrDefault(n => n is not "bridge") is { } n ? [$"docker network connect {n} {c.Question.From}"] : [];

    public override string? Advice(ReachCase c) => "put both on one network that you made yourself";

    public override IEnumerable<Evidence> Rows(ReachCase c) => c.Topology.Endpoints.Where(e => e.Container == c.Question.From || e.Container == c.Target?.Name).Select(e => new Evidence(Table: $"endpoint {e.Container}", Row: $"network {e.Network}, {string.Join(", ", e.Addresses)}"));
}
