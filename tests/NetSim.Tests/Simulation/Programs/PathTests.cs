using NUnit.Framework;

namespace NetSim.Tests.Simulation.Programs;

public sealed class PathTests
{
    /// <summary>An outside that knows the way back.</summary>
    private static Stage Beyond()
    {
        var stage = new Stage(2, outside: true);
        stage.Run("outside", "ip", "route", "add", "172.18.0.0/16", "via", "203.0.113.2");
        return stage;
    }

    [Test]
    public void Traceroute_sees_the_bridge_and_then_the_target()
    {
        string text = Beyond().Run("c1", "traceroute", "-n", "-q", "1", "203.0.113.1").Output;

        Assert.That(text, Does.Match(@"^traceroute to 203\.0\.113\.1 \(203\.0\.113\.1\), 30 hops max, 46 byte packets\n 1  172\.18\.0\.1  \d\.\d{3} ms\n 2  203\.0\.113\.1  \d\.\d{3} ms\n$"));
    }

    [Test]
    public void Traceroute_marks_a_hop_that_does_not_answer_with_stars()
    {
        string text = new Stage(2, outside: true).Run("c1", "traceroute", "-n", "-q", "2", "-w", "1", "-m", "1", "172.18.0.99").Output;

        Assert.That(text, Does.EndWith("\n 1  * *\n"));
    }

    [Test]
    public void Tracepath_asks_the_first_hop_twice_and_tells_the_mtu()
    {
        string text = Beyond().Run("c1", "tracepath", "-n", "203.0.113.1").Output;

        Assert.That(text, Does.Match(@"^ 1\?: \[LOCALHOST\] +pmtu 1500\n 1:  172\.18\.0\.1 .*\n 1:  172\.18\.0\.1 .*\n 2:  203\.0\.113\.1 .*reached\n     Resume: pmtu 1500 hops 2 back 2 \n$"));
    }

    [Test]
    public void Arping_goes_on_by_unicast_once_it_is_answered()
    {
        string text = new Stage(2).Run("c1", "arping", "-c", "3", "172.18.0.3").Output;

        Assert.That(text, Does.Match(@"^ARPING 172\.18\.0\.3 from 172\.18\.0\.2 eth0\n(Unicast reply from 172\.18\.0\.3 \[[0-9A-F:]+\]  \d\.\d{3}ms\n){3}Sent 3 probes \(1 broadcast\(s\)\)\nReceived 3 response\(s\)\n$"));
    }

    [TestCase("172.18.0.3", 1)]
    [TestCase("172.18.0.77", 0)]
    public void Arping_D_fails_when_the_address_is_taken(string address, int code) =>
        Assert.That(new Stage(2).Run("c1", "arping", "-D", "-c", "1", "-I", "eth0", address).ExitCode, Is.EqualTo(code));

    [Test]
    public void A_pinned_neighbour_is_not_asked_for()
    {
        var stage = new Stage(2);
        stage.Shell("ip neigh replace 172.18.0.3 lladdr 02:42:ac:12:00:03 dev eth0");
        stage.Shell("ping -c 1 172.18.0.3");

        Assert.That(stage.Shell("ip neigh show 172.18.0.3").Output, Is.EqualTo("172.18.0.3 dev eth0 lladdr 02:42:ac:12:00:03 PERMANENT \n"));
    }

    [Test]
    public void A_flushed_neighbour_is_gone()
    {
        var stage = new Stage(2);

        Assert.That(stage.Shell("ping -c 1 172.18.0.3 >/dev/null; ip neigh flush dev eth0; ip neigh").Output, Is.Empty);
    }

    [TestCase("ip route add blackhole 203.0.113.53; ip route get 203.0.113.53", "RTNETLINK answers: Invalid argument\n")]
    [TestCase("ip route add unreachable 203.0.113.53; ping -c 1 203.0.113.53", "ping: connect: No route to host\n")]
    [TestCase("ip route add blackhole 203.0.113.53; ping -c 1 203.0.113.53", "ping: connect: Invalid argument\n")]
    public void A_route_that_lets_nothing_through_has_its_own_error(string text, string error) => Assert.That(new Stage(2, outside: true).Shell(text).Error, Is.EqualTo(error));

    [Test]
    public void Ip_j_prints_one_line_of_json() =>
        Assert.That(new Stage(2).Shell("ip -j route").Output, Does.StartWith("[{\"dst\":\"default\",\"gateway\":\"172.18.0.1\",\"dev\":\"eth0\",\"flags\":[]}").Or.Contain("\"dst\":\"172.18.0.0/16\",\"dev\":\"eth0\""));

    [Test]
    public void Ip_o_addr_puts_each_address_on_a_line() =>
        Assert.That(new Stage(2).Shell("ip -4 -o addr show eth0").Output, Does.Match(@"^\d+: eth0    inet 172\.18\.0\.2/16 brd 172\.18\.255\.255 scope global eth0\\       valid_lft forever preferred_lft forever\n$"));

    [TestCase("SADD s x y x", "2\n")]
    [TestCase("HSET h a 1 b 2", "2\n")]
    [TestCase("MSET a 1 b", "ERR wrong number of arguments for 'mset' command\n\n")]
    public void Redis_has_sets_and_hashes(string command, string printed)
    {
        var stage = new Stage(2);
        stage.Start("c1", "redis-server", "--protected-mode", "no");
        stage.Simulator.RunFor(TimeSpan.FromSeconds(1));

        Assert.That(stage.Run("c2", ["redis-cli", "-h", "172.18.0.2", .. command.Split(' ')]).Output, Is.EqualTo(printed));
    }

    [Test]
    public void Redis_started_by_hand_turns_others_away()
    {
        var stage = new Stage(2);
        stage.Start("c1", "redis-server");
        stage.Simulator.RunFor(TimeSpan.FromSeconds(1));

        Assert.That(stage.Run("c2", "redis-cli", "-h", "172.18.0.2", "PING").Output, Does.StartWith("DENIED Redis is running in protected mode"));
    }
}
