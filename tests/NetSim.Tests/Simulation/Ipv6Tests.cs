using NetSim.Model.Addressing;
using NetSim.Model.Netfilter;
using NetSim.Model.Tracing;
using NetSim.Simulation.Sockets;
using NUnit.Framework;

namespace NetSim.Tests.Simulation;

public sealed class Ipv6Tests
{
    private static readonly IpAddress Outside = IpAddress.Parse("2001:db8:113::1");
    private static readonly IpAddress Host = IpAddress.Parse("2001:db8:113::2");
    private static readonly IpAddress Gateway = IpAddress.Parse("fd00::1");

    [Test]
    public void An_echo_is_answered_by_a_neighbour()
    {
        var world = Bridge();

        var reply = Ping(world, "c1", Container(2), 0);

        Assert.That((reply!.Type, reply.TimeToLive, reply.Source), Is.EqualTo((129, 64, Container(2))));
    }

    [Test]
    public void A_neighbour_is_asked_for_once_and_then_known()
    {
        var world = Bridge();
        Ping(world, "c1", Container(2), 0);
        Ping(world, "c1", Container(2), 0);

        var states = Neighbours(world, "c1", Container(2));

        Assert.That(states, Is.EqualTo(new[] { "INCOMPLETE", "REACHABLE" }));
    }

    [Test]
    public void Who_asked_is_known_to_who_answered()
    {
        var world = Bridge();
        Ping(world, "c1", Container(2), 0);

        Assert.That(Neighbours(world, "c2", Container(1)), Is.EqualTo(new[] { "STALE", "DELAY" }));
    }

    [Test]
    public void An_address_that_nobody_has_makes_a_connect_fail_after_three_solicitations()
    {
        var world = Bridge();

        var connect = world.Simulator.Start(() => world.Simulator.NetworkOf("c1").Connect(IpAddress.Parse("fd00::77"), new Port(80), "curl"));
        world.Simulator.RunFor(TimeSpan.FromSeconds(5));

        Assert.That(((SocketFailure)connect.Exception!.InnerException!).Errno, Is.EqualTo(Errno.HostUnreachable));
    }

    [Test]
    public void A_closed_port_refuses_a_connection()
    {
        var world = Bridge();

        var connect = world.Simulator.Start(() => world.Simulator.NetworkOf("c1").Connect(Container(2), new Port(80), "curl"));
        world.Simulator.RunFor(TimeSpan.FromSeconds(1));

        Assert.That(((SocketFailure)connect.Exception!.InnerException!).Errno, Is.EqualTo(Errno.ConnectionRefused));
    }

    [Test]
    public void A_large_datagram_is_cut_by_its_sender_and_joined_by_its_receiver()
    {
        var world = Bridge();
        var server = world.Simulator.NetworkOf("c2").OpenUdp(IpAddress.AnyV6, new Port(53), "dns");
        var client = world.Simulator.NetworkOf("c1").OpenUdp(IpAddress.AnyV6, default, "dig");
        var asked = server.Receive();
        byte[] data = Enumerable.Range(0, 4000).Select(i => (byte)(i & 255)).ToArray();

        client.Send(data, Container(2), new Port(53));
        world.Simulator.RunFor(TimeSpan.FromSeconds(1));

        Assert.That(asked.Result!.Data, Is.EqualTo(data));
    }

    [Test]
    public void A_hop_limit_of_one_ends_at_the_router_which_says_so()
    {
        var world = Routed();

        var reply = Ping(world, "c1", Outside, 1);

        Assert.That((reply!.Type, reply.Source), Is.EqualTo((3, Gateway)));
    }

    [Test]
    public void A_container_shows_the_hosts_address_outside()
    {
        var world = Routed();
        Rule(world, "nat", "POSTROUTING", "-s fd00::/64 ! -o br0 -j MASQUERADE");
        var server = world.Simulator.NetworkOf("outside").OpenUdp(IpAddress.AnyV6, new Port(53), "dns");
        var client = world.Simulator.NetworkOf("c1").OpenUdp(IpAddress.AnyV6, default, "dig");
        var asked = server.Receive();
        client.Send("?"u8, Outside, new Port(53));
        world.Simulator.RunFor(TimeSpan.FromSeconds(1));
        server.Send("!"u8, asked.Result!.Source, asked.Result.SourcePort);

        var answer = client.Receive();
        world.Simulator.RunFor(TimeSpan.FromSeconds(1));

        Assert.That((asked.Result.Source, answer.Result!.Source), Is.EqualTo((Host, Outside)));
    }

    [Test]
    public void An_error_from_beyond_masquerading_finds_its_way_back()
    {
        var world = Routed();
        Rule(world, "nat", "POSTROUTING", "-s fd00::/64 ! -o br0 -j MASQUERADE");
        var client = world.Simulator.NetworkOf("c1").OpenUdp(IpAddress.AnyV6, default, "dig");
        client.Connect(Outside, new Port(53));
        client.Send("?"u8, Outside, new Port(53));

        var answer = client.Receive();
        world.Simulator.RunFor(TimeSpan.FromSeconds(1));

        Assert.That(((SocketFailure)answer.Exception!.InnerException!).Errno, Is.EqualTo(Errno.ConnectionRefused));
    }

    [Test]
    public void A_published_port_leads_into_the_container_and_shows_the_client()
    {
        var world = Routed();
        Rule(world, "nat", "PREROUTING", "-p tcp -m tcp --dport 8080 -j DNAT --to-destination [fd00::2]:80");
        var server = world.Simulator.NetworkOf("c1").Listen(IpAddress.AnyV6, new Port(80), "web");
        var accepted = world.Simulator.Start(() => server.Accept());
        var connect = world.Simulator.Start(() => world.Simulator.NetworkOf("outside").Connect(Host, new Port(8080), "curl"));

        world.Simulator.RunFor(TimeSpan.FromSeconds(1));

        Assert.That((connect.IsCompletedSuccessfully, accepted.Result!.RemoteAddress), Is.EqualTo((true, Outside)));
    }

    [Test]
    public void A_listener_of_all_IPv6_addresses_takes_IPv4_as_well()
    {
        var world = Bridge();
        world.Simulator.NetworkOf("c2").Listen(IpAddress.AnyV6, new Port(80), "web");

        var connect = world.Simulator.Start(() => world.Simulator.NetworkOf("c1").Connect(TwoContainers.Address(3), new Port(80), "curl"));
        world.Simulator.RunFor(TimeSpan.FromSeconds(1));

        Assert.That(connect.IsCompletedSuccessfully, Is.True);
    }

    [Test]
    public void Loopback_is_reached_at_its_own_address()
    {
        var world = Bridge();

        var reply = Ping(world, "c1", IpAddress.Parse("::1"), 0);

        Assert.That(reply!.Type, Is.EqualTo(129));
    }

    private static IpAddress Container(int number) => Gateway.Plus(number);

    private static PingReply? Ping(TwoContainers world, string from, IpAddress to, int hops)
    {
        var socket = world.Simulator.NetworkOf(from).OpenPing(v6: true, "ping");
        socket.Send(to, 1, new byte[56], hops);
        var reply = socket.Receive(TimeSpan.FromSeconds(1));
        world.Simulator.RunFor(TimeSpan.FromSeconds(1));
        return reply.Result;
    }

    private static string[] Neighbours(TwoContainers world, string space, IpAddress of) =>
        world.Trace.Changes.OfType<Change.NeighbourSet>().Where(c => c.Namespace == space && c.Address == of).Select(c => c.State).ToArray();

    private static void Rule(TwoContainers world, string table, string chain, string text) =>
        world.Apply(new Change.RuleAdded("host", IpFamily.V6, table, chain, null, RuleText.Parse(text)));

    /// <summary>Two containers fd00::2 and fd00::3 on a bridge fd00::1.</summary>
    private static TwoContainers Bridge()
    {
        var world = new TwoContainers();
        world.Apply(new Change.AddressAdded("host", "br0", new(Gateway, 64)));
        for (int i = 1; i <= 2; i++)
        {
            world.Apply(new Change.AddressAdded($"c{i}", "eth0", new(Container(i), 64)));
            world.Apply(new Change.RouteAdded($"c{i}", new() { Destination = new Subnet(IpAddress.AnyV6, 0), Gateway = Gateway, Interface = "eth0", Metric = 1024 }));
        }
        return world;
    }

    /// <summary>The same with a machine beyond the host, which knows the way back.</summary>
    private static TwoContainers Routed()
    {
        var world = Bridge();
        world.AddOutside();
        world.Apply(new Change.SysctlSet("host", "net.ipv6.conf.all.forwarding", "1"));
        world.Apply(new Change.AddressAdded("host", "up0", new(Host, 64)));
        world.Apply(new Change.AddressAdded("outside", "up1", new(Outside, 64)));
        world.Apply(new Change.RouteAdded("outside", new() { Destination = new Subnet(Gateway, 64), Gateway = Host, Interface = "up1", Metric = 1024 }));
        return world;
    }

    [TestCase("2001:db8:1::9", "2001:db8::5", TestName = "A_global_destination_is_shown_an_address_of_the_same_label")]
    [TestCase("fd00:9::1", "fd00::2", TestName = "A_unique_local_destination_is_shown_a_unique_local_address")]
    [TestCase("fe80::9", "fe80::", TestName = "A_link_local_destination_is_shown_the_link_local_address")]
    [TestCase("2002:c000:204::1", "2001:db8::5", TestName = "Where_no_label_is_the_same_the_longest_common_prefix_decides")]
    public void The_source_is_chosen_by_RFC_6724(string destination, string beginning)
    {
        var world = Bridge();
        world.Apply(new Change.AddressAdded("c1", "eth0", InterfaceAddress.TryParse("2001:db8::5/64", out var a) ? a : default));
        world.Apply(new Change.RouteAdded("c1", new() { Destination = Subnet.AllV6, Gateway = Gateway, Interface = "eth0" }));

        Assert.That(world.Simulator.NetworkOf("c1").SourceFor(IpAddress.Parse(destination))!.Value.ToString(), Does.StartWith(beginning));
    }
}
