using NetSim.Model.Addressing;
using NetSim.Rendering.Stories;
using NetSim.Rendering.Timelines;
using NUnit.Framework;

namespace NetSim.Tests.Rendering;

public sealed class TimelineTests
{
    private const byte Syn = 2, SynAck = 18, Ack = 16, Push = 24;

    [Test]
    public void The_bars_add_up_to_all_bytes_that_are_shown()
    {
        var index = TraceIndex.Of(SeedStory.Make());
        var book = TimelineBook.Of(index, 200);

        Assert.That(book.Bytes.Cast<long>().Sum(), Is.EqualTo(index.Shown.Sum(e => (long)index.WireLength(e))));
    }

    [Test]
    public void Each_question_of_dns_has_the_time_its_answer_took()
    {
        var book = TimelineBook.Of(TraceIndex.Of(SeedStory.Make()), 10);

        Assert.That(book.Lookups, Has.Count.EqualTo(3).And.All.Matches<Lookup>(l => l is { Took.Ticks: > 0 }));
    }

    [Test]
    public void A_question_without_an_answer_is_open()
    {
        var b = Host();
        b.Looped("a", FrameForge.Udp(new(default, IpAddress.LoopbackV4, 40000), new(default, IpAddress.Parse("127.0.0.11"), 53), FrameForge.Dns("db", null)));

        Assert.That(TimelineBook.Of(TraceIndex.Of(b.Trace), 10).Lookups.Select(l => (l.Name, l.Took)), Is.EqualTo(new (string, TimeSpan?)[] { ("db", null) }));
    }

    [Test]
    public void What_is_made_is_marked_once()
    {
        var book = TimelineBook.Of(TraceIndex.Of(SeedStory.Make()), 10);

        Assert.That(book.Events.Select(e => (e.Kind, e.Name)), Is.EqualTo(new[] { (EventKind.Network, "app"), (EventKind.Container, "db"), (EventKind.Container, "webapp"), (EventKind.Container, "network_test") }));
    }

    [Test]
    public void The_trail_of_a_connection_has_what_was_sent_and_what_was_acknowledged()
    {
        var b = Host();
        Talk(b);

        var trail = TcpTrail.Choose(TraceIndex.Of(b.Trace))!;

        Assert.That((trail.Segments.Count, trail.Top, trail.Acks.Count, trail.RoundTrip > TimeSpan.Zero), Is.EqualTo((3, 10L, 2, true)));
    }

    [Test]
    public void A_trace_without_tcp_has_no_trail() => Assert.That(TcpTrail.Choose(TraceIndex.Of(Host().Trace)), Is.Null);

    [Test]
    public void Steps_of_an_axis_are_round([Values(0.0013, 0.7, 9, 31.2, 4000)] double span)
    {
        double step = TimeAxis.Step(span, 8), lead = Math.Round(step / Math.Pow(10, Math.Floor(Math.Log10(step) + 1e-9)), 6);

        Assert.That((lead is 1 or 2 or 5, span / step is > 2 and < 21), Is.EqualTo((true, true)));
    }

    [TestCase(530, "53 µs")]
    [TestCase(13_000, "1.3 ms")]
    [TestCase(4_720_000, "472 ms")]
    [TestCase(13_000_000, "1.30 s")]
    [TestCase(2_500_000_000, "4 min 10 s")]
    public void Spans_are_said_as_people_do(long ticks, string said) => Assert.That(Spans.Of(new(ticks)), Is.EqualTo(said));

    private static StoryBuilder Host()
    {
        var b = new StoryBuilder().Host();
        b.Network("app", "br-1", "172.18.0.0/16");
        b.Container("a", "x", "app", "172.18.0.2");
        b.Container("c", "x", "app", "172.18.0.3");
        return b;
    }

    private static void Talk(StoryBuilder b)
    {
        var (from, to) = (b.Ends["a"] with { Port = 40000 }, b.Ends["c"] with { Port = 80 });
        b.Bridged("a", "c", "app", FrameForge.Tcp(from, to, Syn));
        b.Bridged("c", "a", "app", FrameForge.Tcp(to, from, SynAck));
        b.Bridged("a", "c", "app", FrameForge.Tcp(from, to, Ack));
        b.Bridged("a", "c", "app", FrameForge.Tcp(from, to, Push, "0123456789"));
        b.Bridged("c", "a", "app", FrameForge.Tcp(to, from, Ack));
    }
}
