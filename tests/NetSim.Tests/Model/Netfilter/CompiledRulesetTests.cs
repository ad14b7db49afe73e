using NetSim.Model.Addressing;
using NetSim.Model.Netfilter;
using NetSim.Model.Packets;
using NUnit.Framework;

namespace NetSim.Tests.Model.Netfilter;

public sealed class CompiledRulesetTests
{
    private const string Bridge = "br-7dc0a208ea23";

    private static readonly CompiledRuleset Recorded = new(RulesetText.Parse(File.ReadAllText(Path.Combine(Folder.Tests("Model/Netfilter/Data"), "28-01-seed.txt"))));

    private static HookPacket Syn(string from, string to, ushort port, string? by, string? leaves = null) => new()
    {
        Protocol = IpProtocol.Tcp,
        Source = IpAddress.Parse(from),
        Destination = IpAddress.Parse(to),
        SourcePort = 40000,
        DestinationPort = port,
        TcpFlags = 2,
        InInterface = by,
        OutInterface = leaves,
        State = ConntrackStates.New,
        Types = new Own("203.0.113.2"),
    };

    [Test]
    public void A_published_port_is_translated_by_the_rule_that_publishes_it()
    {
        var verdict = Recorded.Judge(Hook.Prerouting, TableKind.Nat, Syn("203.0.113.1", "203.0.113.2", 32768, "up0"));

        Assert.That((verdict.Kind, verdict.Address, verdict.Port, verdict.Rule!.Chain, verdict.Rule.Number), Is.EqualTo((VerdictKind.Dnat, IpAddress.Parse("172.18.0.3"), (ushort?)4567, "DOCKER", 3)));
    }

    [Test]
    public void Another_address_than_a_local_one_is_not_translated()
    {
        var verdict = Recorded.Judge(Hook.Prerouting, TableKind.Nat, Syn("203.0.113.1", "203.0.113.9", 32768, "up0"));

        Assert.That((verdict.Kind, verdict.Rule!.Number), Is.EqualTo((VerdictKind.Accept, 0)));
    }

    [Test]
    public void The_way_through_the_chains_is_told_when_it_is_asked_for()
    {
        var met = new List<CompiledRule>();

        Recorded.Judge(Hook.Forward, TableKind.Filter, Syn("203.0.113.1", "172.18.0.3", 4567, "up0", Bridge), met);

        Assert.That(met.Select(r => (r.Chain, r.Number)), Is.EqualTo(new[]
        {
            ("FORWARD", 1), ("FORWARD", 2), ("DOCKER-FORWARD", 1), ("DOCKER-FORWARD", 2), ("DOCKER-FORWARD", 3), ("DOCKER-BRIDGE", 2), ("DOCKER", 2),
        }));
    }

    [Test]
    public void A_port_that_is_not_published_meets_the_last_rule_of_its_bridge()
    {
        var verdict = Recorded.Judge(Hook.Forward, TableKind.Filter, Syn("203.0.113.1", "172.18.0.3", 80, "up0", Bridge));

        Assert.That(verdict.Rule!.ToString(), Is.EqualTo($"DOCKER 4: ! -i {Bridge} -o {Bridge} -j DROP"));
    }

    [Test]
    public void What_no_rule_wants_meets_the_policy()
    {
        var verdict = Recorded.Judge(Hook.Forward, TableKind.Filter, Syn("203.0.113.1", "198.51.100.7", 80, "up0", "up1"));

        Assert.That(verdict.Rule!.ToString(), Is.EqualTo("FORWARD policy DROP"));
    }

    [Test]
    public void Hooks_without_rules_are_known()
    {
        Assert.That(Enum.GetValues<Hook>().Where(Recorded.HasRules), Is.EqualTo(new[] { Hook.Prerouting, Hook.Forward, Hook.Output, Hook.Postrouting }));
    }

    [TestCase("-m mark --mark 0x5 -j DROP", VerdictKind.Drop)]
    [TestCase("-m mark ! --mark 0x5 -j DROP", VerdictKind.Accept)]
    public void A_mark_that_was_set_is_seen_by_later_rules(string rule, VerdictKind wanted)
    {
        var verdict = Judge(Syn("10.0.0.1", "10.0.0.2", 80, "eth0"), "-j MARK --set-mark 5", rule);

        Assert.That((verdict.Kind, verdict.Mark), Is.EqualTo((wanted, 5u)));
    }

    [TestCase("-s 10.0.0.0/24 -j DROP", VerdictKind.Drop)]
    [TestCase("! -s 10.0.0.0/24 -j DROP", VerdictKind.Accept)]
    [TestCase("-i eth+ -j DROP", VerdictKind.Drop)]
    [TestCase("! -i eth0 -j DROP", VerdictKind.Accept)]
    [TestCase("-p udp -j DROP", VerdictKind.Accept)]
    [TestCase("-p tcp -m multiport --dports 22,79:81 -j DROP", VerdictKind.Drop)]
    [TestCase("-p tcp --syn -j REJECT", VerdictKind.Reject)]
    [TestCase("-p tcp ! --syn -j REJECT", VerdictKind.Accept)]
    [TestCase("-m conntrack --ctstate ESTABLISHED -j DROP", VerdictKind.Accept)]
    [TestCase("-m conntrack --ctstate NEW,ESTABLISHED -j DROP", VerdictKind.Drop)]
    [TestCase("-m comment --comment x -j DROP", VerdictKind.Drop)]
    [TestCase("-m set --match-set x dst -j DROP", VerdictKind.Accept)]
    [TestCase("-j NOSUCHCHAIN", VerdictKind.Accept)]
    [TestCase("-j LOG", VerdictKind.Accept)]
    public void A_rule_decides_only_when_all_its_conditions_hold(string rule, VerdictKind wanted)
    {
        Assert.That(Judge(Syn("10.0.0.1", "10.0.0.2", 80, "eth0"), rule).Kind, Is.EqualTo(wanted));
    }

    [Test]
    public void A_limit_holds_until_its_burst_is_used_up_and_again_later()
    {
        var compiled = new CompiledRuleset(Input("-m limit --limit 1/sec --limit-burst 2 -j DROP"));
        var times = new long[] { 0, 0, 0, 1_500_000_000, 1_500_000_000 };

        var kinds = times.Select(t => compiled.Judge(Hook.Input, TableKind.Filter, Syn("10.0.0.1", "10.0.0.2", 80, "eth0") with { Time = t }).Kind);

        Assert.That(kinds, Is.EqualTo(new[] { VerdictKind.Drop, VerdictKind.Drop, VerdictKind.Accept, VerdictKind.Drop, VerdictKind.Accept }));
    }

    [Test]
    public void Chains_that_jump_in_a_circle_end_the_walk()
    {
        var rules = Input("-j A");
        rules.Add("filter", "A", null, RuleText.Parse("-j B"));
        rules.Add("filter", "B", null, RuleText.Parse("-j A"));

        Assert.That(new CompiledRuleset(rules).Judge(Hook.Input, TableKind.Filter, default).Kind, Is.EqualTo(VerdictKind.Accept));
    }

    [Test]
    public void Returning_from_a_chain_one_went_to_skips_the_chain_one_came_from()
    {
        var rules = Input("-j A", "-j ACCEPT");
        rules.Add("filter", "A", null, RuleText.Parse("-g B"));
        rules.Add("filter", "A", null, RuleText.Parse("-j DROP"));
        rules.Add("filter", "B", null, RuleText.Parse("-j RETURN"));

        Assert.That(new CompiledRuleset(rules).Judge(Hook.Input, TableKind.Filter, default).Rule!.ToString(), Is.EqualTo("INPUT 2: -j ACCEPT"));
    }

    [Test]
    public void A_change_of_the_rules_makes_the_compiled_form_stale()
    {
        var rules = Input("-j DROP");
        var compiled = new CompiledRuleset(rules);

        rules.Add("filter", "INPUT", 1, RuleText.Parse("-j ACCEPT"));

        Assert.That(compiled.IsStale, Is.True);
    }

    [Test]
    public void Asking_allocates_nothing()
    {
        var packet = Syn("203.0.113.1", "172.18.0.3", 4567, "up0", Bridge);
        Recorded.Judge(Hook.Forward, TableKind.Filter, packet);
        long before = GC.GetAllocatedBytesForCurrentThread();

        for (int i = 0; i < 100; i++) Recorded.Judge(Hook.Forward, TableKind.Filter, packet);

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    [Test]
    public void A_detail_for_the_trace_is_made_once()
    {
        var rule = Recorded.Judge(Hook.Forward, TableKind.Filter, Syn("203.0.113.1", "172.18.0.3", 4567, "up0", Bridge)).Rule!;

        var first = rule.Detail(Hook.Forward);

        Assert.That(rule.Detail(Hook.Forward), Is.SameAs(first));
    }

    private static Verdict Judge(HookPacket packet, params string[] rules) => new CompiledRuleset(Input(rules)).Judge(Hook.Input, TableKind.Filter, packet);

    private static Ruleset Input(params string[] rules)
    {
        var set = new Ruleset();
        foreach (string r in rules) set.Add("filter", "INPUT", null, RuleText.Parse(r));
        return set;
    }

    private sealed class Own(string address) : IAddressTypes
    {
        private readonly IpAddress _address = IpAddress.Parse(address);

        public AddressTypes TypeOf(IpAddress a) => a == _address || a.IsLoopback ? AddressTypes.Local : AddressTypes.Unicast;
    }
}
