using NetSim.Model.Addressing;
using NetSim.Model.Topology;
using NetSim.Model.Tracing;

namespace NetSim.Tests.Model.Topology;

/// <summary>A host with two bridges: web and db on "app", cache on "back".</summary>
internal static class TwoNetworks
{
    /// <summary>The changes that make it.</summary>
    public static IEnumerable<Change> Changes() =>
    [
        new Change.NamespaceMade("host", NamespaceKind.Host, "host"),
        .. Bridge("br-app"), .. Bridge("br-back"),
        .. Container("web", "vethweb", "br-app", "172.18.0.2/16"),
        .. Container("db", "vethdb", "br-app", "172.18.0.3/16"),
        .. Container("cache", "vethcache", "br-back", "172.19.0.2/16"),
    ];

    /// <summary>The state after them.</summary>
    public static NetSim.Model.Topology.Topology Build()
    {
        var topology = new NetSim.Model.Topology.Topology();
        foreach (var c in Changes()) topology.Apply(c);
        return topology;
    }

    /// <summary>A container with one interface on a bridge, as Docker plugs it in.</summary>
    public static IEnumerable<Change> Container(string name, string veth, string bridge, string address) =>
    [
        new Change.NamespaceMade(name, NamespaceKind.Container, name),
        new Change.VethMade("host", new InterfaceSpec { Name = veth, Kind = InterfaceKind.Veth }, "host", new InterfaceSpec { Name = veth + "x", Kind = InterfaceKind.Veth }),
        new Change.InterfaceChanged("host", veth, Up: true, Master: bridge),
        new Change.InterfaceMoved("host", veth + "x", name, "eth0"),
        new Change.AddressAdded(name, "eth0", InterfaceAddress.TryParse(address, out var a) ? a : default),
        new Change.InterfaceChanged(name, "eth0", Up: true),
    ];

    private static IEnumerable<Change> Bridge(string name) =>
    [
        new Change.InterfaceMade("host", new InterfaceSpec { Name = name, Kind = InterfaceKind.Bridge }),
        new Change.InterfaceChanged("host", name, Up: true),
    ];
}
