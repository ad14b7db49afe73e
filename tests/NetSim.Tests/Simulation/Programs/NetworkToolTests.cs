using NetSim.Model.Addressing;
using NUnit.Framework;

namespace NetSim.Tests.Simulation.Programs;

public sealed class NetworkToolTests
{
    [Test]
    public void A_rule_leads_packets_of_its_source_through_its_table()
    {
        var stage = new Stage(2, outside: true);
        stage.Run("host", "sh", "-c", "ip route add blackhole 172.18.0.3 table 100; ip rule add from 203.0.113.2 table 100 priority 1000");

        Assert.That((stage.Run("host", "ip", "rule").Output, stage.Run("host", "ping", "-c", "1", "-W", "1", "172.18.0.3").ExitCode, stage.Run("host", "ping", "-c", "1", "-W", "1", "-I", "203.0.113.2", "172.18.0.3").ExitCode),
            Is.EqualTo(("0:\tfrom all lookup local\n1000:\tfrom 203.0.113.2 lookup 100\n32766:\tfrom all lookup main\n32767:\tfrom all lookup default\n", 0, 1)));
    }

    [Test]
    public void Netem_delays_what_an_interface_sends_until_it_is_taken_away()
    {
        var stage = new Stage(2);
        stage.Run("host", "tc", "qdisc", "add", "dev", "vethc1", "root", "netem", "delay", "100ms", "loss", "0%");
        string shown = stage.Run("host", "tc", "qdisc", "show", "dev", "vethc1").Output, slow = stage.Run("c1", "ping", "-c", "2", "172.18.0.3").Output;
        stage.Run("host", "tc", "qdisc", "del", "dev", "vethc1", "root");

        Assert.That((shown, slow.Contains("time=100", StringComparison.Ordinal), stage.Run("c1", "ping", "-c", "1", "172.18.0.3").Output.Contains("time=0", StringComparison.Ordinal)),
            Is.EqualTo(("qdisc netem 8001: root refcnt 2 limit 1000 delay 100ms\n", true, true)));
    }

    [Test]
    public void Isolated_ports_reach_the_host_but_not_each_other()
    {
        var stage = new Stage(2);
        foreach (string port in (string[])["vethc1", "vethc2"]) stage.Run("host", "bridge", "link", "set", "dev", port, "isolated", "on");

        Assert.That((stage.Run("c1", "ping", "-c", "1", "-W", "1", "172.18.0.1").ExitCode, stage.Run("c1", "ping", "-c", "1", "-W", "1", "172.18.0.3").ExitCode), Is.EqualTo((0, 1)));
    }

    [Test]
    public void An_entry_added_for_good_leads_frames_to_its_port()
    {
        var stage = new Stage(3);
        stage.Run("host", "bridge", "fdb", "add", "02:00:00:00:00:99", "dev", "vethc3", "master", "static");

        Assert.That(stage.Run("host", "bridge", "fdb", "show", "brport", "vethc3").Output, Does.Contain("02:00:00:00:00:99 master br0 permanent"));
    }

    [Test]
    public void A_learned_entry_is_forgotten_after_300_seconds()
    {
        var stage = new Stage(2);
        stage.Run("c1", "ping", "-c", "1", "172.18.0.3");
        var c1 = MacAddress.FromIpv4(TwoContainers.Address(2));
        bool before = stage.Simulator.Topology["host"].Find("br0")!.Fdb.ContainsKey(c1);
        stage.Simulator.RunFor(TimeSpan.FromSeconds(330));

        Assert.That((before, stage.Simulator.Topology["host"].Find("br0")!.Fdb.ContainsKey(c1)), Is.EqualTo((true, false)));
    }

    [Test]
    public void A_gateway_must_be_on_a_link() =>
        Assert.That(new Stage(1, outside: true).Run("host", "ip", "route", "add", "10.0.0.0/8", "via", "10.99.0.1").Error, Is.EqualTo("Error: Nexthop has invalid gateway.\n"));

    [Test]
    public void The_local_table_holds_own_addresses_and_broadcasts() =>
        Assert.That(new Stage(1).Run("c1", "ip", "route", "show", "table", "local").Output, Does.EndWith("local 172.18.0.2 dev eth0 proto kernel scope host src 172.18.0.2 \nbroadcast 172.18.255.255 dev eth0 proto kernel scope link src 172.18.0.2 \n"));
}
