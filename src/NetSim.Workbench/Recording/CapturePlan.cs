using System.IO.Enumeration;
using NetSim.Model.Topology;
using NetSim.Model.Tracing;
using NetSim.Scenarios.Format;
using NetSim.Scenarios.Running;

namespace NetSim.Workbench.Recording;

/// <summary>Which interfaces are captured in a recording, and from when: before each command a look around for new ones, and one more after the last.</summary>
internal sealed class CapturePlan
{
    private readonly CaptureWish _wish;
    private readonly List<(SimTime Time, Change Change)> _changes;
    private readonly Topology _topology = new();
    private readonly List<CapturePoint> _points = [];
    private readonly HashSet<int> _seen = [];
    private readonly Dictionary<string, int> _names = new(StringComparer.Ordinal);
    private int _applied;

    private CapturePlan(ScenarioResult run)
    {
        _wish = run.Scenario.Capture;
        _changes = run.Trace.Rows().Where(r => r.Row.Kind == StepKind.Changed).Select(r => (new SimTime(r.Row.Time), run.Trace.Change(r.Row.A))).ToList();
    }

    /// <summary>The points of a run in order of appearance.</summary>
    public static IReadOnlyList<CapturePoint> Of(ScenarioResult run)
    {
        var plan = new CapturePlan(run);
        if (plan._wish.Only is ["none"]) return [];
        foreach (var s in run.Steps.Where(s => s.Step is ScenarioStep.Docker or ScenarioStep.Program or ScenarioStep.Unmodelled)) plan.Look(s.FirstChange, s.Began);
        plan.Look(plan._changes.Count, run.End);
        return plan._points;
    }

    private void Look(int upTo, SimTime time)
    {
        while (_applied < upTo) Apply(_changes[_applied++]);
        var host = _topology.Find("host");
        foreach (var i in host?.Interfaces ?? [])
        {
            if (i.Kind == InterfaceKind.Bridge) Tap(i, BridgeName(i), time, null, _topology.Networks.Find(n => n.Interface == i.Name)?.Name);
            else if (i.Name == "up0" || i.Name.StartsWith("ext", StringComparison.Ordinal)) Tap(i, "host." + i.Name, time, null, null);
        }
        foreach (var c in _topology.Containers.Where(c => c.State is "running" or "paused")) Container(c, time);
    }

    private void Apply((SimTime Time, Change Change) next)
    {
        _topology.Apply(next.Change);
        if (next.Change is not (Change.InterfaceRemoved or Change.NamespaceRemoved)) return;
        foreach (var p in _points.Where(p => p.Gone is null && !p.Interface.Namespace.Interfaces.Contains(p.Interface))) p.Gone = next.Time;
    }

    private void Container(ContainerFacts c, SimTime time)
    {
        if (_topology.Find(c.Namespace) is not { Kind: NamespaceKind.Container } space || space.Label != c.Name) return;
        foreach (var i in space.Interfaces)
        {
            string? network = _topology.Endpoints.Find(e => e.Container == c.Name && e.Mac == i.Mac)?.Network;
            Tap(i, $"ctr.{c.Name}.{i.Name}", time, c.Name, network);
            if (i.Peer is { Namespace.Key: "host" } outer) Tap(outer, $"veth.{c.Name}.{network ?? "None"}", time, c.Name, network);
        }
    }

    private void Tap(Interface i, string name, SimTime time, string? container, string? network)
    {
        if (!_seen.Add(i.Order) || (_wish.Only is { } only && !only.Any(p => FileSystemName.MatchesSimpleExpression(p, name, ignoreCase: false)))) return;
        int nth = _names[name] = _names.GetValueOrDefault(name) + 1;
        _points.Add(new(nth > 1 ? $"{name}.{nth}" : name, i, new(i.Namespace.Key, i.Name), time) { Container = container, Network = network });
    }

    private string BridgeName(Interface bridge) => bridge.Name == "docker0" ? "host.docker0"
        : "host.br-" + (_topology.Networks.Find(n => n.Interface == bridge.Name)?.Name ?? bridge.Name);
}
