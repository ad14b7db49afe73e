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
}
