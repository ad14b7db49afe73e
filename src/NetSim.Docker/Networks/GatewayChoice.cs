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
        if (e.Network.Internal && d.Version.AtLeast(25)) return null;
        var pool = v6 ? e.Network.V6 : e.Network.V4;
        return pool is null || (v6 ? e.V6 : e.V4) is null ? null : pool.ContainerGateway ?? pool.Gateway;
    }

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
        var gateway = sorted.FirstOrDefault(e => GatewayOf(d, e, v6: false) is not null) ?? sorted.FirstOrDefault(e => GatewayOf(d, e, v6: true) is not null);
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
            var e = sorted.FirstOrDefault(x => x.Interface.Length > 0 && (IsLayer3(x) || GatewayOf(d, x, v6) is not null));
            if (e is null || (IsLayer3(e) && (v6 ? e.V6 : e.V4) is null)) continue;
            routes.Add(new Route
            {
                Destination = v6 ? Subnet.AllV6 : Subnet.AllV4,
                Gateway = IsLayer3(e) ? null : GatewayOf(d, e, v6),
                Interface = e.Interface,
                Scope = IsLayer3(e) && !v6 ? "link" : "",
                Metric = v6 ? 1024 : 0,
                Origin = new(e.Container.OriginObject, "--net " + e.Network.Name, "default-gateway"),
            });
        }
        return routes;
    }

    /// <summary>Is it an ipvlan that routes (no gateway is needed)?</summary>
    public static bool IsLayer3(Endpoint e) => e.Network.Driver == "ipvlan" && e.Network.Options.GetValueOrDefault("ipvlan_mode") is "l3" or "l3s";
}
