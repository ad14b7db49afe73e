using NetSim.Docker.Books;
using NetSim.Model.Addressing;
using NetSim.Model.Routing;
using NetSim.Model.Tracing;

namespace NetSim.Docker.Networks;

/// <summary>Which of a container's networks gives the default route: higher gw-priority, internal networks last, the network whose name sorts first.
/// Source: moby v28.5.2 libnetwork/sandbox.go Less, default_gateway.go; recorded in 13-multihome-order.</summary>
internal static class GatewayChoice
{
    /// <summary>Endpoints in the order in which they are asked (also for names).</summary>
    public static IReadOnlyList<Endpoint> Sorted(Sandbox sandbox) => sandbox.Endpoints
        .OrderByDescending(e => e.Settings.GatewayPriority)
        .ThenBy(e => e.Network.Internal)
        .ThenByDescending(e => (e.Network.V4 is null ? 0 : 1) + (e.Network.V6 is null ? 0 : 1))
        .ThenBy(e => e.Network.Name, StringComparer.Ordinal)
        .ToList();

    /// <summary>The address an endpoint's containers send to, or null.</summary>
    public static IpAddress? GatewayOf(Daemon d, Endpoint e, bool v6)
    {
        // Up to 24 an internal network that stands alone does give a default route. Recorded in 13-multihome-order, 21.
        if (e.Network.Internal && (d.Version.AtLeast(25) || e.Network.HasParent)) return null;
        if (e.Network.DriverInternal || e.Network.IsLayer3 || (v6 ? e.V6 : e.V4) is not { } own) return null;
        var pool = e.Network.PoolOf(own);
        return pool.ContainerGateway ?? pool.Gateway;
    }

    /// <summary>Does a family's default route belong to the endpoint? From 29 also where a macvlan or ipvlan was given no gateway: then there is none at all.
    /// Source: moby v29.7.2 daemon/libnetwork/drivers/macvlan/macvlan_joinleave.go Join, ForceGw4.</summary>
    private static bool Leads(Daemon d, Endpoint e, bool v6) => GatewayOf(d, e, v6) is not null ||
        d.Version.AtLeast(29) && e.Network is { HasParent: true, IsLayer3: false, Internal: false, DriverInternal: false } && (v6 ? e.V6 : e.V4) is not null;

    /// <summary>Has the endpoint a way out of its network?</summary>
    public static bool LeadsOut(Daemon d, Endpoint e) => !e.Network.Internal && (Leads(d, e, v6: false) || Leads(d, e, v6: true) || IsOnLink(e, v6: false) || IsOnLink(e, v6: true));

    /// <summary>Brings the default routes in line with the endpoints, and the published ports to the endpoint that has the route.</summary>
    public static void Update(Daemon d, Sandbox sandbox)
    {
        UpdateRoutes(d, sandbox);
        UpdatePorts(d, sandbox);
    }

    /// <summary>The default routes alone.</summary>
    public static void UpdateRoutes(Daemon d, Sandbox sandbox)
    {
        var sorted = Sorted(sandbox);
        var wanted = Routes(d, sorted);
        foreach (var old in sandbox.DefaultRoutes.Where(r => !wanted.Contains(r)).ToList())
        {
            d.Make(new Change.RouteRemoved(sandbox.Namespace, old) { Origin = old.Origin });
            sandbox.DefaultRoutes.Remove(old);
        }
        foreach (var route in wanted.Where(r => !sandbox.DefaultRoutes.Contains(r)))
        {
            d.Make(new Change.RouteAdded(sandbox.Namespace, route) { Origin = route.Origin });
            sandbox.DefaultRoutes.Add(route);
        }
    }

    /// <summary>The published ports alone.</summary>
    public static void UpdatePorts(Daemon d, Sandbox sandbox)
    {
        var sorted = Sorted(sandbox);
        var gateway = sorted.FirstOrDefault(e => Leads(d, e, v6: false)) ?? sorted.FirstOrDefault(e => Leads(d, e, v6: true));
        if (ReferenceEquals(gateway, sandbox.Gateway)) return;
        if (sandbox.Gateway is { } before) PortPublisher.Withdraw(d, before);
        sandbox.Gateway = gateway;
        if (gateway is not null) PortPublisher.Publish(d, gateway);
    }

    private static List<Route> Routes(Daemon d, IReadOnlyList<Endpoint> sorted)
    {
        var routes = new List<Route>();
        foreach (bool v6 in new[] { false, true })
        {
            var e = sorted.FirstOrDefault(x => x.Interface.Length > 0 && (IsOnLink(x, v6) || Leads(d, x, v6)));
            if (e is null || !IsOnLink(e, v6) && GatewayOf(d, e, v6) is null) continue;
            routes.Add(new Route
            {
                Destination = v6 ? Subnet.AllV6 : Subnet.AllV4,
                Gateway = GatewayOf(d, e, v6),
                Interface = e.Interface,
                Scope = IsOnLink(e, v6) && !v6 ? "link" : "",
                Metric = v6 ? 1024 : 0,
                Origin = new(e.Container.OriginObject, "--net " + e.Network.Name, "default-gateway"),
            });
        }
        return routes;
    }

    /// <summary>An ipvlan of layer 3 has its whole world on the link. Source: moby v28.5.2 libnetwork/drivers/ipvlan/ipvlan_joinleave.go Join.</summary>
    private static bool IsOnLink(Endpoint e, bool v6) => e.Network is { IsLayer3: true, Internal: false, DriverInternal: false } && (v6 ? e.V6 : e.V4) is not null;
}
