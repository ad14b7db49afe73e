using NetSim.Model.Netfilter;
using NetSim.Model.Topology;

namespace NetSim.Analysis.Explanation;

/// <summary>Walks one packet from the namespace that makes it to where its way ends, by the frozen tables: the same decisions in the same order as Linux
/// (and the simulator) takes them, without time. Source: linux v6.6 net/ipv4/ip_input.c, ip_forward.c, ip_output.c, net/bridge/br_netfilter_hooks.c.</summary>
internal sealed class PathWalk(FrozenHost host, Story? story)
{
    /// <summary>More hops than this are a circle.</summary>
    private const int MostHops = 64;

    private readonly NetfilterWalk _filter = new(story);
    private int _hops;

    /// <summary>A conversation begins.</summary>
    /// <param name="instant">When, in nanoseconds: for rules that count.</param>
    public void Begin(long instant) => _filter.Begin(instant);

    /// <summary>Sends a packet that a namespace made.</summary>
    public WalkEnd Send(FrozenStack stack, WalkedPacket packet)
    {
        _hops = 0;
        story?.Enter(stack.Space.Key, null);
        var route = stack.Decide(packet.Key.Destination);
        story?.Add("route", route.Text, origin: route.Row?.Origin);
        if (Unroutable(stack, route, null) is { } end) return end;
        var before = packet.Key.Destination;
        if (_filter.Pass(Hook.Output, stack, packet, null, route.Out) is { } stopped) return stopped;
        if (packet.Key.Destination != before)
        {
            route = stack.Decide(packet.Key.Destination);
            story?.Add("route", route.Text, origin: route.Row?.Origin);
            if (Unroutable(stack, route, null) is { } lost) return lost;
        }
        return _filter.Pass(Hook.Postrouting, stack, packet, null, route.Out) ?? Emit(stack, packet, route, null);
    }

    /// <summary>A packet from beyond an uplink comes in.</summary>
    public WalkEnd ComeIn(Interface uplink, WalkedPacket packet)
    {
        _hops = 0;
        story?.Enter("outside", null);
        story?.Add("route", $"comes in by {uplink.Name} of {uplink.Namespace.Key}");
        return Receive(host[uplink.Namespace], uplink, packet);
    }

    private static WalkEnd? Unroutable(FrozenStack stack, FrozenRoute route, string? device) => route.Kind switch
    {
        FrozenRouteKind.None => new(WalkEndKind.Unreachable, stack, device, $"{stack.Name} has no route to {route.NextHop}"),
        FrozenRouteKind.Forbidden when route.Row!.Type == Model.Routing.RouteType.Blackhole && device is not null => new(WalkEndKind.Dropped, stack, device, $"the route \"{route.Text}\" of {stack.Name} swallows it"),
        FrozenRouteKind.Forbidden => new(WalkEndKind.Unreachable, stack, device, $"the route \"{route.Text}\" of {stack.Name} refuses it"),
        _ => null,
    };

    private WalkEnd Emit(FrozenStack stack, WalkedPacket packet, FrozenRoute route, string? device)
    {
        if (++_hops > MostHops) return new(WalkEndKind.Dropped, stack, device, "it goes round in a circle until its time to live is used up");
        var output = route.Out!;
        if (output.Kind == InterfaceKind.Loopback) return Receive(stack, output, packet);
        if (route.Kind == FrozenRouteKind.Broadcast) return new(WalkEndKind.Dropped, stack, device, "broadcasts are not answered");
        var link = host.Links.Find(output, route.NextHop);
        if (link.LeavesModel) return new(WalkEndKind.Beyond, stack, device, link.Problem!);
        if (link.Receiver is not { } taker)
        {
            story?.Add("neighbour", $"{route.NextHop} is asked for on {output.Name}, and nobody answers");
            return new(WalkEndKind.Unreachable, stack, device, $"{link.Problem}, so {stack.Name} gives up after three ARP questions") { SendsError = true };
        }
        story?.Add("neighbour", $"{route.NextHop} is at {taker.Mac} ({host[taker.Namespace].Name} {taker.Name}), out by {output.Name}");
        packet.Leave();
        foreach (var bridge in link.Bridges)
            if (Bridge(bridge, packet, ref taker) is { } end) return end;
        return Receive(host[taker.Namespace], taker, packet);
    }

    /// <summary>A bridge passes the frame on; where it shows packets to iptables, PREROUTING, FORWARD and POSTROUTING are asked with the bridge as both interfaces.</summary>
    private WalkEnd? Bridge(Interface bridge, WalkedPacket packet, ref Interface taker)
    {
        var stack = host[bridge.Namespace];
        story?.Enter(bridge.Namespace.Key, bridge.Name);
        story?.Add("bridge", $"{bridge.Name} passes it on to {host[taker.Namespace].Name} {taker.Name}");
        if (!stack.BridgeCalls(packet.Family)) return null;
        var before = packet.Key.Destination;
        if (_filter.Pass(Hook.Prerouting, stack, packet, bridge, null) is { } end) return end;
        if (packet.Key.Destination != before)
        {
            packet.Prerouted = true; // translated: the bridge's own namespace routes it
            taker = bridge;
            return null;
        }
        var ended = _filter.Pass(Hook.Forward, stack, packet, bridge, bridge) ?? _filter.Pass(Hook.Postrouting, stack, packet, bridge, bridge);
        packet.Leave();
        return ended;
    }

    private WalkEnd Receive(FrozenStack stack, Interface device, WalkedPacket packet)
    {
        bool hooked = packet.Prerouted;
        if (!hooked) story?.Enter(stack.Space.Key, device.Name);
        packet.Prerouted = false;
        if (!hooked && _filter.Pass(Hook.Prerouting, stack, packet, device, null) is { } stopped) return stopped;
        if (Martian(stack, device, packet) is { } martian) return martian;
        var route = stack.Decide(packet.Key.Destination);
        if (route.Kind is FrozenRouteKind.Local or FrozenRouteKind.Broadcast)
            return _filter.Pass(Hook.Input, stack, packet, device, null) ?? new(WalkEndKind.Arrived, stack, device.Name);
        if (!stack.Forwards(packet.Family)) return new(WalkEndKind.Dropped, stack, device.Name, $"{packet.Key.Destination} is no address of {stack.Name}, which passes nothing on ({(packet.Key.Destination.IsV6 ? "net.ipv6.conf.all.forwarding" : "net.ipv4.ip_forward")} is 0)");
        if (Unroutable(stack, route, device.Name) is { } end) return end;
        return Forward(stack, device, packet, route);
    }

    private WalkEnd Forward(FrozenStack stack, Interface device, WalkedPacket packet, FrozenRoute route)
    {
        story?.Add("forward", $"{route.Text} (came in by {device.Name})", origin: route.Row?.Origin);
        if (--packet.TimeToLive <= 0) return new(WalkEndKind.Unreachable, stack, device.Name, "its time to live is used up");
        return _filter.Pass(Hook.Forward, stack, packet, device, route.Out) ?? _filter.Pass(Hook.Postrouting, stack, packet, device, route.Out) ?? Emit(stack, packet, route, device.Name);
    }

    /// <summary>Source: linux v6.6 net/ipv4/fib_frontend.c fib_validate_source, route.c ip_route_input_slow.</summary>
    private static WalkEnd? Martian(FrozenStack stack, Interface device, WalkedPacket packet)
    {
        if (device.Kind == InterfaceKind.Loopback || packet.Key.Destination.IsV6) return null;
        var source = packet.Source;
        if ((packet.Key.Destination.IsLoopback || source.IsLoopback) && !stack.RoutesLocalnet(device.Name))
            return new(WalkEndKind.Dropped, stack, device.Name, $"127.0.0.0/8 does not pass {device.Name} (net.ipv4.conf.{device.Name}.route_localnet is 0)");
        int filter = stack.ReversePathFilter(device.Name);
        if (filter == 0) return null;
        var back = stack.Decide(source);
        bool wrong = back.Kind is FrozenRouteKind.None or FrozenRouteKind.Forbidden || filter == 1 && back.Kind == FrozenRouteKind.Unicast && !ReferenceEquals(back.Out, device);
        return wrong ? new(WalkEndKind.Dropped, stack, device.Name, $"rp_filter of {device.Name} is {filter}, and the way back to {source} is {(back.Out is { } o ? "by " + o.Name : "not known")}") : null;
    }
}
