using NetSim.Model.Addressing;
using NetSim.Model.Netfilter;
using NetSim.Model.Packets;
using NUnit.Framework;

namespace NetSim.Tests.Model.Netfilter;

public sealed class NftTextTests
{
    private const string Ruleset = """
        table ip docker-bridges {
        	map in-jumps {
        		type ifname : verdict
        		elements = { "br-1" : jump in__br-1,
        			     "docker0" : jump in__docker0 }
        	}

        	chain filter-FORWARD {
        		type filter hook forward priority filter; policy accept;
        		oifname vmap @in-jumps
        	}

        	chain in__docker0 {
        		counter packets 0 bytes 0 accept
        	}

        	chain in__br-1 {
        		ct state established,related counter packets 0 bytes 0 accept
        		ip daddr 172.18.0.2 tcp dport 80 counter packets 0 bytes 0 accept
        		counter packets 0 bytes 0 drop comment "UNPUBLISHED PORT DROP"
        	}
        }
        table ip6 own {
        	chain late {
        		type nat hook postrouting priority srcnat; policy drop;
        		ip6 saddr fd00::/64 oifname != "lo" masquerade
        	}
        }

        """;

    [Test]
    public void What_nft_prints_is_read_and_written_again()
    {
        var (v4, v6) = NftText.Parse(Ruleset);

        Assert.That(NftText.Write(v4, v6), Is.EqualTo(Ruleset));
    }

    [TestCase("br-1", 80, VerdictKind.Accept, "in__br-1 2: ip daddr 172.18.0.2 tcp dport 80 counter accept")]
    [TestCase("br-1", 81, VerdictKind.Drop, "in__br-1 3: counter drop comment \"UNPUBLISHED PORT DROP\"")]
    [TestCase("docker0", 81, VerdictKind.Accept, "in__docker0 1: counter accept")]
    [TestCase("eth9", 81, VerdictKind.Accept, "filter-FORWARD policy ACCEPT")]
    public void A_map_leads_a_packet_to_the_chain_of_its_interface(string output, int port, VerdictKind kind, string rule)
    {
        var verdict = Judge(Ruleset, output, (ushort)port);

        Assert.That((verdict.Kind, verdict.Rule!.ToString()), Is.EqualTo((kind, rule)));
    }

    [Test]
    public void An_accept_of_one_base_chain_does_not_spare_a_packet_the_next()
    {
        const string Later = "table ip own {\n\tchain late {\n\t\ttype filter hook forward priority filter + 10; policy accept;\n\t\ttcp dport { 80, 443 } drop\n\t}\n}\n";

        Assert.That(Judge(Ruleset + Later, "br-1", 80).Rule!.ToString(), Is.EqualTo("late 1: tcp dport { 80, 443 } drop"));
    }

    [Test]
    public void Tables_that_iptables_keeps_are_left_to_iptables_save()
    {
        var (v4, _) = NftText.Parse("# Warning: table ip filter is managed by iptables-nft, do not touch!\ntable ip filter {\n\tchain FORWARD {\n\t\ttype filter hook forward priority filter; policy drop;\n\t\txt match \"conntrack\" accept\n\t}\n}\n" + Ruleset);

        Assert.That(v4.NftTables.Select(t => t.Name), Is.EqualTo(new[] { "ip docker-bridges" }));
    }

    [TestCase("ip saddr @blocked drop", "ip saddr @blocked")]
    [TestCase("meta skuid 1000 accept", "meta skuid 1000")]
    [TestCase("tcp flags syn limit rate 5/second accept", "tcp flags syn limit rate 5/second")]
    public void What_is_not_modelled_is_kept_and_named(string rule, string unknown)
    {
        var read = NftRuleText.Parse(rule);

        Assert.That((read.NotModelled, read.ToString()), Is.EqualTo((unknown, rule)));
    }

    [Test]
    public void A_text_that_is_none_is_told_with_its_line() =>
        Assert.That(() => NftText.Parse("table ip a {\n}\nchain b {\n"), Throws.TypeOf<FormatException>().With.Message.StartsWith("line 3: "));

    private static Verdict Judge(string text, string output, ushort port) =>
        new CompiledRuleset(NftText.Parse(text).V4).Judge(Hook.Forward, TableKind.Filter, new HookPacket
        {
            Protocol = IpProtocol.Tcp,
            Source = IpAddress.Parse("203.0.113.9"),
            Destination = IpAddress.Parse("172.18.0.2"),
            DestinationPort = port,
            InInterface = "up0",
            OutInterface = output,
            State = ConntrackStates.New,
        });
}
