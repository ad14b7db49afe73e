using NetSim.Model.Routing;
using NetSim.Model.Topology;
using NetSim.Model.Tracing;

namespace NetSim.Workbench.Opening;

/// <summary>What a kernel would add to the changes that an engine asks for: connected routes, and the sockets of docker-proxy.</summary>
internal static class BundleKernel
{
    /// <summary>The changes with what follows from each. Changes that ask a simulation for packets are left out.</summary>
    public static IEnumerable<Change> Follow(IEnumerable<Change> changes)
    {
        var loopbacks = new HashSet<(string, string)>();
        foreach (var c in changes)
        {
            if (c is Change.SysctlSet { Key: var key } && key.StartsWith("netsim.", StringComparison.Ordinal)) continue;
            if (c is Change.ProcessStarted { Process: var p })
            {
                if (PublishedSocket.Of(p) is { } s) yield return new Change.SocketOpened("host", s.Protocol, s.Address, s.Port, "docker-proxy") { Origin = c.Origin };
                continue;
            }
            if (c is Change.InterfaceMade { Interface.Kind: InterfaceKind.Loopback } lo) loopbacks.Add((lo.Namespace, lo.Interface.Name));
            yield return c;
            if (c is Change.AddressAdded a && !loopbacks.Contains((a.Namespace, a.Interface))) yield return Connected(a);
        }
    }

    private static Change.RouteAdded Connected(Change.AddressAdded a)
    {
        bool v4 = a.Address.Address.IsV4;
        var origin = a.Origin with { Rule = "connected-route" };
        var route = new Route { Destination = a.Address.Subnet, Interface = a.Interface, Protocol = "kernel", Scope = v4 ? "link" : "", PreferredSource = v4 ? a.Address.Address : null, Metric = v4 ? 0 : 256, Origin = origin };
        return new(a.Namespace, route) { Origin = origin };
    }
}
