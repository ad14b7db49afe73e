using NUnit.Framework;

namespace NetSim.Tests.Simulation.Tcp;

/// <summary>How losses are noticed and mended.</summary>
public sealed class RecoveryTests
{
    private const int Full = 1000;

    [Test]
    public void One_lost_segment_is_sent_again_after_a_round_trip_and_alone()
    {
        var conversation = Lossy(nth => nth == 30);
        conversation.Connect(Conversation.Bytes(200_000), thenCloses: true);
        conversation.Run(10);

        Assert.That(Resent(conversation), Has.Count.EqualTo(1).And.All.LessThan(0.2));
    }

    [Test]
    public void Three_holes_in_a_window_are_mended_without_a_timeout()
    {
        var conversation = Lossy(nth => nth is 40 or 43 or 47);
        conversation.Connect(Conversation.Bytes(300_000), thenCloses: true);
        conversation.Run(10);

        Assert.That(Resent(conversation), Has.Count.EqualTo(3).And.All.LessThan(0.3));
    }

    [Test]
    public void A_receiver_with_a_hole_tells_what_it_has_beyond()
    {
        var conversation = Lossy(nth => nth == 30);
        conversation.Connect(Conversation.Bytes(200_000), thenCloses: true);
        conversation.Run(10);

        Assert.That(conversation.Segments("c2").Any(s => s.Blocks > 0), Is.True);
    }

    [Test]
    public void A_segment_that_came_twice_is_told()
    {
        var conversation = new Conversation(new Troubles(Twice: 0.2, Delay: 1_000_000), 3);
        conversation.Connect(Conversation.Bytes(100_000), thenCloses: true);
        conversation.Run(10);

        Assert.That(conversation.Segments("c2").Any(s => s.Blocks > 0), Is.True);
    }

    [Test]
    public void A_lost_tail_is_probed_before_the_retransmission_timer()
    {
        int sent = 0;
        var conversation = new Conversation(new Troubles(Delay: 10_000_000));
        conversation.ToServer.Loses = (_, frame) => frame.Length > Full && ++sent is 9 or 10;
        conversation.Connect(Conversation.Bytes(14_480));
        conversation.Run(5);

        Assert.That(Resent(conversation)[0], Is.LessThan(0.15));
    }

    [Test]
    public void A_lone_segment_is_sent_again_after_two_hundred_milliseconds_and_then_ever_later()
    {
        var conversation = new Conversation();
        conversation.Connect();
        conversation.Run(1);
        conversation.ToServer.Loses = (_, frame) => frame.Length > 100;
        conversation.Client.Say(new byte[100]);
        conversation.Run(7);

        var times = conversation.Segments("c1").Where(s => s.Length > 0).Select(s => Math.Round(s.Time - 1, 1)).ToList();
        Assert.That(times, Is.EqualTo(new[] { 0, 0.2, 0.4, 0.8, 1.6, 3.2, 6.5 }).Within(0.11));
    }

    [Test]
    public void A_peer_that_went_silent_makes_the_connection_time_out_after_fifteen_minutes()
    {
        var conversation = new Conversation();
        conversation.Connect();
        conversation.Run(1);
        conversation.ToServer.Loses = (_, frame) => frame.Span[12] == 8 && frame.Span[13] == 0; // ARP goes on
        conversation.Client.Say(new byte[100]);
        conversation.Run(1300);

        Assert.That(conversation.Client.Failure, Is.EqualTo(NetSim.Simulation.Sockets.Errno.TimedOut));
    }

    private static Conversation Lossy(Func<int, bool> loses)
    {
        int sent = 0;
        var conversation = new Conversation(new Troubles(Delay: 5_000_000));
        conversation.ToServer.Loses = (_, frame) => frame.Length > Full && loses(sent++);
        return conversation;
    }

    /// <summary>When segments went out whose bytes had gone out before.</summary>
    private static List<double> Resent(Conversation conversation)
    {
        var times = new List<double>();
        var seen = new HashSet<uint>();
        foreach (var s in conversation.Segments("c1").Where(s => s.Length > 0))
            if (!seen.Add(s.Sequence)) times.Add(s.Time);
        return times;
    }
}
