using NetSim.Model.Addressing;
using NetSim.Model.Netfilter;
using NetSim.Model.Tracing;
using NetSim.Simulation.Sockets;
using NetSim.Wire.Decoding;
using NUnit.Framework;

namespace NetSim.Tests.Simulation;

public sealed class FirewallTests
{
    [Test]
    public void A_rule_that_is_not_modelled_is_warned_of_by_name_and_place()
    {
        var world = new TwoContainers();

        Rule(world, "filter", "FORWARD", "-m time --timestart 09:00 -j DROP");
        Connect(world, 3, 80);

        Assert.That(world.Simulator.Warnings, Has.Some.EqualTo("\"-m time --timestart 09:00\" in chain FORWARD of table filter of host is not modelled; the rule never holds: -m time --timestart 09:00 -j DROP"));
    }

    [Test]
    public void Physdev_tells_the_ports_of_a_bridged_packet_apart()
    {
        var world = new TwoContainers(3);
        Rule(world, "filter", "FORWARD", "-m physdev --physdev-in vethc1 --physdev-out vethc2 --physdev-is-bridged -j REJECT");

        Assert.That((Connect(world, 3, 80), Connect(world, 4, 80)), Is.EqualTo((Errno.ConnectionRefused, Errno.ConnectionRefused)));
        Assert.That(world.Trace.Events().Count(e => e.Step is Step.Dropped { Reason: DropReason.Rejected }), Is.EqualTo(1));
    }

    [Test]
    public void What_is_not_tracked_has_no_conversation_and_is_not_translated()
    {
        var world = new TwoContainers();
        Rule(world, "raw", "PREROUTING", "-s 172.18.0.2/32 -j CT --notrack");
        Rule(world, "filter", "FORWARD", "-m conntrack --ctstate UNTRACKED -j DROP");

        Connect(world, 3, 80);

        Assert.That((world.Simulator.Topology["host"].Conntrack.Count, Drops(world, DropReason.Filtered) > 0), Is.EqualTo((0, true)));
    }

    [Test]
    public void A_full_table_drops_new_conversations()
    {
        var world = new TwoContainers();
        world.Apply(new Change.SysctlSet("host", "net.netfilter.nf_conntrack_max", "2"));
        Rule(world, "filter", "FORWARD", "-m conntrack --ctstate INVALID -j DROP");

        foreach (ushort port in new ushort[] { 1, 2, 3 }) Datagram(world, port);

        Assert.That((world.Simulator.Topology["host"].Conntrack.Count, Drops(world, DropReason.TableFull)), Is.EqualTo((2, 1)));
    }

    [Test]
    public void A_conversation_is_forgotten_after_the_time_that_its_sysctl_says()
    {
        var world = new TwoContainers();
        world.Apply(new Change.SysctlSet("host", "net.netfilter.nf_conntrack_udp_timeout", "5"));
        Rule(world, "filter", "FORWARD", "-m conntrack --ctstate INVALID -j DROP");
        Datagram(world, 1);
        world.Simulator.RunFor(TimeSpan.FromSeconds(65));

        Datagram(world, 2);

        Assert.That(world.Simulator.Topology["host"].Conntrack.Select(c => c.Original.DestinationPort.Number), Is.EqualTo(new[] { 2 }));
    }

    [Test]
    public void A_SYN_announces_no_more_than_the_rule_allows_and_its_checksum_stays_right()
    {
        var world = new TwoContainers();
        Rule(world, "mangle", "FORWARD", "-p tcp -m tcp --tcp-flags SYN,RST SYN -j TCPMSS --set-mss 1000");

        var answer = Connect(world, 3, 80);

        Assert.That((answer, Sizes(world, "c2")), Is.EqualTo((Errno.ConnectionRefused, "1000")));
    }

    [TestCase("172.18.0.3:80-90")]
    [TestCase("172.18.0.3-172.18.0.3:80-80")]
    public void A_range_of_ports_is_heeded(string to)
    {
        var world = new TwoContainers();
        Rule(world, "nat", "PREROUTING", $"-p tcp -m tcp --dport 7000 -j DNAT --to-destination {to}");
        var server = Enumerable.Range(80, 11).Select(p => world.Simulator.NetworkOf("c2").Listen(IpAddress.AnyV4, new Port((ushort)p), "web")).ToList();

        var connected = world.Simulator.Start(() => world.Simulator.NetworkOf("c1").Connect(IpAddress.Parse("172.18.0.1"), new Port(7000), "curl"));
        world.Simulator.RunFor(TimeSpan.FromSeconds(2));

        Assert.That((server.Count, connected.IsCompletedSuccessfully), Is.EqualTo((11, true)));
    }

    [Test]
    public void Masquerading_takes_a_port_of_the_range_it_is_given()
    {
        var world = new TwoContainers();
        world.AddOutside();
        Rule(world, "nat", "POSTROUTING", "-s 172.18.0.0/16 ! -o br0 -p udp -j MASQUERADE --to-ports 2000-2010");
        var server = world.Simulator.NetworkOf("outside").OpenUdp(IpAddress.AnyV4, new Port(53), "dns");
        world.Simulator.NetworkOf("c1").OpenUdp(IpAddress.AnyV4, default, "dig").Send("?"u8, IpAddress.Parse("203.0.113.1"), new Port(53));
        var asked = server.Receive();

        world.Simulator.RunFor(TimeSpan.FromSeconds(1));

        Assert.That(asked.Result!.SourcePort.Number, Is.InRange(2000, 2010));
    }

    private static void Rule(TwoContainers world, string table, string chain, string rule) =>
        world.Apply(new Change.RuleAdded("host", IpFamily.V4, table, chain, null, RuleText.Parse(rule)));

    private static Errno? Connect(TwoContainers world, int host, ushort port)
    {
        var connect = world.Simulator.Start(() => world.Simulator.NetworkOf("c1").Connect(TwoContainers.Address(host), new Port(port), "curl"));
        world.Simulator.RunFor(TimeSpan.FromSeconds(1));
        return (connect.Exception?.InnerException as SocketFailure)?.Errno;
    }

    private static void Datagram(TwoContainers world, ushort port)
    {
        world.Simulator.NetworkOf("c1").OpenUdp(IpAddress.AnyV4, default, "source").Send("x"u8, TwoContainers.Address(3), new Port(port));
        world.Simulator.RunFor(TimeSpan.FromSeconds(1));
    }

    private static int Drops(TwoContainers world, DropReason reason) => world.Trace.Events().Count(e => e.Step is Step.Dropped d && d.Reason == reason);

    /// <summary>The segment sizes that SYNs announce as they come in.</summary>
    private static string Sizes(TwoContainers world, string space) => string.Join(' ', world.Trace.Events().Where(e => e.Place == new Place(space, "eth0")).Select(e => e.Step).OfType<Step.Received>()
        .Select(r => world.Trace.Arena.Bytes(r.Frame)).Select(f => Ipv4View.TryRead(f.AsSpan(14), out var ip) && TcpView.TryRead(ip.Payload, out var tcp) && tcp.Has(TcpFlags.Syn) ? $"{tcp.Options.MaximumSegmentSize}" : null).OfType<string>());
}
