using NetSim.Model.Addressing;
using NetSim.Model.Routing;
using NetSim.Model.Topology;
using NetSim.Model.Tracing;
using NetSim.Simulation.Devices;

namespace NetSim.Simulation.Stacks;

/// <summary>Decides where IPv6 packets go, and which source a sender takes. Source: linux v6.6 net/ipv6/route.c.</summary>
internal sealed class Ipv6Routes(Kernel kernel, NetworkNamespace facts, Func<string, Device?> find, RouteCache tables)
{
    private const int Most = 1 << 16;
    private readonly Dictionary<IpAddress, RouteDecision> _decisions = [];
    private readonly Dictionary<IpAddress, Interface> _local = [];
    private int _seen = -1;

    /// <summary>The decision for a destination.</summary>
    public RouteDecision Decide(IpAddress destination)
    {
        Refresh();
        if (_decisions.TryGetValue(destination, out var known)) return known;
        if (_decisions.Count >= Most) _decisions.Clear();
        return _decisions[destination] = Make(destination);
    }

    /// <summary>The decision for a packet that has to leave by one device; none when the table has no route over it.
    /// Source: linux v6.6 drivers/net/ipvlan/ipvlan_core.c ipvlan_process_v6_outbound.</summary>
    public RouteDecision Through(Device device, Frame frame)
    {
        var destination = IpAddress.Read(frame.Ip.Slice(24, 16));
        var usual = Decide(destination);
        return ReferenceEquals(usual.Out, device) || usual.Kind == RouteKind.Local ? usual : new() { Kind = RouteKind.None };
    }

    /// <summary>Is it an address of this namespace?</summary>
    public bool IsLocal(IpAddress address)
    {
        Refresh();
        return _local.ContainsKey(address);
    }

    /// <summary>The address that a device shows to a destination; null when it has none.</summary>
    public static IpAddress? AddressOn(Interface device, IpAddress destination) => Ipv6Source.On(device, destination);

    private void Refresh()
    {
        if (_seen == tables.Version6) return;
        _seen = tables.Version6;
        _decisions.Clear();
        _local.Clear();
        foreach (var i in facts.Interfaces.Where(i => i.Up))
            foreach (var a in i.Addresses.Where(a => a.Address.IsV6)) _local.TryAdd(a.Address, i);
    }

    private RouteDecision Make(IpAddress destination)
    {
        if (_local.TryGetValue(destination, out var own)) return Here(destination, own);
        if (destination.IsMulticast || destination.IsLoopback || destination.IsAny) return new() { Kind = RouteKind.None, Version = tables.Version6 };
        if (facts.Routes.Lookup(destination, name => facts.Find(name) is { Up: true }) is not { } route) return new() { Kind = RouteKind.None, Version = tables.Version6 };
        if (route.Type != RouteType.Unicast) return new() { Kind = RouteKind.Forbidden, Route = route, Version = tables.Version6, Detail = Tell(route.ToString(), null, null) };
        if (find(route.Interface) is not { } device || (route.PreferredSource ?? Ipv6Source.Of(facts, device.Facts, destination)) is not { } source) return new() { Kind = RouteKind.None, Version = tables.Version6 };
        return new()
        {
            Kind = RouteKind.Unicast,
            Out = device,
            NextHop = route.Gateway ?? destination,
            Source = source,
            Route = route,
            Version = tables.Version6,
            Detail = Tell(route.ToString(), device.Name, route.Gateway),
        };
    }

    private RouteDecision Here(IpAddress destination, Interface own) => new()
    {
        Kind = RouteKind.Local,
        Out = find("lo"),
        NextHop = destination,
        Source = destination,
        Version = tables.Version6,
        Detail = Tell($"local {destination} dev {own.Name}", "lo", null),
    };

    private int Tell(string text, string? device, IpAddress? gateway) => kernel.Recorder.On ? kernel.Recorder.Detail(new RouteDetail(text, device, gateway)) : -1;
}
