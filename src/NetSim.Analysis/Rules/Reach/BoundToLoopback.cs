using NetSim.Analysis.Explanation;
using NetSim.Analysis.Findings;
using NetSim.Model.Addressing;

namespace NetSim.Analysis.Rules.Reach;

/// <summary>A program that listens at 127.0.0.1 inside its container, where nobody else reaches it.</summary>
internal sealed class BoundToLoopback : ReachRule
{
    public override string Name => "bound-to-loopback";

    public override string? Because(ReachCase c) => Socket(c) is { } s ? $"{s.Program} in {s.Space} listens at {s.Address}:{s.Port} alone, which only {s.Space} itself reaches" : null;

    public override string? Advice(ReachCase c) => "let the program listen at 0.0.0.0 (a setting of the program: bind, host, listen)";

    public override IEnumerable<Evidence> Rows(ReachCase c) => Socket(c) is { } s ? [new(Table: $"{s.Space} sockets", Row: $"{s.Program} {s.Address}:{s.Port}")] : [];

    private static (string Space, string Program, IpAddress Address, Port Port)? Socket(ReachCase c)
    {
        if (c.Answer.Disposition != Disposition.Refused || !c.Reason.Contains(" only)", StringComparison.Ordinal)) return null;
        string space = c.Answer.Taker ?? c.Answer.DecidedIn ?? "";
        foreach (var s in c.Topology.Find(space)?.Sockets ?? [])
            if (s.Remote is null && s.Address.IsLoopback && c.Reason.Contains($":{s.Port} in", StringComparison.Ordinal)) return (space, s.Program, s.Address, s.Port);
        return null;
    }
}
