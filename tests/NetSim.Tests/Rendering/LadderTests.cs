using NetSim.Model.Tracing;
using NetSim.Rendering;
using NetSim.Rendering.Ladders;
using NetSim.Rendering.Layout;
using NetSim.Rendering.Scenes;
using NetSim.Rendering.Stories;
using NUnit.Framework;

namespace NetSim.Tests.Rendering;

public sealed class LadderTests
{
    private const byte Syn = 2, Push = 24;

    [Test]
    public void The_numbers_add_up_to_the_input([Values(6, 20, 60)] int budget)
    {
        var trace = SeedStory.Make();

        var ledger = PageOf(trace, budget).Ledger;

        Assert.That((ledger.Recorded, ledger.Hidden >= 0), Is.EqualTo((TraceIndex.Of(trace).Ledger.Recorded, true)));
    }

    [Test]
    public void A_page_has_at_most_the_rows_that_fit_and_says_what_it_leaves_out()
    {
        var page = PageOf(SeedStory.Make(), 4);

        Assert.That((page.Items.OfType<LadderItem.Arrow>().Count(a => !a.Continues), page.Items.OfType<LadderItem.Seam>().Any(s => s.Words.Contains("packets not shown", StringComparison.Ordinal))), Is.EqualTo((4, true)));
    }

    [Test]
    public void A_bridged_frame_goes_straight_from_container_to_container()
    {
        var arrow = PageOf(SeedStory.Make(), 60).Items.OfType<LadderItem.Arrow>().First(a => a.Label == "SYN 6379");

        Assert.That((arrow.Hop.From, arrow.Hop.To), Is.EqualTo((new Place("webapp", "eth0"), new[] { new Place("db", "eth0") })));
    }

    [Test]
    public void Nat_is_told_once_with_the_address_before_and_after()
    {
        var swaps = PageOf(SeedStory.Make(), 60).Items.OfType<LadderItem.Swap>().Select(s => (s.Old, s.New));

        Assert.That(swaps, Is.EqualTo(new[] { ("203.0.113.2:32768", "172.18.0.3:4567") }));
    }

    [Test]
    public void A_drop_has_its_reason_at_its_place()
    {
        var arrow = PageOf(DropStory.Make(), 60).Items.OfType<LadderItem.Arrow>().First(a => a.Hop.Death is not null);

        Assert.That((arrow.Hop.Death!.Namespace, arrow.Hop.Reason, arrow.Hop.DeathWords), Is.EqualTo(("host", DropReason.Filtered, "PREROUTING 2")));
    }

    [Test]
    public void What_is_sent_again_has_a_row_of_its_own_that_says_so()
    {
        var again = PageOf(DropStory.Make(), 60).Items.OfType<LadderItem.Arrow>().Count(a => a.IsAgain);

        Assert.That(again, Is.EqualTo(2));
    }

    [Test]
    public void A_pause_is_a_seam_that_says_how_long_it_was()
    {
        Assert.That(PageOf(DropStory.Make(), 60).Items.OfType<LadderItem.Seam>().Select(s => s.Words), Is.EqualTo(new[] { "1.00 s without packets", "2.00 s without packets" }));
    }

    [Test]
    public void A_segment_whose_bytes_were_sent_before_is_a_retransmission_and_new_bytes_are_not()
    {
        var b = new StoryBuilder().Host();
        b.Network("app", "br-1", "172.18.0.0/16");
        b.Container("a", "x", "app", "172.18.0.2");
        b.Container("c", "x", "app", "172.18.0.3");
        var (from, to) = (b.Ends["a"] with { Port = 40000 }, b.Ends["c"] with { Port = 80 });
        b.Bridged("a", "c", "app", FrameForge.Tcp(from, to, Syn));
        b.Bridged("a", "c", "app", FrameForge.Tcp(from, to, Syn));
        b.Bridged("a", "c", "app", FrameForge.Tcp(to, from, Push, "other way"));

        Assert.That(Retransmissions.Of(TraceIndex.Of(b.Trace)), Is.EqualTo(new[] { 1 }));
    }

    [Test]
    public void A_conversation_is_one_before_and_after_nat()
    {
        var trace = SeedStory.Make();
        var aliases = FlowAliases.Of(trace);
        var translated = trace.Events().Select(e => e.Step).OfType<Step.Translated>().First().Detail;

        Assert.That(aliases.Of(translated.After.Reversed), Is.EqualTo(aliases.Of(translated.Before)));
    }

    [Test]
    public void What_lies_in_the_future_of_the_instant_is_pale()
    {
        var trace = SeedStory.Make();
        var index = TraceIndex.Of(trace);
        var scene = Picture.Draw(PictureView.Ladder, trace, new() { At = index.Shown[3].Time });

        Assert.That(scene.Shapes.OfType<Shape.Text>().Count(t => t.Opacity < .5), Is.GreaterThan(10));
    }

    private static LadderPage PageOf(Trace trace, int budget)
    {
        var index = TraceIndex.Of(trace);
        var plan = PlanFold.Of(trace, index);
        return LadderPage.Of(index, plan, new Names(index.TopologyAt(trace.Count - 1), plan.NameOf), (index.Shown[0], null), budget);
    }
}
