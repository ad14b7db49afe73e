using NetSim.Model.Addressing;
using NetSim.Model.Naming;
using NetSim.Model.Tracing;
using QuikGraph;
using QuikGraph.Algorithms;

namespace NetSim.Model.Topology;

/// <summary>Namespaces, interfaces, bridges and links as a graph, with leases and names on it: the state of a Docker host and its outside at one instant.
/// It is the fold over the changes of a trace; <see cref="At"/> gives any instant.</summary>
public sealed class Topology
{
    private readonly UndirectedGraph<TopologyNode, Link> _graph = new(); // no edge is made twice, and to look for one costs as much as a vertex has edges
    private readonly SortedDictionary<string, NetworkNamespace> _namespaces = new(StringComparer.Ordinal);
    private int _made;

    /// <summary>The weight of an edge that no packet passes: more than any way round it.</summary>
    private const double Closed = 1e9;

    /// <summary>Which engine made it ("28.5.2"), for captions; empty when it is not known.</summary>
    public string Engine { get; set; } = "";

    /// <summary>Namespaces in order of making.</summary>
    public IEnumerable<NetworkNamespace> Namespaces => _namespaces.Values.OrderBy(n => n.Order);

    /// <summary>All edges, in order of making of their ends.</summary>
    public IEnumerable<Link> Links => _graph.Edges.OrderBy(e => e.Source.Order).ThenBy(e => e.Target.Order);

    /// <summary>Docker's networks by name, in order of making.</summary>
    public List<NetworkFacts> Networks { get; } = [];

    /// <summary>Docker's containers in order of making.</summary>
    public List<ContainerFacts> Containers { get; } = [];

    /// <summary>Which container is on which network, in order of plugging in.</summary>
    public List<EndpointFacts> Endpoints { get; } = [];

    /// <summary>Networks, containers and endpoints that are in the lists.</summary>
    internal HashSet<(string Kind, string Name, string Container)> Known { get; } = [];

    /// <summary>Leases of addresses, in order of making.</summary>
    public List<(string Network, IpAddress Address, string Holder)> Leases { get; } = [];

    /// <summary>Names on networks.</summary>
    public NameTable Names { get; } = new();

    /// <summary>Files by owner and path.</summary>
    public SortedDictionary<(string Owner, string Path), string> Files { get; } = [];

    /// <summary>The namespace of a key, or null.</summary>
    public NetworkNamespace? Find(string key) => _namespaces.GetValueOrDefault(key);

    /// <summary>The namespace of a key.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public NetworkNamespace this[string key] => _namespaces.TryGetValue(key, out var n) ? n : throw new KeyNotFoundException($"there is no namespace \"{key}\"");

    /// <summary>The state after all changes of a trace up to and including <paramref name="time"/>.</summary>
    public static Topology At(ITraceReader trace, SimTime time)
    {
        if (trace is Trace whole) return whole.StateAt(time);
        var topology = new Topology();
        foreach (var (_, row) in trace.Rows())
        {
            if (row.Time > time.Nanoseconds) break;
            if (row.Kind == StepKind.Changed) topology.Apply(trace.Change(row.A));
        }
        return topology;
    }

    /// <summary>Makes one change.</summary>
    public void Apply(Change change) => new TopologyFold(this).Apply(change);

    /// <summary>The shortest way through the graph between two vertices, both included; empty when they are not joined. Interfaces that are down are not passed.</summary>
    public IReadOnlyList<TopologyNode> Path(TopologyNode from, TopologyNode to)
    {
        if (ReferenceEquals(from, to)) return [from];
        var tree = _graph.ShortestPathsDijkstra(Weight, from);
        if (!tree(to, out var found) || found.ToList() is not { } edges || edges.Exists(e => Weight(e) >= Closed)) return [];
        var path = new List<TopologyNode> { from };
        foreach (var e in edges) path.Add(ReferenceEquals(e.Source, path[^1]) ? e.Target : e.Source);
        return path;
    }

    /// <summary>The edges at a vertex.</summary>
    public IEnumerable<Link> LinksOf(TopologyNode node) => _graph.AdjacentEdges(node).OrderBy(e => e.Source.Order).ThenBy(e => e.Target.Order);

    internal NetworkNamespace MakeNamespace(string key, NamespaceKind kind, string label)
    {
        if (_namespaces.TryGetValue(key, out var there)) return there;
        var made = new NetworkNamespace { Key = key, Kind = kind, Label = label, Order = _made++ };
        _namespaces.Add(key, made);
        _graph.AddVertex(made);
        return made;
    }

    internal void RemoveNamespace(NetworkNamespace gone)
    {
        foreach (var i in gone.Interfaces.ToList()) RemoveInterface(i);
        _graph.RemoveVertex(gone);
        _namespaces.Remove(gone.Key);
    }

    internal Interface MakeInterface(NetworkNamespace owner, InterfaceSpec spec)
    {
        int index = spec.Index > 0 ? spec.Index : owner.Interfaces.Count == 0 ? 1 : owner.Interfaces[^1].Index + 1;
        var made = new Interface { Namespace = owner, Name = spec.Name, Index = index, Kind = spec.Kind, Mac = spec.Mac, Mtu = spec.Mtu, Mode = spec.Mode, ModeFlag = spec.ModeFlag, VlanId = spec.VlanId, Order = _made++ };
        owner.Enter(made);
        _graph.AddVertex(made);
        Join(owner, made, LinkKind.Owns);
        return made;
    }

    internal void RemoveInterface(Interface gone)
    {
        foreach (var child in ChildrenOf(gone)) RemoveInterface(child);
        var peer = gone.Peer;
        gone.Peer = null;
        if (peer is not null) peer.Peer = null;
        if (gone.Master is { } master) Leave(gone, master);
        foreach (var p in gone.Ports) p.Master = null;
        gone.Namespace.Leave(gone);
        gone.Namespace.Routes.RemoveInterface(gone.Name);
        foreach (var a in gone.Namespace.Neighbours.Where(n => n.Value.Interface == gone.Name).Select(n => n.Key).ToList()) gone.Namespace.Neighbours.Remove(a);
        _graph.RemoveVertex(gone);
        if (peer is not null) RemoveInterface(peer);
    }

    /// <summary>The macvlans, ipvlans and VLANs on an interface, in order of making; they go when it goes.</summary>
    public IReadOnlyList<Interface> ChildrenOf(Interface parent) => !_graph.ContainsVertex(parent) ? []
        : _graph.AdjacentEdges(parent).Where(l => l.Kind == LinkKind.Parent && ReferenceEquals(l.Source, parent)).Select(l => (Interface)l.Target).OrderBy(i => i.Order).ToList();

    /// <summary>A port leaves its bridge, and the bridge forgets what it learned there.</summary>
    internal void Leave(Interface port, Interface bridge)
    {
        bridge.Ports.Remove(port);
        foreach (var mac in bridge.Fdb.Where(e => e.Value.Port == port.Name).Select(e => e.Key).ToList()) bridge.Fdb.Remove(mac);
        port.Master = null;
        Part(bridge, port);
    }

    internal void Join(TopologyNode a, TopologyNode b, LinkKind kind) => _graph.AddEdge(new(a, b, kind));

    internal void Part(TopologyNode a, TopologyNode b)
    {
        var fewer = _graph.AdjacentDegree(a) < _graph.AdjacentDegree(b) ? a : b;
        foreach (var e in _graph.AdjacentEdges(fewer).Where(e => ReferenceEquals(e.Source, a) && ReferenceEquals(e.Target, b) || ReferenceEquals(e.Source, b) && ReferenceEquals(e.Target, a)).ToList()) _graph.RemoveEdge(e);
    }

    /// <summary>Through a namespace's own stack costs more than along its floor, so that what can be bridged is. A bridge's port has no way to the stack but by its bridge.</summary>
    private static double Weight(Link link)
    {
        if (link.Source is Interface { Up: false } || link.Target is Interface { Up: false }) return Closed;
        if (link is { Kind: LinkKind.Owns, Target: Interface { Master: not null } }) return Closed;
        return link.Kind == LinkKind.Owns ? 3 : 1;
    }
}
