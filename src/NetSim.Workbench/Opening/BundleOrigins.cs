using NetSim.Model.Addressing;
using NetSim.Model.Netfilter;
using NetSim.Model.Packets;
using NetSim.Model.Topology;
using NetSim.Model.Tracing;

namespace NetSim.Workbench.Opening;

/// <summary>Gives what a host really has the origin of what its engine would have made, where the two are the same; what matches nothing is not Docker's.</summary>
internal sealed class BundleOrigins
{
    private readonly Dictionary<(string Space, IpFamily Family, string Table, string Chain, string Rule), Queue<Origin>> _rules = [];
    private readonly Dictionary<(string Space, IpFamily Family, string Table, string Chain), Origin> _chains = [];
    private readonly Dictionary<(string Space, IpAddress Address), (Origin Origin, string Text)> _addresses = [];
    private readonly Dictionary<(string Space, Subnet Destination, IpAddress? Gateway), Origin> _routes = [];
    private readonly Dictionary<(string Space, string Name), Origin> _interfaces = [];
    private readonly Dictionary<(string Owner, string Path), Origin> _files = [];
    private readonly Dictionary<(IpProtocol, IpAddress, Port), Origin> _sockets = [];
    private readonly Dictionary<string, Origin> _books = new(StringComparer.Ordinal);
    private readonly List<(string Space, InterfaceAddress Address, Origin Origin)> _seen = [];
    private readonly HashSet<(string Space, IpAddress Address)> _metAddresses = [];
    private readonly HashSet<(string Space, Subnet Destination, IpAddress? Gateway)> _metRoutes = [];

    /// <summary>Learns what the engine would have made.</summary>
    public BundleOrigins(IEnumerable<Change> expected)
    {
        foreach (var c in expected) Learn(c);
    }

    /// <summary>A change of the real host, with its origin.</summary>
    public Change Mark(Change c) => c switch
    {
        Change.RuleAdded r => Rule(r),
        Change.ChainSet s => c with { Origin = s.Policy is null ? _chains.GetValueOrDefault((s.Namespace, s.Family, s.Table, s.Chain), Origin.NotDockers) : _chains.GetValueOrDefault((s.Namespace, s.Family, s.Table, s.Chain), Origin.Kernel) },
        Change.AddressAdded a => Address(a),
        Change.RouteAdded r => Route(r),
        Change.VethMade v => Interface(c, v.PeerNamespace, v.Peer.Name, v.PeerNamespace == "host" ? Origin.NotDockers : new($"container {v.PeerNamespace}", "", "veth-pair"), v.Interface.Name),
        Change.InterfaceMade i => Interface(c, i.Namespace, i.Interface.Name, i.Interface.Kind == InterfaceKind.Loopback ? Origin.Kernel : _interfaces.GetValueOrDefault((i.Namespace, i.Interface.Name), Origin.NotDockers), null),
        Change.InterfaceChanged i => c with { Origin = _interfaces.GetValueOrDefault((i.Namespace, i.Name), Origin.NotDockers) },
        Change.FileWritten f => c with { Origin = _files.GetValueOrDefault((f.Owner, f.Path), Origin.NotDockers) },
        Change.SocketOpened s => c with { Origin = _sockets.GetValueOrDefault((s.Protocol, s.Address, s.Port), Origin.NotDockers) },
        Change.NetworkSet or Change.ContainerSet or Change.EndpointSet or Change.LeaseMade or Change.NamePublished or Change.ResolverSet or Change.NamespaceMade or Change.SysctlSet =>
            c with { Origin = _books.GetValueOrDefault(Key(c), Origin.Kernel) },
        _ => c,
    };

    /// <summary>What the engine would have made and the host does not have, of the tables that are known.</summary>
    /// <param name="knowsRules">Are the rules of a namespace and family known, those of iptables or (true) those of nft?</param>
    /// <param name="knowsTables">Are the addresses and routes of a namespace known?</param>
    public IEnumerable<MissingPart> Missing(Func<string, IpFamily, bool, bool> knowsRules, Func<string, bool> knowsTables)
    {
        foreach (var (key, left) in _rules.Where(r => knowsRules(r.Key.Space, r.Key.Family, r.Key.Table.Contains(' ', StringComparison.Ordinal))))
            foreach (var origin in left) yield return new("rule", $"{key.Space} {(key.Table.Contains(' ', StringComparison.Ordinal) ? "nft" : key.Family == IpFamily.V4 ? "iptables" : "ip6tables")} {key.Table} {key.Chain}", key.Rule, origin);
        foreach (var (key, (origin, text)) in _addresses.Where(a => knowsTables(a.Key.Space) && !_metAddresses.Contains(a.Key))) yield return new("address", key.Space, text, origin);
        foreach (var (key, origin) in _routes.Where(r => knowsTables(r.Key.Space) && !_metRoutes.Contains(r.Key)))
            yield return new("route", key.Space, $"{key.Destination}{(key.Gateway is { } g ? $" via {g}" : "")}", origin);
    }

    private void Learn(Change c)
    {
        switch (c)
        {
            case Change.RuleAdded { Namespace: not "host" } or Change.RuleRemoved { Namespace: not "host" }: break;
            case Change.RuleAdded r: Queue(r).Enqueue(r.Rule.Origin); break;
            case Change.RuleRemoved r: Forget(r); break;
            case Change.ChainSet s: _chains[(s.Namespace, s.Family, s.Table, s.Chain)] = c.Origin; break;
            case Change.AddressAdded a: _addresses[(a.Namespace, a.Address.Address)] = (a.Origin, $"{a.Address} on {a.Interface}"); break;
            case Change.RouteAdded r: _routes[(r.Namespace, r.Route.Destination, r.Route.Gateway)] = r.Origin; break;
            case Change.RouteRemoved r: _routes.Remove((r.Namespace, r.Route.Destination, r.Route.Gateway)); break;
            case Change.InterfaceMade i: _interfaces[(i.Namespace, i.Interface.Name)] = c.Origin; break;
            case Change.FileWritten f: _files[(f.Owner, f.Path)] = c.Origin; break;
            case Change.ProcessStarted { Process: var p } when PublishedSocket.Of(p) is { } socket: _sockets[(socket.Protocol, socket.Address, socket.Port)] = c.Origin; break;
            default: if (Key(c) is { Length: > 0 } key) _books[key] = c.Origin; break;
        }
    }

    private static string Key(Change c) => c switch
    {
        Change.NetworkSet n => $"network {n.Network.Name}",
        Change.ContainerSet n => $"container {n.Container.Name}",
        Change.EndpointSet e => $"endpoint {e.Endpoint.Container} {e.Endpoint.Network}",
        Change.LeaseMade l => $"lease {l.Network} {l.Address}",
        Change.NamePublished n => $"name {n.Name.Network} {n.Name.Container} {n.Name.Name} {n.Name.Address}",
        Change.ResolverSet r => $"resolver {r.Namespace}",
        Change.NamespaceMade n => $"namespace {n.Namespace}",
        Change.SysctlSet s => $"sysctl {s.Namespace} {s.Key}",
        _ => "",
    };

    private Queue<Origin> Queue(Change.RuleAdded r)
    {
        var key = (r.Namespace, r.Family, r.Table, r.Chain, r.Rule.ToString());
        if (!_rules.TryGetValue(key, out var queue)) _rules[key] = queue = new();
        return queue;
    }

    private void Forget(Change.RuleRemoved r)
    {
        if (_rules.TryGetValue((r.Namespace, r.Family, r.Table, r.Chain, r.Rule.ToString()), out var queue)) queue.TryDequeue(out _);
    }

    /// <summary>The container DNS listens on ports that are random: its rules in a container are known by its address.</summary>
    private Change.RuleAdded Rule(Change.RuleAdded r)
    {
        var origin = r.Namespace != "host" && r.Rule.ToString().Contains("127.0.0.11", StringComparison.Ordinal) ? new($"container {r.Namespace}", "", "resolver-nat") : Queue(r).TryDequeue(out var known) ? known : Origin.NotDockers;
        return r with { Rule = r.Rule with { Origin = origin }, Origin = origin };
    }

    private Change.AddressAdded Address(Change.AddressAdded a)
    {
        var key = (a.Namespace, a.Address.Address);
        bool kernels = a.Address.Address.IsLoopback || a.Address.Address.IsLinkLocal;
        var origin = _addresses.TryGetValue(key, out var known) ? known.Origin : kernels ? Origin.Kernel : Origin.NotDockers;
        _metAddresses.Add(key);
        _seen.Add((a.Namespace, a.Address, origin));
        return a with { Origin = origin };
    }

    /// <summary>A route that comes with an address is the address's.</summary>
    private Change.RouteAdded Route(Change.RouteAdded r)
    {
        var key = (r.Namespace, r.Route.Destination, r.Route.Gateway);
        _metRoutes.Add(key);
        Origin origin;
        if (_routes.TryGetValue(key, out var known)) origin = known;
        else if (r.Route.Protocol == "kernel") origin = _seen.Find(s => s.Space == r.Namespace && s.Address.Subnet == r.Route.Destination) is { Origin: { Object.Length: > 0 } of } && of != Origin.Kernel ? of with { Rule = "connected-route" } : Origin.Kernel;
        else origin = Origin.NotDockers;
        return r with { Route = r.Route with { Origin = origin }, Origin = origin };
    }

    private Change Interface(Change c, string space, string name, Origin origin, string? outer)
    {
        _interfaces[(space, name)] = origin;
        if (outer is not null) _interfaces[("host", outer)] = origin;
        return c with { Origin = origin };
    }
}

/// <summary>Something that the engine would have made and that is not there.</summary>
/// <param name="Kind">"rule", "address", "route".</param>
/// <param name="Place">"host iptables filter FORWARD", "web".</param>
/// <param name="Text">The rule as iptables takes it; "172.18.0.1/16 on br-app"; "0.0.0.0/0 via 172.18.0.1".</param>
/// <param name="Origin">What should have brought it.</param>
public sealed record MissingPart(string Kind, string Place, string Text, Origin Origin)
{
    /// <summary>"rule of network app is missing in host iptables filter FORWARD: -o br-app -j DOCKER".</summary>
    public override string ToString() => $"{Kind} of {Origin} is missing in {Place}: {Text}";
}
