using NetSim.Model.Addressing;
using NetSim.Model.Tracing;
using NUnit.Framework;

namespace NetSim.Tests.Simulation;

/// <summary>What sysctls decide, and the limits of the kernel.</summary>
public sealed class KernelSwitchTests
{
    [TestCase("0", 1)]
    [TestCase("1", 0)]
    [TestCase("2", 1)]
    public void A_strict_rp_filter_wants_the_way_back_by_the_same_device_and_a_loose_one_any(string filter, int arrived)
    {
        var world = TwoLinks();
        world.Apply(new Change.SysctlSet("host", "net.ipv4.conf.all.rp_filter", filter));

        Assert.That(Datagrams(world, "outside", "10.9.9.9", "203.0.113.2"), Is.EqualTo(arrived));
    }

    [Test]
    public void A_loose_rp_filter_drops_a_source_to_which_no_route_leads()
    {
        var world = TwoLinks();
        world.Apply(new Change.RouteRemoved("host", world.Simulator.Topology["host"].Routes.Routes.First(r => r.Destination == Subnet.AllV4)));
        world.Apply(new Change.SysctlSet("host", "net.ipv4.conf.up0.rp_filter", "2"));
        world.Apply(new Change.AddressAdded("outside", "up1", new(IpAddress.Parse("192.0.2.9"), 32)));

        Assert.That((Datagrams(world, "outside", "192.0.2.9", "203.0.113.2"), Drops(world, DropReason.Martian)), Is.EqualTo((0, 1)));
    }

    [TestCase("0", 0)]
    [TestCase("1", 1)]
    public void The_hosts_own_address_is_no_source_from_outside_unless_it_is_accepted(string accept, int arrived)
    {
        var world = TwoLinks();
        world.Apply(new Change.SysctlSet("host", "net.ipv4.conf.up0.accept_local", accept));
        world.Apply(new Change.AddressAdded("outside", "up1", new(IpAddress.Parse("172.18.0.1"), 32)));

        Assert.That(Datagrams(world, "outside", "172.18.0.1", "203.0.113.2"), Is.EqualTo(arrived));
    }

    [Test]
    public void Six_errors_go_out_at_once_and_then_one_a_second()
    {
        var world = new TwoContainers();
        var socket = world.Simulator.NetworkOf("c1").OpenUdp(IpAddress.AnyV4, default, "probe");
        for (int i = 0; i < 40; i++)
        {
            socket.Send("?"u8, TwoContainers.Address(3), new Port(99));
            world.Simulator.RunFor(TimeSpan.FromMilliseconds(100));
        }

        Assert.That(Errors(world, "c2"), Is.EqualTo(9));
    }

    [Test]
    public void Without_a_rate_limit_every_error_goes_out()
    {
        var world = new TwoContainers();
        world.Apply(new Change.SysctlSet("c2", "net.ipv4.icmp_ratelimit", "0"));
        var socket = world.Simulator.NetworkOf("c1").OpenUdp(IpAddress.AnyV4, default, "probe");
        for (int i = 0; i < 40; i++) socket.Send("?"u8, TwoContainers.Address(3), new Port(99));
        world.Simulator.RunFor(TimeSpan.FromSeconds(1));

        Assert.That(Errors(world, "c2"), Is.EqualTo(40));
    }

    [TestCase("0", true)]
    [TestCase("1", false)]
    public void With_arp_ignore_only_the_device_that_has_an_address_answers_for_it(string ignore, bool answered)
    {
        var world = TwoLinks();
        world.Apply(new Change.SysctlSet("host", "net.ipv4.conf.all.arp_ignore", ignore));
        world.Apply(new Change.RouteAdded("outside", new() { Destination = Subnet.Parse("172.18.0.1/32"), Interface = "up1", Scope = "link" }));

        Assert.That(Ping(world, "outside", "172.18.0.1"), Is.EqualTo(answered));
    }

    [TestCase("0", false)]
    [TestCase("1", true)]
    public void With_proxy_arp_a_router_answers_for_those_behind_it(string proxy, bool answered)
    {
        var world = TwoLinks();
        world.Apply(new Change.SysctlSet("host", "net.ipv4.conf.up0.proxy_arp", proxy));
        world.Apply(new Change.RouteAdded("outside", new() { Destination = Subnet.Parse("172.18.0.0/16"), Interface = "up1", Scope = "link" }));

        Assert.That(Ping(world, "outside", "172.18.0.2"), Is.EqualTo(answered));
    }

    [TestCase("1", 0)]
    [TestCase("0", 2)]
    public void A_broadcast_echo_is_answered_only_where_that_is_allowed(string ignore, int answers)
    {
        var world = new TwoContainers();
        foreach (string space in new[] { "host", "c2" }) world.Apply(new Change.SysctlSet(space, "net.ipv4.icmp_echo_ignore_broadcasts", ignore));
        var ping = world.Simulator.NetworkOf("c1").OpenPing(v6: false, "ping");
        var from = new List<IpAddress>();
        _ = world.Simulator.Start(async () =>
        {
            while (await ping.Receive(TimeSpan.FromSeconds(3)) is { } reply) from.Add(reply.Source);
        });
        ping.Send(IpAddress.Parse("172.18.255.255"), 1, new byte[8]);
        world.Simulator.RunFor(TimeSpan.FromSeconds(5));

        Assert.That(from, Has.Count.EqualTo(answers));
    }

    [Test]
    public void A_bridge_forgets_who_was_silent_for_300_seconds_and_says_so()
    {
        var world = new TwoContainers();
        Ping(world, "c1", "172.18.0.3");
        var learned = world.Simulator.Topology["host"].Find("br0")!.Fdb.Count(e => !e.Value.Permanent);

        world.Simulator.RunFor(TimeSpan.FromSeconds(320));

        Assert.That((learned, world.Simulator.Topology["host"].Find("br0")!.Fdb.Count(e => !e.Value.Permanent)), Is.EqualTo((2, 0)));
    }

    private static TwoContainers TwoLinks()
    {
        var world = new TwoContainers();
        world.AddOutside();
        world.Apply(new Change.AddressAdded("outside", "up1", new(IpAddress.Parse("10.9.9.9"), 32)));
        world.Apply(new Change.RouteAdded("host", new() { Destination = Subnet.Parse("10.9.9.0/24"), Interface = "br0", Scope = "link" }));
        return world;
    }

    private static int Datagrams(TwoContainers world, string from, string source, string to)
    {
        var receiver = world.Simulator.NetworkOf("host").OpenUdp(IpAddress.AnyV4, new Port(9), "sink");
        int arrived = 0;
        _ = world.Simulator.Start(async () =>
        {
            while (await receiver.Receive() is not null) arrived++;
        });
        world.Simulator.NetworkOf(from).OpenUdp(IpAddress.Parse(source), default, "source").Send("x"u8, IpAddress.Parse(to), new Port(9));
        world.Simulator.RunFor(TimeSpan.FromSeconds(1));
        return arrived;
    }

    private static bool Ping(TwoContainers world, string from, string to)
    {
        var ping = world.Simulator.NetworkOf(from).OpenPing(v6: false, "ping");
        var reply = world.Simulator.Start(() => ping.Receive(TimeSpan.FromSeconds(2)));
        ping.Send(IpAddress.Parse(to), 1, new byte[8]);
        world.Simulator.RunFor(TimeSpan.FromSeconds(3));
        return reply.Result is { Type: 0 };
    }

    private static int Errors(TwoContainers world, string space) =>
        world.Trace.Events().Count(e => e.Place == new Place(space, "eth0") && e.Step is Step.Transmitted t && world.Trace.Arena.Bytes(t.Frame) is [.., _] f && f[12] == 8 && f[13] == 0 && f[23] == 1 && f[34] == 3);

    private static int Drops(TwoContainers world, DropReason reason) => world.Trace.Events().Count(e => e.Step is Step.Dropped d && d.Reason == reason);
}
