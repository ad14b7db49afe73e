using NetSim.Analysis.Findings;

namespace NetSim.Analysis.Rules.Reach;

/// <summary>A container of the default bridge has no container DNS; it knows no other by name.</summary>
internal sealed class NameOnDefaultBridge : ReachRule
{
    public override string Name => "name-on-default-bridge";

    public override string? Because(ReachCase c) => c.IsUnresolved && c.IsName && c.Sender is { } from && c.Topology.Containers.Exists(x => x.Name == c.Question.To && x.State == "running")
        && c.NetworksOf(from.Name) is ["bridge"] ? $"{from.Name} is on the default bridge alone, where there is no container DNS" : null;

    public override string? Advice(ReachCase c) => "put both on a network that you make yourself; only such networks have names";

    public override IEnumerable<Evidence> Rows(ReachCase c) => [new(Table: $"endpoint {c.Question.From}", Row: "network bridge")];
}
