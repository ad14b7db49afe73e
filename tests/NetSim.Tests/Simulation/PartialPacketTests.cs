using NetSim.Model.Addressing;
using NetSim.Model.Tracing;
using NetSim.Simulation.Stacks;
using NUnit.Framework;

namespace NetSim.Tests.Simulation;

/// <summary>Pieces of packets: put together, timed out, thrown away. The limits are those of linux v6.6 Documentation/networking/ip-sysctl.rst.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class PartialPacketTests
{
    private static readonly FragmentKey Key = new(IpAddress.Parse("10.0.0.1"), IpAddress.Parse("10.0.0.2"), 7, 17);
    private readonly TwoContainers _world = new();
    private readonly List<int> _told = [];

    [Test]
    public void In_whatever_order_pieces_come_they_make_one_packet([Values(1, 2, 3, 4, 5)] int seed)
    {
        var waiting = Waiting();
        int[] order = [.. Enumerable.Range(0, 6)];
        new Random(seed).Shuffle(order);
        var whole = order.Select(n => waiting.Add(Key, Piece(n * 8, 8, more: n < 5))).ToList();

        Assert.That((whole.Take(5).Any(w => w is not null), whole[5]!.Select(p => p.Offset)), Is.EqualTo((false, new[] { 0, 8, 16, 24, 32, 40 })).Using<(bool, IEnumerable<int>)>((a, b) => a.Item1 == b.Item1 && a.Item2.SequenceEqual(b.Item2)));
    }

    [Test]
    public void A_piece_that_comes_twice_does_no_harm()
    {
        var waiting = Waiting();
        waiting.Add(Key, Piece(0, 16, more: true));
        waiting.Add(Key, Piece(0, 16, more: true));

        Assert.That(waiting.Add(Key, Piece(16, 8, more: false)), Has.Count.EqualTo(2));
    }

    [TestCase(8, 16)]
    [TestCase(0, 24)]
    public void Pieces_that_overlap_make_the_whole_packet_go(int offset, int length)
    {
        var waiting = Waiting();
        waiting.Add(Key, Piece(0, 16, more: true));
        waiting.Add(Key, Piece(offset, length, more: true));

        Assert.That((waiting.Add(Key, Piece(16, 8, more: false)), waiting.Room > 0, Drops(DropReason.Malformed)), Is.EqualTo(((IList<FragmentPiece>?)null, true, 1)));
    }

    [TestCase(16, 8, false, 24, 8, true, TestName = "Nothing_lies_beyond_the_end")]
    [TestCase(16, 8, false, 8, 8, false, TestName = "There_is_one_end_only")]
    [TestCase(65528, 8, false, 0, 8, true, TestName = "A_packet_has_65535_bytes_at_most")]
    public void What_can_not_be_is_thrown_away(int offset, int length, bool more, int thenOffset, int thenLength, bool thenMore)
    {
        var waiting = Waiting();
        waiting.Add(Key, Piece(offset, length, more));
        waiting.Add(Key, Piece(thenOffset, thenLength, thenMore));

        Assert.That(Drops(DropReason.Malformed), Is.GreaterThan(0));
    }

    [Test]
    public void What_never_becomes_whole_goes_after_its_time_and_who_sent_the_first_piece_hears_of_it()
    {
        var waiting = Waiting();
        waiting.Add(Key, Piece(0, 16, more: true));
        waiting.Add(Key with { Identification = 8 }, Piece(8, 16, more: true)); // without its first piece nobody is told
        _world.Simulator.RunFor(TimeSpan.FromSeconds(29.9));
        int before = Drops(DropReason.NeverWhole);
        _world.Simulator.RunFor(TimeSpan.FromSeconds(0.2));

        Assert.That((before, Drops(DropReason.NeverWhole), waiting.Room, _told), Is.EqualTo((0, 2, 0L, new List<int> { 16 })).Using<(int, int, long, List<int>)>((a, b) => (a.Item1, a.Item2, a.Item3) == (b.Item1, b.Item2, b.Item3) && a.Item4.SequenceEqual(b.Item4)));
    }

    [Test]
    public void The_time_can_be_set()
    {
        _world.Apply(new Change.SysctlSet("c1", "net.ipv4.ipfrag_time", "2"));
        Waiting().Add(Key, Piece(0, 16, more: true));
        _world.Simulator.RunFor(TimeSpan.FromSeconds(2.1));

        Assert.That(Drops(DropReason.NeverWhole), Is.EqualTo(1));
    }

    [Test]
    public void Beyond_the_room_for_pieces_none_is_taken()
    {
        _world.Apply(new Change.SysctlSet("c1", "net.ipv4.ipfrag_high_thresh", "10000"));
        var waiting = Waiting();
        for (uint n = 0; n < 20; n++) waiting.Add(Key with { Identification = n }, Piece(0, 1480, more: true));

        Assert.That((waiting.Room, Drops(DropReason.QueueFull)), Is.EqualTo((5 * 2304L, 15)));
    }

    [Test]
    public void Where_sixty_four_pieces_of_others_came_between_a_packet_begins_anew()
    {
        var waiting = Waiting();
        waiting.Add(Key, Piece(0, 16, more: true));
        for (uint n = 100; n < 170; n++) waiting.Add(Key with { Identification = n }, Piece(0, 16, more: true));
        var whole = waiting.Add(Key, Piece(16, 8, more: false));

        Assert.That((whole, Drops(DropReason.NeverWhole)), Is.EqualTo(((IList<FragmentPiece>?)null, 1)));
    }

    private PartialPackets Waiting() => new(_world.Simulator.World.Stack("c1"), new("net.ipv4.ipfrag_time", 30, "net.ipv4.ipfrag_high_thresh", "net.ipv4.ipfrag_max_dist"), first => _told.Add(first.Length));

    private FragmentPiece Piece(int offset, int length, bool more) => new(_world.Simulator.Kernel.Frames.Rent(length), offset, length, more);

    private int Drops(DropReason reason) => _world.Trace.Rows().Count(r => r.Row.Kind == StepKind.Dropped && r.Row.A == (int)reason);
}
