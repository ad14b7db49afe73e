using NetSim.Model.Addressing;
using NetSim.Model.Netfilter;
using NetSim.Model.Packets;
using NetSim.Model.Tracing;
using NetSim.Rendering;
using NetSim.Rendering.Firewalls;
using NetSim.Rendering.Layout;
using NetSim.Rendering.Scenes;
using NetSim.Rendering.Stories;
using NUnit.Framework;

namespace NetSim.Tests.Rendering;

public sealed class FirewallTests
{
    [Test]
    public void Every_rule_that_was_met_is_told_in_order_with_the_condition_that_failed()
    {
        var met = Meet(IpAddress.Parse("172.18.0.3"), 4567);

        Assert.That(met.Select(m => (m.Rule.Chain, m.Rule.Number, m.Depth, m.Held, m.Failing?.GetType().Name)), Is.EqualTo(new (string, int, int, bool, string?)[]
        {
            ("FORWARD", 1, 0, false, nameof(Match.InInterface)), ("FORWARD", 2, 0, true, null),
            ("DOCKER", 1, 1, false, nameof(Match.Destination)), ("DOCKER", 2, 1, true, null),
        }));
    }

    [Test]
    public void The_policy_is_met_last_when_no_rule_decides()
    {
        var met = Meet(IpAddress.Parse("172.18.0.9"), 1);

        Assert.That((met[^1].Rule.Number, met[^1].Held), Is.EqualTo((0, true)));
    }

    [Test]
    public void The_term_that_decided_is_found_in_the_rules_own_words()
    {
        var rows = RuleRow.Of(FirewallPhase.Asked("filter", Hook.Forward) with { Met = Meet(IpAddress.Parse("172.18.0.3"), 4567) }, IpFamily.V4);

        Assert.That(rows.Select(r => string.Join('|', r.Terms.Select(t => r.Text.Substring(t.At, t.Length)))), Is.EqualTo(new[] { "-i eth9", "-o br0", "-d 172.18.0.2/32", "-d 172.18.0.3/32|--dport 4567" }));
    }

    [Test]
    public void A_row_names_the_docker_option_behind_it()
    {
        var rows = RuleRow.Of(FirewallPhase.Asked("filter", Hook.Forward) with { Met = Meet(IpAddress.Parse("172.18.0.3"), 4567) }, IpFamily.V4);

        Assert.That(rows.Select(r => r.MadeBy), Is.EqualTo(new[] { "not Docker’s", "docker network create app", "container db", "docker run -p 4567 webapp" }));
    }

    [Test]
    public void Many_rules_that_are_not_about_the_packet_are_folded_and_counted()
    {
        var rules = new Ruleset();
        for (int i = 0; i < 40; i++) rules.Add("filter", "FORWARD", null, RuleText.Parse($"-d 10.0.0.{i}/32 -j ACCEPT"));
        var met = new List<MetRule>();
        new CompiledRuleset(rules).Judge(Hook.Forward, TableKind.Filter, Packet(IpAddress.Parse("172.18.0.3"), 80), all: met);

        var rows = RuleRow.Of(FirewallPhase.Asked("filter", Hook.Forward) with { Met = met }, IpFamily.V4);

        Assert.That(rows.Select(r => r.Text), Is.EqualTo(new[] { "-d 10.0.0.0/32 -j ACCEPT", "-d 10.0.0.1/32 -j ACCEPT", "37 more rules that are not about it", "-d 10.0.0.39/32 -j ACCEPT" }));
    }

    [Test]
    public void A_packet_that_a_rule_ended_is_chosen_and_its_end_is_told()
    {
        var story = Story(DropStory.Make())!;

        Assert.That((story.Drop, story.Packet, story.Sentence), Is.EqualTo(((DropReason?)DropReason.Filtered, "SYN 80", "a1 may not visit b1: they live on different networks.")));
    }

    [Test]
    public void The_questions_of_a_published_port_come_in_the_kernels_order()
    {
        var story = Story(SeedStory.Make())!;

        Assert.That(story.Phases.Select(p => p.Name), Is.EqualTo(new[] { "raw PREROUTING", "nat, as agreed", "routing", "filter FORWARD", "bridge" }));
    }

    [Test]
    public void A_trace_without_rules_says_so()
    {
        var scene = Picture.Draw(PictureView.Firewall, new Trace(), new());

        Assert.That(scene.Shapes.OfType<Shape.Text>().Select(t => t.Words), Has.Some.Contains("No packet was recorded"));
    }

    private static FirewallStory? Story(Trace trace)
    {
        var index = TraceIndex.Of(trace);
        return FirewallFold.Of(index, PlanFold.Of(trace, index), null);
    }

    private static List<MetRule> Meet(IpAddress to, ushort port)
    {
        var rules = new Ruleset();
        rules.Add("filter", "FORWARD", null, RuleText.Parse("-i eth9 -j DROP"));
        rules.Add("filter", "FORWARD", null, RuleText.Parse("-o br0 -j DOCKER") with { Origin = new("network app", "", "test") });
        rules.Add("filter", "DOCKER", null, RuleText.Parse("-d 172.18.0.2/32 -j DROP") with { Origin = new("container db", "", "test") });
        rules.Add("filter", "DOCKER", null, RuleText.Parse("-d 172.18.0.3/32 -p tcp -m tcp --dport 4567 -j ACCEPT") with { Origin = new("container webapp", "-p 4567", "test") });
        var met = new List<MetRule>();
        new CompiledRuleset(rules).Judge(Hook.Forward, TableKind.Filter, Packet(to, port), all: met);
        return met;
    }

    private static HookPacket Packet(IpAddress to, ushort port) => new() { Protocol = IpProtocol.Tcp, Source = IpAddress.Parse("203.0.113.1"), Destination = to, SourcePort = 40000, DestinationPort = port, InInterface = "up0", OutInterface = "br0", State = ConntrackStates.New };
}
