using NetSim.Model.Addressing;
using NetSim.Model.Naming;
using NetSim.Model.Topology;
using NetSim.Model.Tracing;

namespace NetSim.Workbench.Questions;

/// <summary>What a step made and unmade, in a line or two for people.</summary>
internal static class StepStory
{
    /// <summary>The lines of a span of changes of a trace.</summary>
    /// <param name="trace">The trace.</param>
    /// <param name="first">Number of the first change.</param>
    /// <param name="end">Number after the last.</param>
    public static IReadOnlyList<string> Of(Trace trace, int first, int end)
    {
        var changes = Enumerable.Range(first, end - first).Select(trace.Change).ToList();
        return [.. Networks(changes), .. Containers(changes), .. Gone(changes)];
    }

    private static IEnumerable<string> Networks(List<Change> changes)
    {
        var made = changes.OfType<Change.InterfaceMade>().Where(c => c.Interface.Kind == InterfaceKind.Bridge).Select(c => c.Interface.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var n in changes.OfType<Change.NetworkSet>().Select(c => c.Network).GroupBy(n => n.Name).Select(g => g.Last()))
        {
            if (n.Interface is null || !made.Contains(n.Interface)) continue;
            yield return $"bridge {n.Interface} with {string.Join(" and ", n.Gateways)}, subnet {string.Join(" and ", n.Subnets)}{(n.Internal ? ", no way out" : "")}";
        }
    }

    private static IEnumerable<string> Containers(List<Change> changes)
    {
        var veths = Veths(changes);
        foreach (var e in changes.OfType<Change.EndpointSet>().Select(c => c.Endpoint).GroupBy(e => (e.Container, e.Network)).Select(g => g.Last()))
        {
            if (e.Addresses.Count == 0) continue;
            string cable = veths.TryGetValue((e.Namespace, e.Interface), out var v) ? $" ⇄ {v.Outer}{(v.Bridge.Length > 0 ? " on " + v.Bridge : "")}" : "";
            yield return $"{e.Container} {e.Interface} {string.Join(" ", e.Addresses)}{(e.Mac == MacAddress.Zero ? "" : $" ({e.Mac})")}{cable}";
        }
        var names = changes.OfType<Change.NamePublished>().Select(c => c.Name).GroupBy(n => (n.Network, n.Container)).Where(g => g.Any(n => n.Primary)).Select(Names).ToList();
        var ports = changes.OfType<Change.ContainerSet>().Select(c => c.Container).Where(c => c.State == "running").GroupBy(c => c.Name).Select(g => g.Last()).SelectMany(Ports).ToList();
        var words = names.Concat(ports).ToList();
        if (words.Count > 0) yield return string.Join(" · ", words);
    }

    /// <summary>The name and its aliases, without the short id, which says nothing to people.</summary>
    private static string Names(IGrouping<(string Network, string Container), PublishedName> names)
    {
        var said = names.OrderByDescending(n => n.Primary).Select(n => n.Name).Distinct().Where(n => n.Length != 12 || !n.All(char.IsAsciiHexDigitLower)).ToList();
        return $"{(said.Count > 1 ? "names" : "name")} {string.Join(", ", said)} on {names.Key.Network}";
    }

    private static IEnumerable<string> Ports(ContainerFacts c) => c.Published
        .GroupBy(p => (p.HostPort, p.ContainerPort, p.Protocol))
        .Select(g => $"port {g.Key.HostPort}{(g.Key.Protocol == "tcp" ? "" : "/" + g.Key.Protocol)} of the host → {c.Name}:{g.Key.ContainerPort}");

    /// <summary>The outer end and the bridge of each container's interface, by where the inner end is in the end.</summary>
    private static Dictionary<(string, string), (string Outer, string Bridge)> Veths(List<Change> changes)
    {
        var inner = new Dictionary<(string, string), string>();
        var bridge = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var c in changes)
        {
            if (c is Change.VethMade v) (inner[(v.Namespace, v.Interface.Name)], inner[(v.PeerNamespace, v.Peer.Name)]) = (v.Peer.Name, v.Interface.Name);
            if (c is Change.InterfaceMoved m && inner.Remove((m.Namespace, m.Name), out string? outer)) inner[(m.ToNamespace, m.NewName)] = outer;
            if (c is Change.InterfaceChanged { Master.Length: > 0 } i) bridge[i.Name] = i.Master!;
        }
        return inner.ToDictionary(p => p.Key, p => (p.Value, bridge.GetValueOrDefault(p.Value, "")));
    }

    private static IEnumerable<string> Gone(List<Change> changes)
    {
        var networks = changes.OfType<Change.NetworkRemoved>().Select(c => $"network {c.Name}");
        var back = changes.OfType<Change.EndpointSet>().Select(c => (c.Endpoint.Container, c.Endpoint.Network)).ToHashSet();
        var plugs = changes.OfType<Change.EndpointRemoved>().Where(c => !back.Contains((c.Container, c.Network))).Select(c => $"{c.Container} from {c.Network}");
        var gone = networks.Concat(plugs).ToList();
        if (gone.Count > 0) yield return "gone: " + string.Join(", ", gone);
    }
}
