using NetSim.Model.Addressing;
using NetSim.Model.Topology;
using NetSim.Model.Tracing;
using NUnit.Framework;

namespace NetSim.Tests.Simulation.Faults;

public sealed class LinkFaultTests
{
    [Test]
    public void A_cut_cable_loses_everything_and_says_why()
    {
        var world = Broken(FaultPlace.Cable, new LinkFault { Loss = 1 }, warm: true);

        Send(world, 3);

        Assert.That(Steps(world).OfType<Step.Dropped>().Select(d => (d.Reason, d.Detail?.ToString())).Distinct(), Is.EqualTo(new[] { (DropReason.Loss, "cut") }));
    }

    [Test]
    public void A_capture_at_the_sender_shows_what_the_cable_loses_and_not_what_the_queue_loses()
    {
        var (cable, queue) = (Broken(FaultPlace.Cable, new LinkFault { Loss = 1 }), Broken(FaultPlace.Queue, new LinkFault { Loss = 1 }));

        Send(cable, 1);
        Send(queue, 1);

        Assert.That((Sent(cable) > 0, Sent(queue) > 0), Is.EqualTo((true, false)));
    }

    [Test]
    public void A_share_of_datagrams_is_lost_and_the_rest_arrives()
    {
        var world = Broken(FaultPlace.Cable, new LinkFault { Loss = 0.3, Seed = 5 }, warm: true);

        int arrived = Send(world, 200);

        Assert.That(arrived + Steps(world).OfType<Step.Dropped>().Count(d => d.Reason == DropReason.Loss), Is.EqualTo(200));
        Assert.That(arrived, Is.InRange(115, 165));
    }

    [Test]
    public void A_delay_is_added_each_time()
    {
        var world = Broken(FaultPlace.Cable, new LinkFault { Delay = TimeSpan.FromMilliseconds(30) }, warm: true);

        Send(world, 1);

        Assert.That(OnWay(world), Is.InRange(TimeSpan.FromMilliseconds(30), TimeSpan.FromMilliseconds(30.1)));
    }

    [Test]
    public void Jitter_spreads_the_delay_both_ways_and_frames_overtake()
    {
        var world = Broken(FaultPlace.Cable, new LinkFault { Delay = TimeSpan.FromMilliseconds(10), Jitter = TimeSpan.FromMilliseconds(10) }, warm: true);

        Send(world, 50);

        Assert.That(Order(world), Is.Not.Ordered);
    }

    [Test]
    public void Duplicates_arrive_twice()
    {
        var world = Broken(FaultPlace.Cable, new LinkFault { Duplicate = 1 }, warm: true);

        int arrived = Send(world, 10);

        Assert.That((arrived, Faulted(world, FaultKind.Duplicated)), Is.EqualTo((20, 10)));
    }

    [Test]
    public void Reordered_frames_skip_the_delay()
    {
        var world = Broken(FaultPlace.Cable, new LinkFault { Delay = TimeSpan.FromMilliseconds(10), Reorder = 0.2 }, warm: true);

        Send(world, 50);

        Assert.That((Order(world).SequenceEqual(Order(world).Order()), Faulted(world, FaultKind.Reordered) > 0), Is.EqualTo((false, true)));
    }

    [Test]
    public void A_turned_bit_is_found_by_whoever_checks()
    {
        var world = Broken(FaultPlace.Cable, new LinkFault { Corrupt = 1 }, warm: true);

        int arrived = Send(world, 40);

        Assert.That((arrived < 8, Drops(world, DropReason.BadChecksum) > 20), Is.EqualTo((true, true)));
    }

    [Test]
    public void A_rate_lets_frames_wait_and_a_full_queue_drops_the_rest()
    {
        var world = Broken(FaultPlace.Cable, new LinkFault { BitsPerSecond = 1_000_000, QueueFrames = 4 }, warm: true);

        int arrived = Send(world, 10);

        Assert.That((arrived, Drops(world, DropReason.QueueFull), Steps(world).OfType<Step.Queued>().Max(q => q.Before)), Is.EqualTo((5, 5, 4)));
    }

    [Test]
    public void A_burst_leaves_at_once()
    {
        var world = Broken(FaultPlace.Queue, new LinkFault { BitsPerSecond = 8_000, BurstBytes = 10_000, QueueBytes = 1_000 }, warm: true);

        Send(world, 10);

        Assert.That(Order(world), Has.Count.EqualTo(10));
    }

    [Test]
    public void A_relay_works_on_both_ways_between_the_port_and_its_bridge()
    {
        var world = new TwoContainers();
        world.Apply(new Change.LinkFaultSet("host", "vethc1", FaultPlace.Relay, new LinkFault { Delay = TimeSpan.FromMilliseconds(10) }));

        var reply = Ping(world, "c1", 3);

        Assert.That(reply, Is.InRange(TimeSpan.FromMilliseconds(40), TimeSpan.FromMilliseconds(41))); // ARP there and back, then the echo
    }

    [Test]
    public void A_partition_parts_two_and_leaves_the_rest_alone()
    {
        var world = new TwoContainers(3);
        world.Apply(new Change.LinkFaultSet("c1", "eth0", FaultPlace.Cable, new LinkFault { PartedFrom = [TwoContainers.Address(3)] }));

        Assert.That((Ping(world, "c1", 3).HasValue, Ping(world, "c1", 4).HasValue), Is.EqualTo((false, true)));
    }

    [Test]
    public void What_is_over_troubles_nobody()
    {
        var world = Broken(FaultPlace.Cable, new LinkFault { Loss = 1 });
        world.Apply(new Change.LinkFaultSet("c1", "eth0", FaultPlace.Cable, null));

        Assert.That(Send(world, 5), Is.EqualTo(5));
    }

    [Test]
    public void Every_frame_of_a_bad_link_is_delivered_dropped_or_under_way([Range(1, 20)] int seed)
    {
        var world = Broken(FaultPlace.Cable, new LinkFault
        {
            Loss = 0.1,
            Duplicate = 0.1,
            Corrupt = 0.1,
            Reorder = 0.1,
            Delay = TimeSpan.FromMilliseconds(5),
            Jitter = TimeSpan.FromMilliseconds(5),
            BitsPerSecond = 2_000_000,
            QueueFrames = 20,
            Seed = (uint)seed,
        });

        Send(world, 100, seconds: 10);

        Assert.That(world.Simulator.Kernel.Frames.InUse, Is.Zero); // each frame was given back by the one who ended it
    }

    [Test]
    public void The_same_seed_gives_the_same_trace()
    {
        var rows = new[] { 1, 2 }.Select(_ => Broken(FaultPlace.Cable, new LinkFault { Loss = 0.2, Duplicate = 0.2, Delay = TimeSpan.FromMilliseconds(2), Jitter = TimeSpan.FromMilliseconds(2) }))
            .Select(world =>
            {
                Send(world, 50);
                return world.Trace.Rows().Select(r => r.Row).ToList();
            }).ToList();

        Assert.That(rows[0], Is.EqualTo(rows[1]));
    }

    private static TwoContainers Broken(FaultPlace where, LinkFault fault, bool warm = false)
    {
        var world = new TwoContainers();
        if (warm) Ping(world, "c1", 3);
        world.Apply(new Change.LinkFaultSet("c1", "eth0", where, fault));
        return world;
    }

    /// <summary>Sends datagrams from c1 to c2 and gives how many were received in the seconds after.</summary>
    private static int Send(TwoContainers world, int count, int seconds = 2)
    {
        var receiver = world.Simulator.NetworkOf("c2").OpenUdp(IpAddress.AnyV4, new Port(9), "sink");
        var sender = world.Simulator.NetworkOf("c1").OpenUdp(IpAddress.AnyV4, default, "source");
        int arrived = 0;
        _ = world.Simulator.Start(async () =>
        {
            while (await receiver.Receive() is not null) arrived++;
        });
        for (int i = 0; i < count; i++) sender.Send(new byte[100], TwoContainers.Address(3), new Port(9));
        world.Simulator.RunFor(TimeSpan.FromSeconds(seconds));
        return arrived;
    }

    private static TimeSpan? Ping(TwoContainers world, string from, int to)
    {
        var ping = world.Simulator.NetworkOf(from).OpenPing(v6: false, "ping");
        var began = world.Simulator.Now;
        TimeSpan? took = null;
        ping.Send(TwoContainers.Address(to), 1, new byte[56]);
        _ = world.Simulator.Start(async () =>
        {
            if (await ping.Receive(TimeSpan.FromSeconds(2)) is { Type: 0 }) took = world.Simulator.Now - began;
        });
        world.Simulator.RunFor(TimeSpan.FromSeconds(5));
        return took;
    }

    /// <summary>What became of the datagrams.</summary>
    private static IEnumerable<Step> Steps(TwoContainers world)
    {
        var events = world.Trace.Events().ToList();
        var datagrams = events.Where(e => e.Step is Step.Originated { Socket.Program: "source" }).Select(e => e.Packet).ToHashSet();
        return events.Where(e => datagrams.Contains(e.Packet)).Select(e => e.Step).OfType<Step>();
    }

    private static int Drops(TwoContainers world, DropReason reason) => Steps(world).OfType<Step.Dropped>().Count(d => d.Reason == reason);

    private static int Faulted(TwoContainers world, FaultKind kind) => Steps(world).OfType<Step.Faulted>().Count(f => f.Kind == kind);

    private static int Sent(TwoContainers world) => world.Trace.Events().Count(e => e.Step is Step.Transmitted && e.Place == new Place("c1", "eth0"));

    private static List<int> Order(TwoContainers world) =>
        world.Trace.Events().Where(e => e.Step is Step.Delivered { Socket.Program: "sink" }).Select(e => e.Packet.Value).ToList();

    private static TimeSpan OnWay(TwoContainers world)
    {
        var events = world.Trace.Events().ToList();
        var delivered = events.Last(e => e.Step is Step.Delivered { Socket.Program: "sink" });
        return delivered.Time - events.First(e => e.Step is Step.Originated && e.Packet == delivered.Packet).Time;
    }
}
