using NetSim.Analysis.Findings;

namespace NetSim.Analysis.Rules.Reach;

/// <summary>The other end is a container that does not run.</summary>
internal sealed class ContainerNotRunning : ReachRule
{
    public override string Name => "container-not-running";

    public override string? Because(ReachCase c) => c.IsUnresolved && c.Topology.Containers.Find(x => x.Name == c.Question.To) is { State: "exited" or "created" or "dead" } to ? $"{to.Name} does not run ({to.State})" : null;

    public override IReadOnlyList<string> Commands(ReachCase c) => [$"docker start {c.Question.To}"];

    public override IEnumerable<Evidence> Rows(ReachCase c) => [new(Table: $"container {c.Question.To}", Row: $"state {c.Target?.State}")];
}
