using NetSim.Analysis.Explanation;
using NetSim.Analysis.Findings;

namespace NetSim.Analysis.Rules.Reach;

/// <summary>A container of several networks whose default route leads where the other end is not.</summary>
internal sealed class WrongGateway : ReachRule
{
    public override string Name => "wrong-gateway";

    public override string? Because(ReachCase c) => c.Sender is { } from && c.NetworksOf(from.Name) is { Count: > 1 } mine && c.Target is null && c.Answer.Disposition is Disposition.Unreachable or Disposition.Dropped && Default(c) is { } route
        ? $"{c.Question.From} is on {string.Join(" and ", c.NetworksOf(c.Question.From))}, and its default route leads by {route.Gateway} ({c.Topology.Networks.Find(n => n.Gateways.Contains(route.Gateway!.Value))?.Name ?? route.Interface})" : null;

    public override string? Advice(ReachCase c) => "the default gateway is that of the network whose name sorts first; name the one with the way out so, or give it priority (--network name=…,gw-priority=1, from 28)";

    public override IEnumerable<Evidence> Rows(ReachCase c) => [new(Table: $"{c.Question.From} routes", Row: Default(c)!.ToString())];

    private static Model.Routing.Route? Default(ReachCase c) => c.Topology.Find(c.Sender?.Namespace ?? "")?.Routes.Routes.FirstOrDefault(r => r.Destination.IsAll && r.Destination.Address.IsV4 && r.Gateway is not null);
}
