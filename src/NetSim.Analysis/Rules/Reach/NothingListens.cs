using NetSim.Analysis.Explanation;
using NetSim.Analysis.Findings;

namespace NetSim.Analysis.Rules.Reach;

/// <summary>Nobody listens at the port: inside the container, or on the host.</summary>
internal sealed class NothingListens : ReachRule
{
    public override string Name => "nothing-listens";

    public override string? Because(ReachCase c) => c.Answer.Disposition == Disposition.Refused && c.Reason.IndexOf("nothing listens", StringComparison.Ordinal) is >= 0 and var at ? c.Reason[at..] : null;

    public override string? Advice(ReachCase c) => Ports(c) is { Length: > 0 } ports ? $"something listens there at {ports}: publish or ask for that port, or start a program at {c.Question.Port}" : "start the program that should listen there, or ask for the port it listens at";

    public override IEnumerable<Evidence> Rows(ReachCase c) => [new(Table: $"{c.Answer.Taker ?? c.Answer.DecidedIn} sockets", Row: Ports(c) is { Length: > 0 } ports ? $"listening at {ports} alone" : "nobody listens")];

    private static string Ports(ReachCase c) => c.Topology.Find(c.Answer.Taker ?? "") is not { } space ? "" : string.Join(", ", space.Sockets.Where(s => s.Remote is null && s.Program != "dockerd" && !s.Address.IsLoopback).Select(s => s.Port).Distinct().Order().Take(5));
}
