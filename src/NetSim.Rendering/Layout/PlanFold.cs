using NetSim.Model.Topology;
using NetSim.Model.Tracing;
using NetSim.Rendering.Stories;

namespace NetSim.Rendering.Layout;

/// <summary>Reads from a trace what has a place at any time of it.</summary>
internal sealed class PlanFold
{
    private readonly MapPlan _plan = new();
    private readonly Topology _topology = new();
    private readonly Dictionary<string, PlanCard> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PlanRoom> _rooms = new(StringComparer.Ordinal);

    /// <summary>The plan of a trace. Where it doesn't say which address an interface has, the frames do.</summary>
    public static MapPlan Of(ITraceReader trace, TraceIndex? index = null)
    {
        var fold = new PlanFold();
        bool dirty = false;
        foreach (var (_, row) in trace.Rows())
        {
            if (row.Kind != StepKind.Changed)
            {
                if (dirty) fold.Survey();
                dirty = false;
                continue;
            }
            var change = trace.Change(row.A);
            if (Removes(change) && dirty) fold.Survey();
            fold._topology.Apply(change);
            dirty |= Concerns(change);
            if (change is Change.EndpointSet or Change.ContainerSet) fold.Survey();
        }
        fold.Survey();
        if (index is not null) LearnedAddresses.Fill(fold._plan, index);
        return fold.Finished();
    }

    private static bool Removes(Change c) => c is Change.NamespaceRemoved or Change.InterfaceRemoved or Change.EndpointRemoved or Change.ContainerRemoved or Change.NetworkRemoved
        or Change.RuleRemoved or Change.RouteRemoved;

    private static bool Concerns(Change c) => c is Change.NamespaceMade or Change.InterfaceMade or Change.VethMade or Change.InterfaceMoved or Change.InterfaceChanged
        or Change.AddressAdded or Change.NetworkSet or Change.ContainerSet or Change.EndpointSet or Change.RouteAdded or Change.RuleAdded || Removes(c);

    private void Survey()
    {
        foreach (var network in _topology.Networks) Network(network);
        foreach (var container in _topology.Containers) Container(container);
        foreach (var space in _topology.Namespaces)
        {
            if (space.Kind == NamespaceKind.Container) Space(space);
            if (space.Kind == NamespaceKind.Host) Host(space);
        }
    }

    private void Network(NetworkFacts network)
    {
        if (network.Driver is "host" or "null" or "none") return;
        var room = Room(network.Name);
        room.Bridge = network.Interface ?? room.Bridge;
        room.IsDefault = network.Name == "bridge";
        room.Kind = room.IsDefault ? "the default network" : network.Internal ? $"internal {network.Driver} network" : $"{network.Driver} network";
        room.Subnets = string.Join("  ", network.Subnets);
        room.Gateway = network.Gateways.Count > 0 ? network.Gateways[0].ToString() : "";
    }

    private PlanRoom Room(string name)
    {
        if (_rooms.TryGetValue(name, out var there)) return there;
        var room = new PlanRoom { Name = name, Order = _rooms.Count };
        _rooms.Add(name, room);
        _plan.Rooms.Add(room);
        return room;
    }

    private void Container(ContainerFacts facts)
    {
        string id = facts.Id.Length > 0 ? facts.Id : facts.Name;
        // A bundle tells of the namespace first, and then whose it is: the card that stands there already is the container's.
        if (_plan.ByNamespace.TryGetValue(facts.Namespace, out var standing) && standing.Key == facts.Namespace) _byId.TryAdd(id, standing);
        var card = Card(id);
        card.Name = facts.Name;
        card.Image = facts.Image;
        if (facts.Namespace.Length > 0 && _topology.Find(facts.Namespace) is { Kind: NamespaceKind.Container } && !_plan.ByNamespace.ContainsKey(facts.Namespace))
            _plan.ByNamespace[facts.Namespace] = card;
        foreach (var endpoint in _topology.Endpoints.Where(e => e.Container == facts.Name && _rooms.ContainsKey(e.Network)))
        {
            var foot = Foot(_plan.ByNamespace.GetValueOrDefault(endpoint.Namespace, card), _rooms[endpoint.Network]);
            if (endpoint.Interface.Length > 0) foot.Interface = endpoint.Interface;
            if (endpoint.Mac != default) foot.Mac = endpoint.Mac;
            Addresses(foot, endpoint.Addresses);
        }
    }

    private PlanCard Card(string id)
    {
        if (_byId.TryGetValue(id, out var there)) return there;
        var card = new PlanCard { Key = id, Order = _byId.Count };
        _byId.Add(id, card);
        _plan.Cards.Add(card);
        return card;
    }

    private void Space(NetworkNamespace space)
    {
        if (!_plan.ByNamespace.TryGetValue(space.Key, out var card))
        {
            var owner = _topology.Containers.Find(c => c.Namespace == space.Key) ?? _topology.Containers.Find(c => c.Namespace.Length == 0 && c.Name == space.Label);
            card = Card(owner is null ? space.Key : owner.Id.Length > 0 ? owner.Id : owner.Name);
            card.Name = owner?.Name ?? space.Label;
            _plan.ByNamespace[space.Key] = card;
        }
        foreach (var i in space.Interfaces.Where(i => i.Kind != InterfaceKind.Loopback))
        {
            if (RoomOf(i) is not { } room) continue;
            var foot = Foot(card, room);
            foot.Interface = i.Name;
            foot.HostEnd = i.Peer is { Namespace.Kind: NamespaceKind.Host } peer ? peer.Name : foot.HostEnd;
            if (i.Mac != default) foot.Mac = i.Mac;
            Addresses(foot, i.Addresses);
        }
    }

    private PlanRoom? RoomOf(Interface i)
    {
        var endpoint = _topology.Endpoints.Find(e => e.Namespace == i.Namespace.Key && e.Interface == i.Name);
        if (endpoint is not null && _rooms.TryGetValue(endpoint.Network, out var room)) return room;
        string? floor = i.Peer?.Master?.Name ?? i.Parent?.Name;
        if (floor is null) return null;
        if (_plan.Rooms.Find(r => r.Bridge == floor) is { } known) return known;
        var made = Room(floor);
        made.Bridge = floor;
        made.Kind = i.Parent is null ? "bridge" : "parent interface";
        return made;
    }

    private static PlanFoot Foot(PlanCard card, PlanRoom room)
    {
        if (card.Feet.Find(f => ReferenceEquals(f.Room, room)) is { } there) return there;
        var foot = new PlanFoot { Card = card, Room = room };
        card.Feet.Add(foot);
        room.Feet.Add(foot);
        return foot;
    }

    private static void Addresses(PlanFoot foot, IReadOnlyList<Model.Addressing.InterfaceAddress> addresses)
    {
        foreach (var a in addresses)
        {
            if (a.Address.IsV4) foot.Address ??= a.Address;
            else if (!a.Address.IsLinkLocal) foot.Address6 ??= a.Address;
        }
    }

    private void Host(NetworkNamespace host)
    {
        _plan.HostKey = host.Key;
        _plan.Routes = Math.Max(_plan.Routes, Lobby.Routes(host).Count);
        _plan.Doors = Math.Max(_plan.Doors, Lobby.Doors(_topology).Count);
        _plan.Tables = Math.Max(_plan.Tables, Lobby.Tables(host).Count);
        var up = host.Interfaces.Find(i => i.Peer is { Namespace.Kind: NamespaceKind.Outside })
            ?? host.Interfaces.Find(i => i.Kind is InterfaceKind.Physical or InterfaceKind.Veth && i.Peer is null && i.Master is null);
        var outside = _topology.Namespaces.FirstOrDefault(n => n.Kind == NamespaceKind.Outside);
        if (up is not null) _plan.Outside ??= new(outside?.Key ?? "outside", up.Name);
    }

    private MapPlan Finished()
    {
        foreach (var room in _plan.Rooms)
        {
            var ordered = room.Feet.OrderBy(f => f.Address is null && f.Address6 is null).ThenBy(f => f.Address ?? f.Address6 ?? default).ThenBy(f => f.Card.Order).ToList();
            room.Feet.Clear();
            room.Feet.AddRange(ordered);
        }
        var rooms = _plan.Rooms.OrderBy(r => r.IsDefault).ThenBy(r => r.Order).ToList();
        _plan.Rooms.Clear();
        _plan.Rooms.AddRange(rooms);
        return _plan;
    }
}
