using NetSim.Model.Tracing;
using NUnit.Framework;

namespace NetSim.Tests.Simulation.Tcp;

/// <summary>Windows, small segments, acknowledgments, and paths that narrow.</summary>
public sealed class FlowControlTests
{
    [Test]
    public void A_shut_window_is_probed_ever_more_rarely_and_opens_again()
    {
        var conversation = new Conversation();
        conversation.Connect(Conversation.Bytes(3_000_000), thenCloses: true);
        conversation.Run(0.0005);
        conversation.Server!.Reads = false;
        conversation.Run(10);
        int probes = conversation.Segments("c1").Count(s => s.Time > 0.5 && s.Length == 0);
        conversation.Server.Hear();
        conversation.Run(10);

        Assert.That((probes, conversation.Server.Heard.Length), Is.EqualTo((4, 3_000_000)));
    }

    [Test]
    public void A_lost_window_update_is_got_over()
    {
        var conversation = new Conversation();
        conversation.Connect(Conversation.Bytes(3_000_000), thenCloses: true);
        conversation.Run(0.0005);
        conversation.Server!.Reads = false;
        conversation.Run(1);
        conversation.ToClient.Loses = (_, _) => true;
        conversation.Server.Hear();
        conversation.Run(0.01);
        conversation.ToClient.Loses = null;
        conversation.Run(20);

        Assert.That(conversation.Server.Heard, Has.Length.EqualTo(3_000_000));
    }

    [Test]
    public void A_second_small_segment_waits_for_the_first()
    {
        var conversation = new Conversation(new Troubles(Delay: 10_000_000));
        conversation.Connect();
        conversation.Run(1);
        foreach (int n in (int[])[10, 20, 30]) conversation.Client.Say(new byte[n]);
        conversation.Run(1);

        Assert.That(conversation.Segments("c1").Where(s => s.Length > 0).Select(s => s.Length), Is.EqualTo(new[] { 10, 50 }));
    }

    [Test]
    public void Nobody_waits_who_asked_not_to()
    {
        var conversation = new Conversation(new Troubles(Delay: 10_000_000));
        conversation.Connect().Connection.NoDelay = true;
        conversation.Run(1);
        foreach (int n in (int[])[10, 20, 30]) conversation.Client.Say(new byte[n]);
        conversation.Run(1);

        Assert.That(conversation.Segments("c1").Where(s => s.Length > 0).Select(s => s.Length), Is.EqualTo(new[] { 10, 20, 30 }));
    }

    [Test]
    public void A_cork_holds_small_segments_for_a_fifth_of_a_second()
    {
        var conversation = new Conversation();
        conversation.Connect();
        conversation.Run(1);
        conversation.Client.Connection.Cork(true);
        conversation.Client.Say(new byte[10]);
        conversation.Run(1);

        Assert.That(conversation.Segments("c1").Where(s => s.Length > 0).Select(s => Math.Round(s.Time - 1, 1)), Is.EqualTo(new[] { 0.2 }));
    }

    [Test]
    public void The_window_grows_where_a_fast_reader_needs_more()
    {
        var conversation = new Conversation(new Troubles(Delay: 20_000_000));
        conversation.Connect(Conversation.Bytes(8_000_000), thenCloses: true);
        conversation.Run(60);

        Assert.That((conversation.Server!.Heard.Length, conversation.Segments("c2").Max(s => s.Window)), Is.EqualTo((8_000_000, 0u)).Using<(int, uint)>((a, b) => a.Item1 == b.Item1 && a.Item2 > 500));
    }

    [Test]
    public void Every_second_segment_of_a_stream_is_acknowledged_once_it_runs()
    {
        var conversation = new Conversation();
        conversation.Connect(Conversation.Bytes(1_000_000), thenCloses: true);
        conversation.Run(5);
        int data = conversation.Segments("c1").Count(s => s.Length > 0), acks = conversation.Segments("c2").Count(s => s.Length == 0);

        Assert.That(acks, Is.InRange(data / 2, data / 2 + 40));
    }

    [Test]
    public void A_path_that_is_narrower_further_on_is_found_out_and_fitted()
    {
        var world = new TwoContainers();
        world.AddOutside();
        world.Apply(new Change.InterfaceChanged("host", "up0", Mtu: 1400));
        world.Apply(new Change.InterfaceChanged("outside", "up1", Mtu: 1400));
        var stack = world.Simulator.World.Stack("outside");
        Conversation.Talker? server = null;
        stack.Facts.Routes.Add(new() { Destination = NetSim.Model.Addressing.Subnet.Parse("172.18.0.0/16"), Gateway = NetSim.Model.Addressing.IpAddress.Parse("203.0.113.2"), Interface = "up1" });
        stack.Routes.Changed();
        stack.Tcp.Listen(NetSim.Model.Addressing.IpAddress.AnyV4, new NetSim.Model.Addressing.Port(80), "server", 8).Acceptor = c => server = new Conversation.Talker(c);
        var client = new Conversation.Talker(world.Simulator.World.Stack("c1").Tcp.Connect(NetSim.Model.Addressing.IpAddress.Parse("203.0.113.1"), new NetSim.Model.Addressing.Port(80), "client"));
        client.Say(Conversation.Bytes(100_000), thenCloses: true);
        client.Connection.Open();
        world.Simulator.RunFor(TimeSpan.FromSeconds(5));

        Assert.That(server?.Heard.AsSpan().SequenceEqual(Conversation.Bytes(100_000)), Is.True);
    }

    [Test]
    public void A_black_hole_for_large_packets_is_got_around_when_asked_for()
    {
        var conversation = new Conversation(seed: 1, sysctls: ("net.ipv4.tcp_mtu_probing", "1"));
        conversation.ToServer.Loses = (_, frame) => frame.Length > 1200;
        conversation.Connect(Conversation.Bytes(50_000), thenCloses: true);
        conversation.Run(120);

        Assert.That(conversation.Server!.Heard, Has.Length.EqualTo(50_000));
    }
}
