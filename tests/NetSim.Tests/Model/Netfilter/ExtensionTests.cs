using NetSim.Model.Addressing;
using NetSim.Model.Netfilter;
using NetSim.Model.Packets;
using NUnit.Framework;

namespace NetSim.Tests.Model.Netfilter;

public sealed class ExtensionTests
{
    [TestCase("-m iprange --src-range 10.0.0.5-10.0.0.9 -j DROP", true)]
    [TestCase("-m iprange --src-range 10.0.0.7-10.0.0.9 -j DROP", false)]
    [TestCase("-m iprange ! --dst-range 10.0.0.1-10.0.0.9 -j DROP", true)]
    [TestCase("-m mac --mac-source 02:42:AC:12:00:02 -j DROP", true)]
    [TestCase("-m mac ! --mac-source 02:42:AC:12:00:02 -j DROP", false)]
    [TestCase("-m length --length 60:80 -j DROP", true)]
    [TestCase("-m length --length 100 -j DROP", false)]
    [TestCase("-m ttl --ttl-lt 65 -j DROP", true)]
    [TestCase("-m ttl --ttl-eq 63 -j DROP", false)]
    [TestCase("-m physdev --physdev-in vethc1 --physdev-is-bridged -j DROP", true)]
    [TestCase("-m physdev --physdev-in veth+ ! --physdev-out vethc2 -j DROP", false)]
    [TestCase("-m connmark --mark 0x7/0xf -j DROP", true)]
    [TestCase("-m conntrack --ctstate NEW --ctdir ORIGINAL -j DROP", true)]
    [TestCase("-m conntrack --ctdir REPLY -j DROP", false)]
    [TestCase("-m conntrack --ctreplsrc 172.18.0.9 -j DROP", true)]
    [TestCase("-m conntrack --ctorigdstport 8000:9000 -j DROP", true)]
    [TestCase("-m conntrack --ctstatus SEEN_REPLY,ASSURED -j DROP", false)]
    [TestCase("-m statistic --mode random --probability 0.50000000000 -j DROP", true)]
    [TestCase("-m statistic --mode random --probability 0.10000000000 -j DROP", false)]
    public void A_match_holds_or_does_not(string rule, bool drops) => Assert.That(Judge(rule), Is.EqualTo(drops ? VerdictKind.Drop : VerdictKind.Accept));

    [TestCase("-m iprange --src-range 10.0.0.5-10.0.0.9 -j DROP")]
    [TestCase("-p tcp -m hashlimit --hashlimit-upto 5/min --hashlimit-burst 3 --hashlimit-mode srcip --hashlimit-name ssh -j ACCEPT")]
    [TestCase("-m recent --update --seconds 60 --hitcount 4 --name SSH --mask 255.255.255.255 --rsource -j DROP")]
    [TestCase("-j CONNMARK --restore-mark --nfmask 0xffffffff --ctmask 0xffffffff")]
    [TestCase("-p tcp -m tcp --tcp-flags SYN,RST SYN -j TCPMSS --clamp-mss-to-pmtu")]
    [TestCase("-j CT --notrack")]
    [TestCase("-j NFLOG --nflog-prefix drop --nflog-group 1")]
    [TestCase("-m set --match-set blocked src -j DROP")]
    [TestCase("-p tcp -j DNAT --to-destination 10.0.0.1-10.0.0.9:80-90")]
    [TestCase("-j SNAT --to-source 10.0.0.1-10.0.0.9")]
    [TestCase("-p tcp -j MASQUERADE --to-ports 1024-2048 --random")]
    public void A_rule_is_written_as_it_was_read(string rule) => Assert.That(RuleText.Write(RuleText.Parse(rule)), Is.EqualTo(rule));

    [Test]
    public void The_nth_packet_of_each_four_is_meant()
    {
        var rules = Compile("-m statistic --mode nth --every 4 --packet 1 -j DROP");

        Assert.That(Enumerable.Range(0, 8).Select(_ => Judge(rules) == VerdictKind.Drop), Is.EqualTo(new[] { false, false, true, false, false, false, true, false }));
    }

    [Test]
    public void A_hashlimit_counts_each_source_by_itself()
    {
        var rules = Compile("-m hashlimit --hashlimit-upto 1/min --hashlimit-burst 2 --hashlimit-mode srcip --hashlimit-name x -j DROP");

        var verdicts = new[] { 6, 6, 6, 7 }.Select(host => Judge(rules, $"10.0.0.{host}") == VerdictKind.Drop);

        Assert.That(verdicts, Is.EqualTo(new[] { true, true, false, true }));
    }

    [Test]
    public void A_hashlimit_that_looks_above_holds_when_the_bucket_is_empty()
    {
        var rules = Compile("-m hashlimit --hashlimit-above 1/min --hashlimit-burst 2 --hashlimit-mode srcip --hashlimit-name x -j DROP");

        Assert.That(Enumerable.Range(0, 3).Select(_ => Judge(rules) == VerdictKind.Drop), Is.EqualTo(new[] { false, false, true }));
    }

    [Test]
    public void The_fourth_try_within_a_minute_is_recent_and_a_later_one_is_not()
    {
        var rules = Compile("-m recent --update --seconds 60 --hitcount 3 --name SSH --rsource -j DROP", "-m recent --set --name SSH --rsource");

        Assert.That(new[] { 0, 1, 2, 3, 200 }.Select(second => Judge(rules, second: second) == VerdictKind.Drop), Is.EqualTo(new[] { false, false, false, true, false }));
    }

    [Test]
    public void A_mark_saved_with_the_conversation_comes_back()
    {
        var facts = new Facts();
        var rules = Compile("-j MARK --set-xmark 0x9/0xffffffff", "-j CONNMARK --save-mark --nfmask 0xffffffff --ctmask 0xffffffff");

        rules.Judge(Hook.Forward, TableKind.Filter, Packet("10.0.0.6", 0, facts));

        Assert.That(facts.FlowMark, Is.EqualTo(9));
    }

    [Test]
    public void A_rule_with_something_unknown_is_in_doubt_where_the_rest_holds()
    {
        var doubts = new List<CompiledRule>();

        Compile("-s 10.0.0.6/32 -m set --match-set blocked src -j DROP", "-s 10.9.9.9/32 -m set --match-set blocked src -j DROP").Judge(Hook.Forward, TableKind.Filter, Packet("10.0.0.6", 0, null), null, doubts);

        Assert.That(doubts.Select(d => d.Number), Is.EqualTo(new[] { 1 }));
    }

    [TestCase("-m string --string x --algo bm -j DROP", "-m string --string x --algo bm")]
    [TestCase("-j TPROXY --on-port 50080", "-j TPROXY --on-port 50080")]
    [TestCase("-m iprange --src-range 10.0.0.1-10.0.0.2 -j NFLOG", null)]
    public void A_rule_says_what_of_it_is_not_modelled(string rule, string? text) => Assert.That(RuleText.Parse(rule).NotModelled, Is.EqualTo(text));

    private static CompiledRuleset Compile(params string[] rules)
    {
        var set = new Ruleset();
        foreach (string r in rules) set.Add("filter", "FORWARD", null, RuleText.Parse(r));
        return new(set);
    }

    private static VerdictKind Judge(string rule) => Judge(Compile(rule));

    private static VerdictKind Judge(CompiledRuleset rules, string source = "10.0.0.6", int second = 0) =>
        rules.Judge(Hook.Forward, TableKind.Filter, Packet(source, second, new Facts())).Kind;

    private static HookPacket Packet(string source, int second, IPacketFacts? facts) => new()
    {
        Protocol = IpProtocol.Tcp,
        Source = IpAddress.Parse(source),
        Destination = IpAddress.Parse("172.18.0.2"),
        SourcePort = 40000,
        DestinationPort = 80,
        State = ConntrackStates.New,
        Time = second * 1_000_000_000L,
        Facts = facts,
    };

    private sealed class Facts : IPacketFacts
    {
        public MacAddress SourceMac => MacAddress.Parse("02:42:ac:12:00:02");

        public int Length => 60;

        public byte TimeToLive => 64;

        public string? PhysicalIn => "vethc1";

        public string? PhysicalOut => "vethc2";

        public bool IsBridged => true;

        public TrackedFlow? Flow => new(new(IpProtocol.Tcp, IpAddress.Parse("10.0.0.6"), new(40000), IpAddress.Parse("203.0.113.2"), new(8080)),
            new(IpProtocol.Tcp, IpAddress.Parse("172.18.0.9"), new(80), IpAddress.Parse("10.0.0.6"), new(40000)), IsReply: false, Answered: false, Assured: false, Confirmed: false);

        public uint FlowMark { get; set; } = 0x17;

        public double Draw() => 0.3;

        public void Do(PacketEffect effect, int value) { }
    }
}
