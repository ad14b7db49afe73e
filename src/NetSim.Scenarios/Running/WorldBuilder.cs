using NetSim.Model.Routing;
using NetSim.Model.Topology;
using NetSim.Model.Tracing;
using NetSim.Scenarios.Worlds;

namespace NetSim.Scenarios.Running;

/// <summary>The changes that make a world: the host and the outside, joined by the uplink, and what runs outside.</summary>
internal static class WorldBuilder
{
    /// <summary>All changes in order.</summary>
    public static IEnumerable<Change> Changes(World world)
    {
        yield return new Change.NamespaceMade("host", NamespaceKind.Host, world.Host.Hostname);
        yield return new Change.NamespaceMade("outside", NamespaceKind.Outside, "outside");
        yield return new Change.VethMade("outside", Spec(world.Outside), "host", Spec(world.Host));
        foreach (var c in Site("outside", world.Outside)) yield return c;
        foreach (var c in Site("host", world.Host)) yield return c;
        int number = 0;
        foreach (var command in world.Outside.Dns.Select(d => d.ToCommand()).Concat(world.Outside.Runs)) yield return Started("outside", world.Outside, command, ++number);
        number = 0;
        foreach (var command in world.Host.Dns.Select(d => d.ToCommand()).Concat(world.Host.Runs)) yield return Started("host", world.Host, command, ++number);
    }

    private static InterfaceSpec Spec(SiteSpec site) => new() { Name = site.Interface, Index = site.Index, Kind = InterfaceKind.Veth, Mac = site.Mac };

    private static IEnumerable<Change> Site(string key, SiteSpec site)
    {
        foreach (var (path, text) in site.Files) yield return new Change.FileWritten(key, path, text);
        foreach (var (name, value) in site.Sysctls) yield return new Change.SysctlSet(key, name, value);
        foreach (var a in site.Addresses) yield return new Change.AddressAdded(key, site.Interface, a, NoDad: true);
        yield return new Change.InterfaceChanged(key, site.Interface, Up: true);
        foreach (var r in site.Routes) yield return new Change.RouteAdded(key, Complete(r, site));
    }

    /// <summary>A route without an interface goes by the uplink; what `ip -6 route add` makes has metric 1024.</summary>
    private static Route Complete(Route route, SiteSpec site) => route with
    {
        Interface = route.Interface.Length == 0 && route.Type == RouteType.Unicast ? site.Interface : route.Interface,
        Metric = route.Metric == 0 && route.Destination.Address.IsV6 ? 1024 : route.Metric,
    };

    private static Change Started(string key, SiteSpec site, IReadOnlyList<string> command, int number) =>
        new Change.ProcessStarted(new ProcessSpec { Id = $"{key}:{number}", Namespace = key, Arguments = command, Image = site.Image, Hostname = site.Hostname });
}
