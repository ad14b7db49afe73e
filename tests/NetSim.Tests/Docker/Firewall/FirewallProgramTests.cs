using NetSim.Docker.Firewall;
using NetSim.Model.Addressing;
using NetSim.Model.Naming;
using NetSim.Model.Netfilter;
using NetSim.Model.Topology;
using NetSim.Model.Tracing;
using NUnit.Framework;

namespace NetSim.Tests.Docker.Firewall;

/// <summary>What engines were asked in recorded cases, and the rules that they had at the end.</summary>
public sealed class FirewallProgramTests
{
    private static readonly string[] Engines = ["20.10.24", "26.1.5", "28.5.2"];

    private static string Recorded(string engine, string name) => Daemon.Recorded($"{engine[..2]}-{name}.txt");

    [TestCaseSource(nameof(Engines))]
    public void The_seed_case_has_the_rules_of_the_real_engine(string engine)
    {
        string recorded = Recorded(engine, "01-seed");
        var daemon = new Daemon(engine);
        daemon.Docker0();
        var app = daemon.Network(recorded, "172.18.0.0/16");

        daemon.Run(app, "172.18.0.2");
        daemon.Run(app, "172.18.0.3", "32768:4567");
        daemon.Run(app, "172.18.0.4", "32769:4567");

        Assert.That(daemon.Rules, Is.EqualTo(recorded));
    }

    [TestCaseSource(nameof(Engines))]
    public void Several_networks_and_an_internal_one_have_the_rules_of_the_real_engine(string engine)
    {
        string recorded = Recorded(engine, "13-multihome-order");
        var daemon = new Daemon(engine);
        daemon.Docker0();
        var zeta = daemon.Network(recorded, "172.18.0.0/16");
        var alpha = daemon.Network(recorded, "172.19.0.0/16");
        var mid = daemon.Network(recorded, "172.20.0.0/16");

        foreach (var (network, address) in Guards(recorded, zeta, alpha, mid)) daemon.Run(network, address);
        daemon.Network(new() { Name = "aint", Bridge = Daemon.Bridge(recorded, "172.21.0.0/16"), V4 = Subnet.Parse("172.21.0.0/16"), Internal = true });

        Assert.That(daemon.Rules, Is.EqualTo(recorded));
    }

    [TestCaseSource(nameof(Engines))]
    public void A_network_without_icc_has_the_rules_of_the_real_engine(string engine)
    {
        string recorded = Recorded(engine, "23-icc-false-network");
        var daemon = new Daemon(engine);
        daemon.Docker0();
        var quiet = daemon.Network(new() { Name = "quiet", Bridge = Daemon.Bridge(recorded, "172.18.0.0/16"), V4 = Subnet.Parse("172.18.0.0/16"), Icc = false });

        daemon.Run(quiet, "172.18.0.2");
        daemon.Run(quiet, "172.18.0.3", "8080:80");

        Assert.That(daemon.Rules, Is.EqualTo(recorded));
    }

    [TestCaseSource(nameof(Engines))]
    public void Without_docker_proxy_the_rules_are_those_of_the_real_engine(string engine)
    {
        string recorded = Recorded(engine, "52-hairpin-promiscuous");
        var daemon = new Daemon(engine, new() { UserlandProxy = false });
        daemon.Docker0();
        var app = daemon.Network(recorded, "172.18.0.0/16");

        daemon.Run(app, "172.18.0.2", "8080:80");
        daemon.Run(app, "172.18.0.3");

        Assert.That(daemon.Rules, Is.EqualTo(recorded));
    }

    [TestCaseSource(nameof(Engines))]
    public void Ports_published_in_all_ways_have_the_rules_of_the_real_engine(string engine)
    {
        string recorded = Recorded(engine, "25-publish");
        var daemon = new Daemon(engine);
        var docker0 = daemon.Docker0();
        var app = daemon.Network(recorded, "172.18.0.0/16");
        bool up = engine[0] == '2' && engine[1] == '8';

        daemon.Run(app, "172.18.0.2", "8080:80");
        daemon.Run(app, "172.18.0.3", "127.0.0.1:8081:80");
        daemon.Run(app, "172.18.0.4", "32768:80");
        daemon.Run(app, "172.18.0.5", "203.0.113.2:8084:80");
        daemon.Run(app, "172.18.0.6", up ? ["9000:9000", "9001:9001", "9002:9002"] : ["9002:9002", "9001:9001", "9000:9000"]);
        daemon.Run(app, "172.18.0.7", "32769:80");
        daemon.Run(docker0, "172.17.0.2", "8087:80", "8087:80/udp");
        daemon.Run(docker0, "172.17.0.3", "8088:80");
        daemon.Run(docker0, "172.17.0.4", "127.0.0.1:32770:80");
        daemon.Run(docker0, "172.17.0.5", up ? ["32771:80", "32772:81", "32768:82/udp"] : ["32768:82/udp", "32771:81", "32772:80"]);
        daemon.Run(app, "172.18.0.8");
        daemon.Stop(app, "172.18.0.4", "32768:80");
        daemon.Run(app, "172.18.0.4", "32773:80");
        daemon.Stop(app, "172.18.0.7", "32769:80");
        daemon.Run(app, "172.18.0.7", "32774:80");

        Assert.That(daemon.Rules, Is.EqualTo(recorded));
    }

    [Test]
    public void Networks_with_IPv6_have_the_rules_of_the_real_engine()
    {
        string recorded = Daemon.Recorded("28-35-ipv6-network.v6.txt");
        var daemon = new Daemon("28.5.2");
        daemon.Docker0();
        var cafe = Six(daemon, recorded, "fd00:cafe::/64");
        Six(daemon, recorded, "fdca:a6d5:1f97::/64");
        Six(daemon, recorded, "fd00:beef::/64");

        daemon.Run(cafe, "fd00:cafe::2");
        daemon.Run(cafe, "fd00:cafe::3", "8080:80");
        daemon.Run(cafe, "fd00:cafe::99");

        Assert.That(daemon.Rules6, Is.EqualTo(recorded));
    }

    [TestCase("20.10.24")]
    [TestCase("26.1.5")]
    public void Engines_up_to_26_write_no_rules_of_IPv6_unless_asked(string engine)
    {
        var daemon = new Daemon(engine);

        daemon.Network(new() { Name = "six", Bridge = "br0", V4 = Subnet.Parse("172.18.0.0/16"), V6 = Subnet.Parse("fd00::/64") });

        Assert.That(daemon.Rules6, Is.Empty);
    }

    [TestCase("20.10.24")]
    [TestCase("28.1.1")]
    [TestCase("28.5.2")]
    [TestCase("29.7.2")]
    public void What_came_with_a_network_and_its_containers_goes_with_them(string engine)
    {
        var daemon = new Daemon(engine);
        daemon.Docker0();
        string before = daemon.Rules;

        var app = daemon.Network(new() { Name = "app", Bridge = "br0", V4 = Subnet.Parse("172.18.0.0/16") });
        daemon.Run(app, "172.18.0.2", "8080:80", "127.0.0.1:8081:80");
        daemon.Stop(app, "172.18.0.2", "8080:80", "127.0.0.1:8081:80");
        daemon.Remove(app);

        Assert.That(daemon.Rules, Is.EqualTo(engine == "20.10.24" ? before : before.StartsWith("*raw", StringComparison.Ordinal) ? before : EmptyRaw + before));
    }

    [Test]
    public void An_old_daemon_that_starts_again_finds_networks_below_docker0()
    {
        var daemon = new Daemon("20.10.24");
        var docker0 = daemon.Docker0();
        var app = daemon.Network(new() { Name = "app", Bridge = "br-app", V4 = Subnet.Parse("172.18.0.0/16") });

        daemon.Remove(docker0);
        daemon.Start();
        daemon.Network(app);
        daemon.Docker0();

        Assert.That(daemon.Rules.Split('\n').Where(l => l.StartsWith("-A FORWARD -o", StringComparison.Ordinal) && l.EndsWith("DOCKER", StringComparison.Ordinal)),
            Is.EqualTo(new[] { "-A FORWARD -o docker0 -j DOCKER", "-A FORWARD -o br-app -j DOCKER" }));
    }

    [Test]
    public void Version_29_has_no_isolation_and_a_chain_for_internal_networks()
    {
        var daemon = new Daemon("29.7.2");
        daemon.Docker0();
        daemon.Network(new() { Name = "inside", Bridge = "br0", V4 = Subnet.Parse("172.18.0.0/16"), Internal = true });

        Assert.That(daemon.Rules, Does.Contain("-A DOCKER-INTERNAL ! -s 172.18.0.0/16 -o br0 -j DROP\n-A DOCKER-INTERNAL ! -d 172.18.0.0/16 -i br0 -j DROP\n").And.Not.Contain("ISOLATION"));
    }

    [Test]
    public void A_network_without_masquerading_keeps_its_addresses_on_the_way_out()
    {
        var daemon = new Daemon("28.5.2");

        daemon.Network(new() { Name = "plain", Bridge = "br0", V4 = Subnet.Parse("172.18.0.0/16"), Masquerade = false });

        Assert.That(daemon.Rules, Does.Not.Contain("MASQUERADE"));
    }

    [Test]
    public void A_legacy_link_opens_a_port_between_two_containers_and_closes_it_again()
    {
        var daemon = new Daemon("20.10.24");
        var docker0 = daemon.Docker0();
        var link = new FirewallLink(docker0, "web", IpAddress.Parse("172.17.0.3"), IpAddress.Parse("172.17.0.2"), "tcp", new(6379));
        string before = daemon.Rules;

        daemon.Link(link);
        string linked = daemon.Rules;
        daemon.Unlink(link);

        Assert.That((linked.Contains("-A DOCKER -s 172.17.0.2/32 -d 172.17.0.3/32 -i docker0 -o docker0 -p tcp -m tcp --sport 6379 -j ACCEPT\n", StringComparison.Ordinal), daemon.Rules), Is.EqualTo((true, before)));
    }

    [Test]
    public void Every_rule_tells_whose_it_is()
    {
        var daemon = new Daemon("28.5.2");
        daemon.Run(daemon.Docker0(), "172.17.0.2", "8080:80");

        var dnat = daemon.Changes.OfType<Change.RuleAdded>().Single(c => c.Rule.Target is Target.Dnat);

        Assert.That(dnat.Rule.Origin, Is.EqualTo(new Origin("container 172.17.0.2", "-p 8080:80", "published-port-dnat")));
    }

    [Test]
    public void The_resolver_has_the_rules_of_the_real_engine()
    {
        string recorded = string.Join('\n', Daemon.Recorded("28-01-seed-webapp.counters.txt").Split('\n').Select(l => l.StartsWith('[') ? l[(l.IndexOf(']') + 2)..] : l.StartsWith(':') ? l[..l.IndexOf('[')] + "[0:0]" : l));
        var topology = new Topology();

        foreach (var c in FirewallProgram.ResolverRules(new ResolverSpec { Namespace = "webapp", UdpPort = new(40944), TcpPort = new(45805) })) topology.Apply(c);

        Assert.That(RulesetText.Write(topology["webapp"].Rules), Is.EqualTo(recorded));
    }

    private const string EmptyRaw = "*raw\n:PREROUTING ACCEPT [0:0]\n:OUTPUT ACCEPT [0:0]\nCOMMIT\n";

    private static FirewallNetwork Six(Daemon daemon, string recorded, string subnet) => daemon.Network(new() { Name = subnet, Bridge = Daemon.Bridge(recorded, subnet), V6 = Subnet.Parse(subnet) });

    private static IEnumerable<(FirewallNetwork Network, string Address)> Guards(string recorded, params FirewallNetwork[] networks)
    {
        foreach (string line in recorded.Split('\n').Where(l => l.StartsWith("-A PREROUTING -d", StringComparison.Ordinal)))
        {
            var words = line.Split(' ');
            yield return (networks.FirstOrDefault(n => n.Bridge == words[6]) ?? new FirewallNetwork { Name = "bridge", Bridge = words[6], V4 = Subnet.Parse("172.17.0.0/16") }, words[3].Split('/')[0]);
        }
    }
}
