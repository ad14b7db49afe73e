using System.Buffers.Binary;
using NetSim.Model.Addressing;
using NetSim.Model.Routing;
using NetSim.Model.Topology;
using NetSim.Model.Tracing;
using NetSim.Simulation.Devices;

namespace NetSim.Simulation.Stacks;

/// <summary>Decides where IPv4 packets go, by the namespace's live addresses and routes, and remembers each decision until one of them changes.</summary>
internal sealed class RouteCache
{
    private const int Most = 1 << 16;
    private readonly Dictionary<uint, RouteDecision> _decisions = [];
    private readonly Recent<RouteDecision> _recent = new();
    private readonly Dictionary<(RoutingRule?, uint), RouteDecision> _ruled = [];
    private readonly Dictionary<uint, Interface> _local = [];
    private readonly Dictionary<uint, Interface> _broadcast = [];
    private readonly Kernel _kernel;
    private readonly NetworkNamespace _facts;
    private readonly Func<string, Device?> _find;
    private bool _stale = true;

    public RouteCache(Kernel kernel, NetworkNamespace facts, Func<string, Device?> find)
    {
        (_kernel, _facts, _find) = (kernel, facts, find);
        V6 = new(kernel, facts, find, this);
    }

    /// <summary>The same for IPv6.</summary>
    public Ipv6Routes V6 { get; }

    /// <summary>Counts changes of the tables of IPv4.</summary>
    public int Version { get; private set; }

    /// <summary>Counts changes of the tables of both families.</summary>
    public int Version6 { get; private set; }

    /// <summary>Forgets all decisions: an address, a route or an interface changed.</summary>
    public void Changed()
    {
        Version++;
        Version6++;
        _stale = true;
    }

    /// <summary>The same, where it concerns IPv6 alone.</summary>
    public void V6Changed() => Version6++;

    /// <summary>The decision for a destination.</summary>
    public RouteDecision Decide(uint destination)
    {
        if (_stale) Refresh();
        if (_recent.Find(destination) is { } last) return last;
        if (!_decisions.TryGetValue(destination, out var known))
        {
            if (_decisions.Count >= Most) _decisions.Clear();
            known = _decisions[destination] = Make(destination);
        }
        _recent.Keep(destination, known);
        return known;
    }

    /// <summary>The decision for a packet whose source is known: as <see cref="Decide(uint)"/>, but that rules of policy routing may look at the source and at the interface it came in by ("lo": none).</summary>
    public RouteDecision Decide(uint destination, uint source, string input = "lo")
    {
        var usual = Decide(destination);
        if (_facts.RoutingRules.Count == 0 || usual.Kind is RouteKind.Local or RouteKind.Broadcast) return usual;
        var (address, from) = (IpAddress.FromV4(destination), IpAddress.FromV4(source));
        var rule = _facts.RoutingRules.Find(r => r.Holds(from, address, input) && Find(_facts.Table(r.Table), address) is not null);
        return Made(address, rule);
    }

    /// <summary>The decision for a destination of either family.</summary>
    public RouteDecision Decide(IpAddress destination) => destination.IsV6 ? V6.Decide(destination) : Decide(destination.V4);

    /// <summary>The decision for a packet that has to leave by one device: a route over it, else its link is taken to hold the destination.
    /// Source: linux v6.6 drivers/net/ipvlan/ipvlan_core.c ipvlan_process_v4_outbound, net/ipv4/route.c ip_route_output_key_hash_rcu.</summary>
    public RouteDecision Through(Device device, Frame frame)
    {
        uint destination = BinaryPrimitives.ReadUInt32BigEndian(frame.Ip[16..]);
        var usual = Decide(destination);
        if (ReferenceEquals(usual.Out, device) || usual.Kind == RouteKind.Local && device.Facts.Addresses.Exists(a => a.Address.IsV4 && a.Address.V4 == destination)) return usual;
        var route = _facts.Routes.Lookup(IpAddress.FromV4(destination), name => name == device.Name);
        return new()
        {
            Kind = RouteKind.Unicast,
            Out = device,
            NextHop = route?.Gateway ?? IpAddress.FromV4(destination),
            Route = route,
            Version = Version,
            Detail = Tell(route?.ToString() ?? $"{IpAddress.FromV4(destination)} dev {device.Name} scope link", device.Name, route?.Gateway),
        };
    }

    /// <summary>Is it an address of this namespace?</summary>
    public bool IsLocal(uint address)
    {
        if (_stale) Refresh();
        return address >> 24 == 127 || _local.ContainsKey(address);
    }

    /// <summary>The address a device would show to a neighbour: the one whose subnet has the target in it, else its first.</summary>
    public static uint AddressOn(Interface device, uint target)
    {
        var v4 = device.Addresses.Where(a => a.Address.IsV4).ToList();
        foreach (var a in v4)
            if (a.Subnet.Contains(IpAddress.FromV4(target))) return a.Address.V4;
        return v4.Count > 0 ? v4[0].Address.V4 : 0;
    }

    private void Refresh()
    {
        _stale = false;
        _decisions.Clear();
        _ruled.Clear();
        _recent.Clear();
        _local.Clear();
        _broadcast.Clear();
        foreach (var i in _facts.Interfaces.Where(i => i.Up))
            foreach (var a in i.Addresses.Where(a => a.Address.IsV4))
            {
                _local.TryAdd(a.Address.V4, i);
                if (a.PrefixLength < 31) _broadcast.TryAdd(a.Subnet.Last.V4, i);
            }
    }

    private RouteDecision Make(uint destination)
    {
        var address = IpAddress.FromV4(destination);
        if (_local.TryGetValue(destination, out var own)) return Here(destination, own);
        if (address.IsLoopback && _facts.Find("lo") is { Up: true } lo) return Here(destination, lo);
        if (_broadcast.TryGetValue(destination, out var link)) return OnLink(RouteKind.Broadcast, destination, link);
        return Made(address, _facts.RoutingRules.Find(r => r.Holds(null, address, "lo") && Find(_facts.Table(r.Table), address) is not null));
    }

    private Route? Find(RoutingTable table, IpAddress address) => table.Lookup(address, name => _facts.Find(name) is { Up: true });

    /// <summary>The decision that the table of a rule gives, or the main one's; one for each rule and destination, so that what is learned of the way stays with it.</summary>
    private RouteDecision Made(IpAddress address, RoutingRule? rule)
    {
        if (_ruled.TryGetValue((rule, address.V4), out var known)) return known;
        if (_ruled.Count >= Most) _ruled.Clear();
        return _ruled[(rule, address.V4)] = Of(address, Find(rule is null ? _facts.Routes : _facts.Table(rule.Table), address));
    }

    private RouteDecision Of(IpAddress address, Route? route)
    {
        if (route is null) return new() { Kind = RouteKind.None, Version = Version };
        if (route.Type != RouteType.Unicast) return new() { Kind = RouteKind.Forbidden, Route = route, Version = Version, Detail = Tell(route.ToString(), null, null) };
        if (_find(route.Interface) is not { } device) return new() { Kind = RouteKind.None, Version = Version };
        uint hop = route.Gateway is { IsV4: true } g ? g.V4 : address.V4;
        return new()
        {
            Kind = address.IsMulticast ? RouteKind.Multicast : address.IsLimitedBroadcast ? RouteKind.Broadcast : RouteKind.Unicast,
            Out = device,
            NextHop = IpAddress.FromV4(hop),
            Source = route.PreferredSource ?? IpAddress.FromV4(SourceOn(device.Facts, hop)),
            Route = route,
            Version = Version,
            Detail = Tell(route.ToString(), device.Name, route.Gateway),
        };
    }

    /// <summary>An address of the device, else any of the namespace's (a route over a device without an address).</summary>
    private uint SourceOn(Interface device, uint hop) => AddressOn(device, hop) is var own && own != 0 ? own
        : _facts.Interfaces.Where(i => i.Up && i.Kind != InterfaceKind.Loopback).Select(i => AddressOn(i, hop)).FirstOrDefault(a => a != 0);

    private RouteDecision Here(uint destination, Interface own) => new()
    {
        Kind = RouteKind.Local,
        Out = _find("lo"),
        NextHop = IpAddress.FromV4(destination),
        Source = destination >> 24 == 127 && !_local.ContainsKey(destination) ? IpAddress.LoopbackV4 : Primary(own, IpAddress.FromV4(destination)),
        Version = Version,
        Detail = Tell($"local {IpAddress.FromV4(destination)} dev {own.Name}", "lo", null),
    };

    /// <summary>A second address of a subnet is reached with the first as source. Source: linux v6.6 net/ipv4/fib_frontend.c fib_add_ifaddr (prim).</summary>
    private static IpAddress Primary(Interface own, IpAddress address)
    {
        int at = own.Addresses.FindIndex(a => a.Address == address);
        return at < 0 ? address : own.Addresses.Find(a => a.Address.IsV4 && a.Subnet == own.Addresses[at].Subnet).Address;
    }

    private RouteDecision OnLink(RouteKind kind, uint destination, Interface link) => new()
    {
        Kind = kind,
        Out = _find(link.Name),
        NextHop = IpAddress.FromV4(destination),
        Source = IpAddress.FromV4(AddressOn(link, destination)),
        Version = Version,
        Detail = Tell($"broadcast {IpAddress.FromV4(destination)} dev {link.Name}", link.Name, null),
    };

    private int Tell(string text, string? device, IpAddress? gateway) => _kernel.Recorder.On ? _kernel.Recorder.Detail(new RouteDetail(text, device, gateway)) : -1;
}
