using NetSim.Model.Netfilter;
using NetSim.Model.Tracing;
using NetSim.Workbench.Questions;
using NUnit.Framework;

namespace NetSim.Tests.Workbench;

public sealed class DropStoryTests
{
    private static readonly FilterDetail Rule = new(Hook.Prerouting, "raw", "PREROUTING", 1, "-d 172.19.0.2/32 ! -i br0 -j DROP", "DROP", new Origin("container db", "", "direct-access"));

    [Test]
    public void A_packet_that_a_rule_dropped_names_the_rule_and_whose_it_is()
    {
        var lines = Told(DropReason.Filtered, Rule);

        Assert.That(lines, Is.EqualTo(new[] { "dropped on host by raw PREROUTING, rule 1: -d 172.19.0.2/32 ! -i br0 -j DROP (container db)" }));
    }

    [Test]
    public void A_packet_that_met_no_rule_names_the_policy()
    {
        var lines = Told(DropReason.Filtered, Rule with { Table = "filter", Chain = "FORWARD", RuleNumber = 0 });

        Assert.That(lines, Is.EqualTo(new[] { "dropped on host by the policy of filter FORWARD" }));
    }

    [Test]
    public void A_reason_without_a_rule_is_told_in_words() =>
        Assert.That(Told(DropReason.NeighbourUnreachable, null), Is.EqualTo(new[] { "dropped on host: neighbour unreachable" }));

    [Test]
    public void What_was_meant_for_another_host_died_nowhere() =>
        Assert.That(Told(DropReason.OtherHost, null), Is.Empty);

    [Test]
    public void What_died_before_or_after_the_span_is_not_told() =>
        Assert.That(DropStory.Between(Dropping(DropReason.Filtered, Rule), new(2000), new(3000)), Is.Empty);

    private static IReadOnlyList<string> Told(DropReason reason, FilterDetail? detail) => DropStory.Between(Dropping(reason, detail), new(0), new(2000));

    private static Trace Dropping(DropReason reason, FilterDetail? detail)
    {
        var trace = new Trace();
        int place = trace.PlaceNumber(new("host", null));
        int number = detail is null ? -1 : trace.AddDetail(detail);
        trace.Add(new TraceRow(1000, 0, place, (int)reason, number, StepKind.Dropped));
        trace.Add(new TraceRow(1500, 0, place, (int)reason, number, StepKind.Dropped));
        return trace;
    }
}
