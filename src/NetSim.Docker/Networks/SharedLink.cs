using NetSim.Docker.Books;
using NetSim.Model.Topology;
using NetSim.Model.Tracing;

namespace NetSim.Docker.Networks;

/// <summary>The macvlan or ipvlan of an endpoint: made on its parent in the host's namespace, then moved into the container, keeping its number.
/// Source: moby v28.5.2 libnetwork/drivers/macvlan/macvlan_setup.go createMacVlan, ipvlan/ipvlan_setup.go createIPVlan; Linux v6.6 drivers/net/macvlan.c macvlan_common_newlink.</summary>
internal static class SharedLink
{
    /// <summary>Makes it.</summary>
    /// <exception cref="DaemonException">The kernel does not let it be made.</exception>
    public static void Make(Daemon d, Endpoint e)
    {
        var n = e.Network;
        if (d.Host.Lacks.Contains(n.Driver)) throw Refused(n, "operation not supported");
        if (!d.Host.Interfaces.Any(i => i.Name == n.Interface) && !n.MadeParent)
            throw new DaemonException($"the requested parent interface {n.Interface} was not found on the Docker host");
        foreach (var other in Beside(d, e))
        {
            if (other.Network.Driver != n.Driver) throw Refused(n, "device or resource busy");
            if (Mode(n) == "passthru" || Mode(other.Network) == "passthru") throw Refused(n, "invalid argument");
        }
        e.TemporaryName = d.Ids.NewVeth();
        d.Make(new Change.InterfaceMade("host", Spec(d, e)) { Origin = new(e.Container.OriginObject, "--net " + n.Name, n.Driver + "-link") });
    }

    /// <summary>Has another macvlan of the parent this MAC address? Then the kernel does not take it. Source: Linux v6.6 drivers/net/macvlan.c macvlan_addr_busy.</summary>
    public static bool IsMacTaken(Daemon d, Endpoint e) => e.Network.Driver == "macvlan" && Beside(d, e).Any(o => o.Interface.Length > 0 && o.Mac == e.Mac);

    /// <summary>Endpoints on the same parent, whose devices exist.</summary>
    private static IEnumerable<Endpoint> Beside(Daemon d, Endpoint e) => d.Networks.All.Where(n => n.HasParent && n.Interface == e.Network.Interface)
        .SelectMany(n => n.Endpoints).Where(o => !ReferenceEquals(o, e) && o.TemporaryName.Length > 0);

    private static InterfaceSpec Spec(Daemon d, Endpoint e) => new()
    {
        Name = e.TemporaryName,
        Index = d.Numbers.Next(),
        Kind = e.Network.Driver == "macvlan" ? InterfaceKind.Macvlan : InterfaceKind.Ipvlan,
        Mac = e.Network.Driver == "macvlan" && Mode(e.Network) != "passthru" ? d.Ids.NewMac() : default,
        Mtu = 0,
        Parent = e.Network.Interface,
        Mode = Mode(e.Network),
        ModeFlag = e.Network.Driver == "macvlan" ? "" : d.Version.AtLeast(23) && e.Network.Options.GetValueOrDefault(NetworkOptions.IpvlanFlag) is { Length: > 0 } flag ? flag : "bridge",
    };

    private static string Mode(Network n) => n.Driver == "macvlan"
        ? n.Options.GetValueOrDefault(NetworkOptions.MacvlanMode) is { Length: > 0 } mode ? mode : "bridge"
        : n.Options.GetValueOrDefault(NetworkOptions.IpvlanMode) is { Length: > 0 } layer ? layer : "l2";

    private static DaemonException Refused(Network n, string why) => new($"failed to create the {n.Driver} port: {why}");
}
