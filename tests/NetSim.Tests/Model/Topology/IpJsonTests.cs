using System.Text.Json.Nodes;
using NetSim.Model.Addressing;
using NetSim.Model.Routing;
using NetSim.Model.Topology;
using NetSim.Model.Tracing;
using NUnit.Framework;

namespace NetSim.Tests.Model.Topology;

/// <summary>What iproute2 printed in recorded case 01-seed of engine 20.10.24, and a topology that is the same.</summary>
public sealed class IpJsonTests
{
    private static readonly MacAddress BridgeMac = MacAddress.Parse("02:42:f1:61:5f:fe");

    private static NetSim.Model.Topology.Topology Host(bool plugged)
    {
        var t = new NetSim.Model.Topology.Topology();
        t.Apply(new Change.NamespaceMade("host", NamespaceKind.Host, "host"));
        t.Apply(new Change.InterfaceMade("host", new() { Name = "br-44727af98641", Index = 4, Kind = InterfaceKind.Bridge, Mac = BridgeMac }));
        t.Apply(new Change.InterfaceChanged("host", "br-44727af98641", Up: true));
        t.Apply(new Change.AddressAdded("host", "br-44727af98641", new(IpAddress.Parse("172.18.0.1"), 16)));
        t.Apply(new Change.AddressAdded("host", "br-44727af98641", new(IpAddress.Parse("fe80::42:f1ff:fe61:5ffe"), 64)));
        t.Apply(new Change.RouteAdded("host", new Route { Destination = Subnet.Parse("172.18.0.0/16"), Interface = "br-44727af98641", Protocol = "kernel", Scope = "link", PreferredSource = IpAddress.Parse("172.18.0.1") }));
        if (!plugged) return t;
        t.Apply(new Change.NamespaceMade("db", NamespaceKind.Container, "db"));
        t.Apply(new Change.VethMade("host", new() { Name = "vethbdfa949", Index = 6, Kind = InterfaceKind.Veth, Mac = MacAddress.Parse("2a:5c:af:fc:74:c3") },
            "db", new() { Name = "eth0", Index = 5, Kind = InterfaceKind.Veth, Mac = MacAddress.Parse("02:42:ac:12:00:02") }));
        t.Apply(new Change.InterfaceChanged("host", "vethbdfa949", Up: true, Master: "br-44727af98641"));
        t.Apply(new Change.InterfaceChanged("db", "eth0", Up: true));
        t.Apply(new Change.AddressAdded("db", "eth0", new(IpAddress.Parse("172.18.0.2"), 16)));
        return t;
    }

    private static string Part(JsonNode row, params string[] keys) => new JsonObject(keys.Select(k => KeyValuePair.Create(k, row[k]?.DeepClone()))).ToJsonString();

    [Test]
    public void A_bridge_with_a_port_that_runs_is_up()
    {
        var row = IpJson.Links(Host(plugged: true), Host(plugged: true)["host"])[0]!;

        Assert.That(Part(row, "ifindex", "ifname", "flags", "mtu", "operstate", "address"),
            Is.EqualTo("""{"ifindex":4,"ifname":"br-44727af98641","flags":["BROADCAST","MULTICAST","UP","LOWER_UP"],"mtu":1500,"operstate":"UP","address":"02:42:f1:61:5f:fe"}"""));
    }

    [Test]
    public void A_bridge_without_ports_has_no_carrier()
    {
        var topology = Host(plugged: false);

        Assert.That(Part(IpJson.Links(topology, topology["host"])[0]!, "flags", "operstate"), Is.EqualTo("""{"flags":["NO-CARRIER","BROADCAST","MULTICAST","UP"],"operstate":"DOWN"}"""));
    }

    [TestCase(true, "[]")]
    [TestCase(false, """["linkdown"]""")]
    public void A_route_follows_the_carrier(bool plugged, string flags)
    {
        var row = IpJson.Routes(Host(plugged)["host"], v6: false)[0]!;

        Assert.That(row.ToJsonString(), Is.EqualTo($$"""{"dst":"172.18.0.0/16","dev":"br-44727af98641","protocol":"kernel","scope":"link","prefsrc":"172.18.0.1","flags":{{flags}}}"""));
    }

    [Test]
    public void Both_ends_of_a_veth_name_each_other()
    {
        var topology = Host(plugged: true);
        var outer = IpJson.Links(topology, topology["host"])[1]!;
        var inner = IpJson.Links(topology, topology["db"])[0]!;

        Assert.That((Part(outer, "ifindex", "link_index", "master"), Part(inner, "ifindex", "link_index", "link_netnsid")),
            Is.EqualTo(("""{"ifindex":6,"link_index":5,"master":"br-44727af98641"}""", """{"ifindex":5,"link_index":6,"link_netnsid":0}""")));
    }

    [Test]
    public void Addresses_have_the_scope_of_their_kind()
    {
        var topology = Host(plugged: true);
        var rows = IpJson.Addresses(topology, topology["host"])[0]!["addr_info"]!.AsArray();

        Assert.That(rows.Select(r => Part(r!, "local", "broadcast", "scope")), Is.EqualTo(new[]
        {
            """{"local":"172.18.0.1","broadcast":"172.18.255.255","scope":"global"}""",
            """{"local":"fe80::42:f1ff:fe61:5ffe","broadcast":null,"scope":"link"}""",
        }));
    }

    [Test]
    public void A_bridge_port_has_the_settings_of_a_new_one()
    {
        var row = IpJson.BridgeLinks(Host(plugged: true)["host"])[0]!;

        Assert.That(Part(row, "link", "ifname", "state", "priority", "cost", "hairpin"), Is.EqualTo("""{"link":"if5","ifname":"vethbdfa949","state":"forwarding","priority":32,"cost":2,"hairpin":false}"""));
    }
}
