using NetSim.Model.Addressing;
using NetSim.Model.Netfilter;
using NetSim.Model.Tracing;
using NUnit.Framework;

namespace NetSim.Tests.Simulation;

public sealed class NatTests
{
    private static readonly IpAddress Outside = IpAddress.Parse("203.0.113.1");
    private static readonly IpAddress Host = IpAddress.Parse("203.0.113.2");

    [Test]
    public void A_container_shows_the_hosts_address_outside()
    {
        var world = Published();
        var server = world.Simulator.NetworkOf("outside").OpenUdp(IpAddress.AnyV4, new Port(53), "dns");
        var client = world.Simulator.NetworkOf("c1").OpenUdp(IpAddress.AnyV4, default, "dig");
        var asked = server.Receive();
        client.Send("?"u8, Outside, new Port(53));
        world.Simulator.RunFor(TimeSpan.FromSeconds(1));
        server.Send("!"u8, asked.Result!.Source, asked.Result.SourcePort);

        var answer = client.Receive();
        world.Simulator.RunFor(TimeSpan.FromSeconds(1));

        Assert.That((asked.Result.Source, answer.Result!.Source), Is.EqualTo((Host, Outside)));
    }

    [Test]
    public void A_published_port_leads_into_the_container_and_shows_the_client()
    {
        var world = Published();
        var server = world.Simulator.NetworkOf("c1").Listen(IpAddress.AnyV4, new Port(80), "web");
        var accepted = world.Simulator.Start(() => server.Accept());
        var connect = world.Simulator.Start(() => world.Simulator.NetworkOf("outside").Connect(Host, new Port(8080), "curl"));

        world.Simulator.RunFor(TimeSpan.FromSeconds(1));

        Assert.That((connect.IsCompletedSuccessfully, accepted.Result!.RemoteAddress), Is.EqualTo((true, Outside)));
    }

    [Test]
    public void The_hosts_own_packets_to_its_published_port_are_translated_too()
    {
        var world = Published();
        var server = world.Simulator.NetworkOf("c1").Listen(IpAddress.AnyV4, new Port(80), "web");
        var accepted = world.Simulator.Start(() => server.Accept());
        _ = world.Simulator.Start(() => world.Simulator.NetworkOf("host").Connect(Host, new Port(8080), "curl"));

        world.Simulator.RunFor(TimeSpan.FromSeconds(1));

        Assert.That(accepted.Result!.RemoteAddress, Is.EqualTo(Host));
    }

    [Test]
    public void Port_53_of_the_resolver_leads_to_its_random_port_and_answers_come_from_53()
    {
        var world = new TwoContainers();
        Rule(world, "c1", "nat", "OUTPUT", "-d 127.0.0.11/32 -p udp -m udp --dport 53 -j DNAT --to-destination 127.0.0.11:40000");
        Rule(world, "c1", "nat", "POSTROUTING", "-s 127.0.0.11/32 -p udp -m udp --sport 40000 -j SNAT --to-source :53");
        var resolver = world.Simulator.NetworkOf("c1").OpenUdp(IpAddress.Parse("127.0.0.11"), new Port(40000), "dockerd");
        var client = world.Simulator.NetworkOf("c1").OpenUdp(IpAddress.AnyV4, default, "dig");
        var asked = resolver.Receive();
        client.Send("?"u8, IpAddress.Parse("127.0.0.11"), new Port(53));
        world.Simulator.RunFor(TimeSpan.FromSeconds(1));
        resolver.Send("!"u8, asked.Result!.Source, asked.Result.SourcePort);

        var answer = client.Receive();
        world.Simulator.RunFor(TimeSpan.FromSeconds(1));

        Assert.That((answer.Result!.Source, answer.Result.SourcePort), Is.EqualTo((IpAddress.Parse("127.0.0.11"), new Port(53))));
    }

    [Test]
    public void An_absent_host_beyond_nat_is_reported_with_the_uplinks_address()
    {
        var world = Published();
        var ping = world.Simulator.NetworkOf("c1").OpenPing(v6: false, "ping");
        ping.Send(IpAddress.Parse("203.0.113.77"), 1, new byte[56]);

        var reply = ping.Receive();
        world.Simulator.RunUntil(() => reply.IsCompleted, SimTime.FromMilliseconds(10_000));

        Assert.That((reply.Result!.Type, reply.Result.Code, reply.Result.Source), Is.EqualTo((3, 1, Host)));
    }

    [Test]
    public void A_forward_policy_stops_bridged_packets_and_tells_the_rule()
    {
        var world = new TwoContainers();
        world.Apply(new Change.ChainSet("host", IpFamily.V4, "filter", "FORWARD", "DROP"));
        var ping = world.Simulator.NetworkOf("c1").OpenPing(v6: false, "ping");
        ping.Send(TwoContainers.Address(3), 1, new byte[56]);
        world.Simulator.RunFor(TimeSpan.FromSeconds(1));

        var steps = world.Trace.Events().Select(e => e.Step).ToList();

        Assert.That((steps.OfType<Step.Filtered>().Single().Detail.RuleText, steps.OfType<Step.Dropped>().Single().Reason), Is.EqualTo(("policy DROP", DropReason.Filtered)));
    }

    [Test]
    public void Two_containers_with_the_same_port_get_different_ones_outside()
    {
        var world = Published();
        var server = world.Simulator.NetworkOf("outside").OpenUdp(IpAddress.AnyV4, new Port(53), "dns");
        var first = server.Receive();
        var second = server.Receive();
        foreach (string c in new[] { "c1", "c2" }) world.Simulator.NetworkOf(c).OpenUdp(IpAddress.AnyV4, new Port(40000), "dig").Send("?"u8, Outside, new Port(53));

        world.Simulator.RunFor(TimeSpan.FromSeconds(1));

        Assert.That(new[] { first.Result!.SourcePort.Number, second.Result!.SourcePort.Number }.Count(p => p == 40000), Is.EqualTo(1));
    }

    /// <summary>Recorded: a container on the same bridge is reached through a published port with the client's own hardware address and TTL.</summary>
    [Test]
    public void A_translated_packet_to_the_same_bridge_is_bridged_on_and_not_routed()
    {
        var world = Published();
        Rule(world, "host", "nat", "PREROUTING", "-d 203.0.113.2/32 -p tcp -m tcp --dport 9090 -j DNAT --to-destination 172.18.0.2:80");
        _ = world.Simulator.NetworkOf("c1").Listen(IpAddress.AnyV4, new Port(80), "web");
        _ = world.Simulator.Start(() => world.Simulator.NetworkOf("c2").Connect(Host, new Port(9090), "curl"));

        world.Simulator.RunFor(TimeSpan.FromSeconds(1));

        var frames = world.Trace.Events().Where(e => e.Place == new Place("c1", "eth0")).Select(e => e.Step).OfType<Step.Received>().Select(r => world.Trace.Arena.Bytes(r.Frame)).Where(f => f[12] == 8 && f[13] == 0);
        Assert.That(frames.Select(f => $"{Convert.ToHexString(f.AsSpan(6, 6))} TTL {f[22]}").Distinct(), Is.EqualTo(new[] { "0242AC120003 TTL 64" }));
    }

    private static TwoContainers Published()
    {
        var world = new TwoContainers();
        world.AddOutside();
        Rule(world, "host", "nat", "PREROUTING", "-m addrtype --dst-type LOCAL -j DOCKER");
        Rule(world, "host", "nat", "OUTPUT", "! -d 127.0.0.0/8 -m addrtype --dst-type LOCAL -j DOCKER");
        Rule(world, "host", "nat", "POSTROUTING", "-s 172.18.0.0/16 ! -o br0 -j MASQUERADE");
        Rule(world, "host", "nat", "DOCKER", "! -i br0 -p tcp -m tcp --dport 8080 -j DNAT --to-destination 172.18.0.2:80");
        Rule(world, "host", "filter", "FORWARD", "-m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT");
        return world;
    }

    private static void Rule(TwoContainers world, string space, string table, string chain, string rule) =>
        world.Apply(new Change.RuleAdded(space, IpFamily.V4, table, chain, null, RuleText.Parse(rule)));
}
