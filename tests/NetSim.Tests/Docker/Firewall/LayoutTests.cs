using NetSim.Docker.Firewall;
using NetSim.Model.Addressing;
using NetSim.Model.Netfilter;
using NetSim.Model.Packets;
using NUnit.Framework;

namespace NetSim.Tests.Docker.Firewall;

/// <summary>The rules of a daemon with docker0, one network more and one published port, in the layout of each version.
/// From 28 they are those of moby's own listings (tags v28.0.0 to docker-v29.7.2, integration/network/bridge/iptablesdoc/generated/usernet-portmap.md); of 20.10.24 and 26.1.5 the layout is recorded.</summary>
public sealed class LayoutTests
{
    /// <summary>20 to 27: all in FORWARD, the newest network first.</summary>
    private const string Forward = """
        -A FORWARD -j DOCKER-USER
        -A FORWARD -j DOCKER-ISOLATION-STAGE-1
        -A FORWARD -o bridge1 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
        -A FORWARD -o bridge1 -j DOCKER
        -A FORWARD -i bridge1 ! -o bridge1 -j ACCEPT
        -A FORWARD -i bridge1 -o bridge1 -j ACCEPT
        -A FORWARD -o docker0 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
        -A FORWARD -o docker0 -j DOCKER
        -A FORWARD -i docker0 ! -o docker0 -j ACCEPT
        -A FORWARD -i docker0 -o docker0 -j ACCEPT
        -A DOCKER -d 192.0.2.2/32 ! -i bridge1 -o bridge1 -p tcp -m tcp --dport 80 -j ACCEPT
        -A DOCKER-ISOLATION-STAGE-1 -i bridge1 ! -o bridge1 -j DOCKER-ISOLATION-STAGE-2
        -A DOCKER-ISOLATION-STAGE-1 -i docker0 ! -o docker0 -j DOCKER-ISOLATION-STAGE-2
        -A DOCKER-ISOLATION-STAGE-1 -j RETURN
        -A DOCKER-ISOLATION-STAGE-2 -o bridge1 -j DROP
        -A DOCKER-ISOLATION-STAGE-2 -o docker0 -j DROP
        -A DOCKER-ISOLATION-STAGE-2 -j RETURN
        -A DOCKER-USER -j RETURN
        -A PREROUTING -m addrtype --dst-type LOCAL -j DOCKER
        -A OUTPUT ! -d 127.0.0.0/8 -m addrtype --dst-type LOCAL -j DOCKER
        -A POSTROUTING -s 192.0.2.0/24 ! -o bridge1 -j MASQUERADE
        -A POSTROUTING -s 172.17.0.0/16 ! -o docker0 -j MASQUERADE
        -A POSTROUTING -s 192.0.2.2/32 -d 192.0.2.2/32 -p tcp -m tcp --dport 80 -j MASQUERADE
        -A DOCKER -i bridge1 -j RETURN
        -A DOCKER -i docker0 -j RETURN
        -A DOCKER ! -i bridge1 -p tcp -m tcp --dport 8080 -j DNAT --to-destination 192.0.2.2:80
        """;

    /// <summary>28.0.0 alone: FORWARD asks a set of subnets.</summary>
    private const string Ipset = """
        -A PREROUTING -d 192.0.2.2/32 ! -i bridge1 -p tcp -m tcp --dport 80 -j DROP
        -A FORWARD -j DOCKER-USER
        -A FORWARD -m set --match-set docker-ext-bridges-v4 dst -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
        -A FORWARD -j DOCKER-ISOLATION-STAGE-1
        -A FORWARD -m set --match-set docker-ext-bridges-v4 dst -j DOCKER
        -A FORWARD -i docker0 -j ACCEPT
        -A FORWARD -i bridge1 -j ACCEPT
        -A DOCKER -d 192.0.2.2/32 ! -i bridge1 -o bridge1 -p tcp -m tcp --dport 80 -j ACCEPT
        -A DOCKER ! -i docker0 -o docker0 -j DROP
        -A DOCKER ! -i bridge1 -o bridge1 -j DROP
        -A DOCKER-ISOLATION-STAGE-1 -i docker0 ! -o docker0 -j DOCKER-ISOLATION-STAGE-2
        -A DOCKER-ISOLATION-STAGE-1 -i bridge1 ! -o bridge1 -j DOCKER-ISOLATION-STAGE-2
        -A DOCKER-ISOLATION-STAGE-2 -o bridge1 -j DROP
        -A DOCKER-ISOLATION-STAGE-2 -o docker0 -j DROP
        -A DOCKER-USER -j RETURN
        -A PREROUTING -m addrtype --dst-type LOCAL -j DOCKER
        -A OUTPUT ! -d 127.0.0.0/8 -m addrtype --dst-type LOCAL -j DOCKER
        -A POSTROUTING -s 192.0.2.0/24 ! -o bridge1 -j MASQUERADE
        -A POSTROUTING -s 172.17.0.0/16 ! -o docker0 -j MASQUERADE
        -A DOCKER -i bridge1 -j RETURN
        -A DOCKER -i docker0 -j RETURN
        -A DOCKER ! -i bridge1 -p tcp -m tcp --dport 8080 -j DNAT --to-destination 192.0.2.2:80
        """;

    /// <summary>28.0.1 to 28.1: DOCKER-FORWARD; the raw table guards each published port.</summary>
    private const string PerPort = """
        -A PREROUTING -d 192.0.2.2/32 ! -i bridge1 -p tcp -m tcp --dport 80 -j DROP
        -A FORWARD -j DOCKER-USER
        -A FORWARD -j DOCKER-FORWARD
        -A DOCKER -d 192.0.2.2/32 ! -i bridge1 -o bridge1 -p tcp -m tcp --dport 80 -j ACCEPT
        -A DOCKER ! -i docker0 -o docker0 -j DROP
        -A DOCKER ! -i bridge1 -o bridge1 -j DROP
        -A DOCKER-BRIDGE -o docker0 -j DOCKER
        -A DOCKER-BRIDGE -o bridge1 -j DOCKER
        -A DOCKER-CT -o docker0 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
        -A DOCKER-CT -o bridge1 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
        -A DOCKER-FORWARD -j DOCKER-CT
        -A DOCKER-FORWARD -j DOCKER-ISOLATION-STAGE-1
        -A DOCKER-FORWARD -j DOCKER-BRIDGE
        -A DOCKER-FORWARD -i docker0 -j ACCEPT
        -A DOCKER-FORWARD -i bridge1 -j ACCEPT
        -A DOCKER-ISOLATION-STAGE-1 -i docker0 ! -o docker0 -j DOCKER-ISOLATION-STAGE-2
        -A DOCKER-ISOLATION-STAGE-1 -i bridge1 ! -o bridge1 -j DOCKER-ISOLATION-STAGE-2
        -A DOCKER-ISOLATION-STAGE-2 -o bridge1 -j DROP
        -A DOCKER-ISOLATION-STAGE-2 -o docker0 -j DROP
        -A DOCKER-USER -j RETURN
        -A PREROUTING -m addrtype --dst-type LOCAL -j DOCKER
        -A OUTPUT ! -d 127.0.0.0/8 -m addrtype --dst-type LOCAL -j DOCKER
        -A POSTROUTING -s 192.0.2.0/24 ! -o bridge1 -j MASQUERADE
        -A POSTROUTING -s 172.17.0.0/16 ! -o docker0 -j MASQUERADE
        -A DOCKER -i bridge1 -j RETURN
        -A DOCKER -i docker0 -j RETURN
        -A DOCKER ! -i bridge1 -p tcp -m tcp --dport 8080 -j DNAT --to-destination 192.0.2.2:80
        """;

    /// <summary>28.2 to 28.5: the raw table guards each container, and DOCKER-USER is empty.</summary>
    private const string PerContainer = """
        -A PREROUTING -d 192.0.2.2/32 ! -i bridge1 -j DROP
        -A FORWARD -j DOCKER-USER
        -A FORWARD -j DOCKER-FORWARD
        -A DOCKER -d 192.0.2.2/32 ! -i bridge1 -o bridge1 -p tcp -m tcp --dport 80 -j ACCEPT
        -A DOCKER ! -i docker0 -o docker0 -j DROP
        -A DOCKER ! -i bridge1 -o bridge1 -j DROP
        -A DOCKER-BRIDGE -o docker0 -j DOCKER
        -A DOCKER-BRIDGE -o bridge1 -j DOCKER
        -A DOCKER-CT -o docker0 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
        -A DOCKER-CT -o bridge1 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
        -A DOCKER-FORWARD -j DOCKER-CT
        -A DOCKER-FORWARD -j DOCKER-ISOLATION-STAGE-1
        -A DOCKER-FORWARD -j DOCKER-BRIDGE
        -A DOCKER-FORWARD -i docker0 -j ACCEPT
        -A DOCKER-FORWARD -i bridge1 -j ACCEPT
        -A DOCKER-ISOLATION-STAGE-1 -i docker0 ! -o docker0 -j DOCKER-ISOLATION-STAGE-2
        -A DOCKER-ISOLATION-STAGE-1 -i bridge1 ! -o bridge1 -j DOCKER-ISOLATION-STAGE-2
        -A DOCKER-ISOLATION-STAGE-2 -o bridge1 -j DROP
        -A DOCKER-ISOLATION-STAGE-2 -o docker0 -j DROP
        -A PREROUTING -m addrtype --dst-type LOCAL -j DOCKER
        -A OUTPUT ! -d 127.0.0.0/8 -m addrtype --dst-type LOCAL -j DOCKER
        -A POSTROUTING -s 192.0.2.0/24 ! -o bridge1 -j MASQUERADE
        -A POSTROUTING -s 172.17.0.0/16 ! -o docker0 -j MASQUERADE
        -A DOCKER -i bridge1 -j RETURN
        -A DOCKER -i docker0 -j RETURN
        -A DOCKER ! -i bridge1 -p tcp -m tcp --dport 8080 -j DNAT --to-destination 192.0.2.2:80
        """;

    /// <summary>29: nothing keeps networks apart but the guards, and no packet of a container skips DNAT.</summary>
    private const string Internal = """
        -A PREROUTING -d 192.0.2.2/32 ! -i bridge1 -j DROP
        -A FORWARD -j DOCKER-USER
        -A FORWARD -j DOCKER-FORWARD
        -A DOCKER -d 192.0.2.2/32 ! -i bridge1 -o bridge1 -p tcp -m tcp --dport 80 -j ACCEPT
        -A DOCKER ! -i docker0 -o docker0 -j DROP
        -A DOCKER ! -i bridge1 -o bridge1 -j DROP
        -A DOCKER-BRIDGE -o docker0 -j DOCKER
        -A DOCKER-BRIDGE -o bridge1 -j DOCKER
        -A DOCKER-CT -o docker0 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
        -A DOCKER-CT -o bridge1 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
        -A DOCKER-FORWARD -j DOCKER-CT
        -A DOCKER-FORWARD -j DOCKER-INTERNAL
        -A DOCKER-FORWARD -j DOCKER-BRIDGE
        -A DOCKER-FORWARD -i docker0 -j ACCEPT
        -A DOCKER-FORWARD -i bridge1 -j ACCEPT
        -A PREROUTING -m addrtype --dst-type LOCAL -j DOCKER
        -A OUTPUT ! -d 127.0.0.0/8 -m addrtype --dst-type LOCAL -j DOCKER
        -A POSTROUTING -s 192.0.2.0/24 ! -o bridge1 -j MASQUERADE
        -A POSTROUTING -s 172.17.0.0/16 ! -o docker0 -j MASQUERADE
        -A DOCKER ! -i bridge1 -p tcp -m tcp --dport 8080 -j DNAT --to-destination 192.0.2.2:80
        """;

    [TestCase("20.10.24", Forward)]
    [TestCase("23.0.6", Forward)]
    [TestCase("24.0.9", Forward)]
    [TestCase("25.0.6", Forward)]
    [TestCase("26.1.5", Forward)]
    [TestCase("27.5.1", Forward)]
    [TestCase("28.0.0", Ipset)]
    [TestCase("28.0.1", PerPort)]
    [TestCase("28.0.4", PerPort)]
    [TestCase("28.1.1", PerPort)]
    [TestCase("28.2.2", PerContainer)]
    [TestCase("28.5.2", PerContainer)]
    [TestCase("29.0.0", Internal)]
    [TestCase("29.7.2", Internal)]
    public void A_small_daemon_has_the_rules_of_its_version(string engine, string rules)
    {
        var daemon = Small(engine);

        Assert.That(daemon.Rules.Split('\n').Where(l => l.StartsWith("-A", StringComparison.Ordinal)), Is.EqualTo(rules.Split('\n')));
    }

    [TestCase("192.0.2.2", VerdictKind.Accept)]
    [TestCase("198.51.100.2", VerdictKind.Drop)]
    public void In_28_0_0_answers_reach_what_lies_in_the_set_of_bridges(string to, VerdictKind verdict)
    {
        var daemon = Small("28.0.0");

        var judged = new CompiledRuleset(daemon.Ruleset).Judge(Hook.Forward, TableKind.Filter, new HookPacket
        {
            Source = IpAddress.Parse("203.0.113.9"),
            Destination = IpAddress.Parse(to),
            Protocol = IpProtocol.Tcp,
            SourcePort = 443,
            DestinationPort = 40000,
            InInterface = "eth0",
            OutInterface = "bridge1",
            State = ConntrackStates.Established,
        });

        Assert.That(judged.Kind, Is.EqualTo(verdict));
    }

    [Test]
    public void In_28_0_0_a_network_that_is_removed_leaves_the_set()
    {
        var daemon = Small("28.0.0");

        daemon.Remove(Bridge1);

        Assert.That(daemon.Ruleset.Sets["docker-ext-bridges-v4"], Is.EqualTo(new[] { Subnet.Parse("172.17.0.0/16") }));
    }

    [TestCase("27.5.1", false)]
    [TestCase("28.0.1", true)]
    [TestCase("28.0.2", true)]
    [TestCase("29.7.2", false)]
    public void What_a_routed_network_sends_to_published_ports_is_left_to_docker_proxy(string engine, bool skips)
    {
        var daemon = new Daemon(engine);

        daemon.Network(Bridge1 with { Mode = GatewayMode.Routed });

        Assert.That(daemon.Rules.Contains("-A DOCKER -i bridge1 -j RETURN", StringComparison.Ordinal), Is.EqualTo(skips));
    }

    [TestCase("28.0.1", true)]
    [TestCase("28.0.2", false)]
    public void A_routed_network_without_masquerading_skips_DNAT_up_to_28_0_1(string engine, bool skips)
    {
        var daemon = new Daemon(engine);

        daemon.Network(Bridge1 with { Mode = GatewayMode.Routed, Masquerade = false });

        Assert.That(daemon.Rules.Contains("-A DOCKER -i bridge1 -j RETURN", StringComparison.Ordinal), Is.EqualTo(skips));
    }

    [Test]
    public void Ping_of_IPv6_is_written_as_iptables_save_writes_it()
    {
        var daemon = new Daemon("29.7.2");

        daemon.Network(new() { Name = "six", Bridge = "br0", V6 = Subnet.Parse("fd00::/64"), Mode6 = GatewayMode.Routed });

        Assert.That(daemon.Rules6, Does.Contain("-A DOCKER -o br0 -p ipv6-icmp -j ACCEPT\n"));
    }

    private static FirewallNetwork Bridge1 => new() { Name = "bridge1", Bridge = "bridge1", V4 = Subnet.Parse("192.0.2.0/24") };

    private static Daemon Small(string engine)
    {
        var daemon = new Daemon(engine);
        daemon.Docker0();
        daemon.Run(daemon.Network(Bridge1), "192.0.2.2", "8080:80");
        return daemon;
    }
}
