using NetSim.Model.Addressing;
using NetSim.Model.Packets;
using NetSim.Model.Topology;
using NetSim.Model.Tracing;
using NUnit.Framework;

namespace NetSim.Tests.Model.Tracing;

public sealed class TraceTests
{
    private static readonly SocketDetail Socket = new(IpProtocol.Tcp, IpAddress.Parse("172.18.0.2"), new(6379), "redis");

    [Test]
    public void A_row_takes_32_bytes() =>
        Assert.That(System.Runtime.CompilerServices.Unsafe.SizeOf<TraceRow>(), Is.EqualTo(32));

    [Test]
    public void An_empty_trace_has_no_rows() => Assert.That(new Trace().Rows(), Is.Empty);

    [Test]
    public void Rows_come_back_in_order_over_many_chunks()
    {
        var trace = new Trace();
        int place = trace.PlaceNumber(new("host", null));
        for (int i = 0; i < 70_000; i++) trace.Add(new TraceRow(i, i, place, 0, 0, StepKind.Received));

        bool inOrder = trace.Rows().All(r => r.Row.Time == r.Number && trace.Row(r.Number) == r.Row);

        Assert.That((inOrder, trace.Count), Is.EqualTo((true, 70_000L)));
    }

    [Test]
    public void A_chunk_can_begin_anywhere_and_ends_with_the_trace()
    {
        var trace = new Trace();
        for (int i = 0; i < 40_000; i++) trace.Add(new TraceRow(i, i, 0, 0, 0, StepKind.Received));

        Assert.That((trace.Chunk(32_767).Length, trace.Chunk(39_999).Length, trace.Chunk(40_000).Length), Is.EqualTo((1, 1, 0)));
    }

    [Test]
    public void The_same_place_has_the_same_number()
    {
        var trace = new Trace();

        int first = trace.PlaceNumber(new("host", "docker0")), other = trace.PlaceNumber(new("host", null)), again = trace.PlaceNumber(new("host", "docker0"));

        Assert.That((first == again, first == other), Is.EqualTo((true, false)));
    }

    [Test]
    public void A_change_is_an_event_about_a_table_at_its_place()
    {
        var trace = new Trace();
        var change = new Change.NamespaceMade("db", NamespaceKind.Container, "db");
        trace.Add(SimTime.FromMilliseconds(2), change);

        var seen = trace.Events().Single();

        Assert.That(seen, Is.EqualTo(new TraceEvent(0, new(2_000_000), PacketId.None, new("db", null), null, change)));
    }

    private static IEnumerable<TestCaseData> Steps()
    {
        var filter = new FilterDetail(NetSim.Model.Netfilter.Hook.Forward, "filter", "DOCKER", 2, "-j ACCEPT", "ACCEPT", Origin.NotDockers);
        var flow = new FlowKey(IpProtocol.Tcp, Socket.Address, Socket.Port, Socket.Address, Socket.Port);
        yield return Case(StepKind.Originated, 0, 5, new Step.Originated(Socket), Socket);
        yield return Case(StepKind.Received, 0, 5, new Step.Received(5, false));
        yield return Case(StepKind.Received, 1, 5, new Step.Received(5, true));
        yield return Case(StepKind.Transmitted, 0, 5, new Step.Transmitted(5));
        yield return Case(StepKind.Seen, 0, 5, new Step.Seen(5));
        yield return Case(StepKind.Filtered, 0, -1, new Step.Filtered(filter), filter);
        yield return Case(StepKind.Translated, 0, -1, new Step.Translated(new(flow, flow.Reversed, filter)), new TranslationDetail(flow, flow.Reversed, filter));
        yield return Case(StepKind.Switched, 0, 1, new Step.Switched(new("host", "docker0"), false, true));
        yield return Case(StepKind.Switched, -1, 0, new Step.Switched(null, false, false));
        yield return Case(StepKind.Switched, -2, 1, new Step.Switched(null, true, true));
        yield return Case(StepKind.Routed, 0, -1, new Step.Routed(new("default", "eth0", null)), new RouteDetail("default", "eth0", null));
        yield return Case(StepKind.Delivered, 0, -1, new Step.Delivered(Socket), Socket);
        yield return Case(StepKind.Dropped, (int)DropReason.NoRoute, -1, new Step.Dropped(DropReason.NoRoute, null));
        yield return Case(StepKind.Dropped, (int)DropReason.Filtered, 0, new Step.Dropped(DropReason.Filtered, filter), filter);
        yield return Case(StepKind.Queued, 3, -1, new Step.Queued(3));
        yield return Case(StepKind.Lost, 9, -1, new Step.Lost(9));
        yield return Case(StepKind.Faulted, 0, 20_000, new Step.Faulted(NetSim.Model.Topology.FaultKind.Delayed, TimeSpan.FromMilliseconds(20)));
    }

    [TestCaseSource(nameof(Steps))]
    public void A_row_is_read_as_the_step_it_stands_for(StepKind kind, int a, int b, object? detail, Step step)
    {
        var trace = new Trace();
        int place = trace.PlaceNumber(new("host", "docker0"));
        if (detail is not null) trace.AddDetail(detail);
        trace.Add(new TraceRow(7, 3, place, a, b, kind));

        Assert.That(trace.Events().Single().Step, Is.EqualTo(step));
    }

    [Test]
    public void Every_kind_of_row_but_a_change_is_a_step() =>
        Assert.That(Steps().Select(s => s.Arguments[0]).Distinct().Count(), Is.EqualTo(Enum.GetValues<StepKind>().Length - 1));

    [TestCase(StepKind.Received, 5)]
    [TestCase(StepKind.Transmitted, 5)]
    [TestCase(StepKind.Seen, 5)]
    [TestCase(StepKind.Originated, 5)]
    [TestCase(StepKind.Filtered, -1)]
    [TestCase(StepKind.Changed, -1)]
    public void Only_some_rows_show_a_frame(StepKind kind, int frame) =>
        Assert.That(TraceReading.FrameOf(new TraceRow(0, 0, 0, 0, 5, kind)), Is.EqualTo(frame));

    private static TestCaseData Case(StepKind kind, int a, int b, Step step, object? detail = null) =>
        new TestCaseData(kind, a, b, detail, step).SetArgDisplayNames($"{kind} {a} {b}");
}
