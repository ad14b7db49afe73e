using NetSim.Model.Addressing;
using NetSim.Model.Tracing;
using NUnit.Framework;

namespace NetSim.Tests.Simulation;

public sealed class FollowUpTests
{
    [Test]
    public void A_new_namespace_has_a_loopback_with_its_addresses()
    {
        var world = new TwoContainers();

        var lo = world.Simulator.Topology["c1"].Find("lo")!;

        Assert.That(lo.Addresses.Select(a => a.ToString()), Is.EqualTo(new[] { "127.0.0.1/8", "::1/128" }));
    }

    [Test]
    public void An_address_brings_its_connected_route()
    {
        var world = new TwoContainers();

        var routes = world.Simulator.Topology["c1"].Routes.Routes.Select(r => r.ToString());

        Assert.That(routes, Is.EqualTo(new[] { "default via 172.18.0.1 dev eth0", "172.18.0.0/16 dev eth0 proto kernel scope link src 172.18.0.2" }));
    }

    [Test]
    public void A_bridge_gets_its_link_local_address_with_its_first_port()
    {
        var empty = new TwoContainers(containers: 0);
        var one = new TwoContainers(containers: 1);

        var counts = new[] { empty, one }.Select(w => w.Simulator.Topology["host"].Find("br0")!.Addresses.Count(a => a.Address.IsV6));

        Assert.That(counts, Is.EqualTo(new[] { 0, 1 }));
    }

    [Test]
    public void A_container_has_no_link_local_address_without_ipv6()
    {
        var world = new TwoContainers();

        var addresses = world.Simulator.Topology["c1"].Find("eth0")!.Addresses;

        Assert.That(addresses, Is.EqualTo(new[] { new InterfaceAddress(TwoContainers.Address(2), 16) }));
    }

    [Test]
    public void Addresses_are_announced_as_often_as_asked_for()
    {
        var world = new TwoContainers();
        world.Apply(new Change.SysctlSet("c1", "netsim.announce.eth0", "3 1000"));
        world.Simulator.RunFor(TimeSpan.FromSeconds(5));

        var times = world.Trace.Rows().Where(r => r.Row.Kind == StepKind.Transmitted && world.Trace.Places[r.Row.Place] == new Place("c1", "eth0")).Select(r => r.Row.Time / 1_000_000);

        Assert.That(times, Is.EqualTo(new[] { 0, 1000, 2000 }));
    }

    [Test]
    public void A_link_that_carries_less_than_1280_bytes_has_no_IPv6()
    {
        var world = new TwoContainers(1);
        world.Apply(new Change.InterfaceChanged("host", "br0", Mtu: 1200));

        Assert.That(world.Simulator.Topology["host"].Find("br0")!.Addresses.Exists(a => a.Address.IsV6), Is.False);
    }

    [Test]
    public void A_second_address_of_a_subnet_is_reached_from_the_first()
    {
        var world = new TwoContainers(1);
        world.AddOutside();
        world.Apply(new Change.AddressAdded("host", "up0", new(IpAddress.Parse("203.0.113.7"), 24)));

        Assert.That(world.Simulator.NetworkOf("host").SourceFor(IpAddress.Parse("203.0.113.7")), Is.EqualTo(IpAddress.Parse("203.0.113.2")));
    }

    [Test]
    public void A_flushed_neighbour_is_asked_for_again()
    {
        var world = new TwoContainers();
        var socket = world.Simulator.NetworkOf("c1").OpenUdp(IpAddress.AnyV4, default, "nc");
        world.Simulator.NetworkOf("c2").OpenUdp(IpAddress.AnyV4, new Port(9), "nc");
        socket.Send("a"u8, TwoContainers.Address(3), new Port(9));
        world.Simulator.RunFor(TimeSpan.FromSeconds(1));
        world.Simulator.NetworkOf("c1").SetNeighbour("eth0", TwoContainers.Address(3), null);
        socket.Send("b"u8, TwoContainers.Address(3), new Port(9));
        world.Simulator.RunFor(TimeSpan.FromSeconds(1));

        Assert.That(world.Simulator.Topology["c1"].Neighbours[TwoContainers.Address(3)].State, Is.EqualTo("REACHABLE"));
    }
}
