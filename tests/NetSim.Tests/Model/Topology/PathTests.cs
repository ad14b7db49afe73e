using NetSim.Model.Topology;
using NetSim.Model.Tracing;
using NUnit.Framework;

namespace NetSim.Tests.Model.Topology;

public sealed class PathTests
{
    private NetSim.Model.Topology.Topology _topology = null!;

    [SetUp]
    public void Build_the_host() => _topology = TwoNetworks.Build();

    [Test]
    public void Containers_on_one_network_meet_at_its_bridge() =>
        Assert.That(Way("web", "db"), Is.EqualTo("web, web eth0, host vethweb, host br-app, host vethdb, db eth0, db"));

    [Test]
    public void Containers_on_two_networks_meet_in_the_host() =>
        Assert.That(Way("web", "cache"), Is.EqualTo("web, web eth0, host vethweb, host br-app, host, host br-back, host vethcache, cache eth0, cache"));

    [Test]
    public void The_host_reaches_a_container_by_its_bridge_and_not_by_the_veth_alone() =>
        Assert.That(Way("host", "db"), Is.EqualTo("host, host br-app, host vethdb, db eth0, db"));

    [Test]
    public void The_way_back_is_the_same_way() =>
        Assert.That(Way("cache", "web").Split(", ").Reverse(), Is.EqualTo(Way("web", "cache").Split(", ")));

    [Test]
    public void A_vertex_is_its_own_way() => Assert.That(Way("web", "web"), Is.EqualTo("web"));

    [Test]
    public void There_is_no_way_over_an_interface_that_is_down()
    {
        _topology.Apply(new Change.InterfaceChanged("host", "vethdb", Up: false));

        Assert.That(Way("web", "db"), Is.Empty);
    }

    [Test]
    public void There_is_no_way_from_a_bridge_to_the_host_over_a_port_when_the_bridge_is_down()
    {
        _topology.Apply(new Change.InterfaceChanged("host", "br-app", Up: false));

        Assert.That(Way("host", "db"), Is.Empty);
    }

    [Test]
    public void A_way_round_is_found_when_the_short_one_is_down()
    {
        foreach (var c in TwoNetworks.Container("both", "vethboth", "br-app", "172.18.0.4/16")) _topology.Apply(c);
        _topology.Apply(new Change.VethMade("host", new InterfaceSpec { Name = "vethboth2", Kind = InterfaceKind.Veth }, "both", new InterfaceSpec { Name = "eth1", Kind = InterfaceKind.Veth }));
        _topology.Apply(new Change.InterfaceChanged("host", "vethboth2", Up: true, Master: "br-back"));
        _topology.Apply(new Change.InterfaceChanged("both", "eth1", Up: true));
        _topology.Apply(new Change.InterfaceChanged("both", "eth0", Up: false));

        Assert.That(Way("both", "cache"), Is.EqualTo("both, both eth1, host vethboth2, host br-back, host vethcache, cache eth0, cache"));
    }

    [Test]
    public void Namespaces_that_nothing_joins_have_no_way()
    {
        _topology.Apply(new Change.NamespaceMade("alone", NamespaceKind.Container, "alone"));

        Assert.That(Way("web", "alone"), Is.Empty);
    }

    private string Way(string from, string to) => string.Join(", ", _topology.Path(_topology[from], _topology[to]));
}
