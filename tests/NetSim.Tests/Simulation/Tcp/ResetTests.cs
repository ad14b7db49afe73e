using NetSim.Model.Addressing;
using NetSim.Model.Packets;
using NetSim.Model.Tracing;
using NetSim.Simulation.Sockets;
using NetSim.Wire.Decoding;
using NetSim.Wire.Encoding;
using NUnit.Framework;

namespace NetSim.Tests.Simulation.Tcp;

/// <summary>RST, made and taken, beyond those of closing (RFC 9293, sections 3.5.2 and 3.5.3; RFC 5961).</summary>
public sealed class ResetTests
{
    [TestCase(0, Errno.ConnectionReset, 0, TestName = "A_reset_that_is_exactly_next_ends_the_connection")]
    [TestCase(1000, null, 1, TestName = "A_reset_within_the_window_is_doubted_and_asked_about")]
    [TestCase(-1, null, 0, TestName = "A_reset_before_the_window_is_ignored")]
    [TestCase(200_000_000, null, 0, TestName = "A_reset_beyond_the_window_is_ignored")]
    public void A_reset_counts_by_its_number(int beyond, Errno? failure, int challenges)
    {
        var (conversation, next) = Established();
        int before = Sent(conversation).Count;
        Inject(conversation, TcpFlags.Rst, unchecked(next + (uint)beyond));
        conversation.Run(0.1);

        Assert.That((conversation.Client.Failure, Sent(conversation).Count - before), Is.EqualTo((failure, challenges)));
    }

    [Test]
    public void A_syn_on_a_connection_is_asked_about_and_does_not_end_it()
    {
        var (conversation, next) = Established();
        int before = Sent(conversation).Count;
        Inject(conversation, TcpFlags.Syn, next + 500);
        conversation.Run(0.1);

        Assert.That((conversation.Client.Failure, Sent(conversation).Skip(before).Select(s => s.Flags)), Is.EqualTo(((Errno?)null, new[] { "Ack" })).Using<(Errno?, IEnumerable<string>)>((a, b) => a.Item1 == b.Item1 && a.Item2.SequenceEqual(b.Item2)));
    }

    [Test]
    public void Doubtful_segments_are_not_asked_about_too_often()
    {
        var (conversation, next) = Established();
        int before = Sent(conversation).Count;
        for (int i = 0; i < 20; i++) Inject(conversation, TcpFlags.Rst, next + 100);
        conversation.Run(0.1);

        Assert.That(Sent(conversation).Count - before, Is.EqualTo(1));
    }

    [Test]
    public void An_acknowledgment_for_nobody_is_reset_with_the_number_it_asks_for()
    {
        var conversation = new Conversation();
        conversation.Connect();
        conversation.Run(0.1);
        Inject(conversation, TcpFlags.Ack, 1234, acknowledges: 777, to: 9999);
        conversation.Run(0.1);

        Assert.That(Sent(conversation).Where(s => s.Flags.Contains("Rst")).Select(s => (s.Flags, s.Sequence)), Is.EqualTo(new[] { ("Rst", 777u) }));
    }

    [Test]
    public void A_syn_for_nobody_is_reset_with_an_acknowledgment()
    {
        var conversation = new Conversation();
        conversation.Connect();
        conversation.Run(0.1);
        Inject(conversation, TcpFlags.Syn, 5000, to: 9999);
        conversation.Run(0.1);

        Assert.That(Sent(conversation).Where(s => s.Flags.Contains("Rst")).Select(s => (s.Sequence, s.Ack)), Is.EqualTo(new[] { (0u, 5001u) }));
    }

    [Test]
    public void A_reset_is_never_answered_by_one()
    {
        var conversation = new Conversation();
        conversation.Connect();
        conversation.Run(0.1);
        Inject(conversation, TcpFlags.Rst, 5000, to: 9999);
        conversation.Run(0.1);

        Assert.That(Sent(conversation).Where(s => s.Flags.Contains("Rst")), Is.Empty);
    }

    [TestCase(TcpFlags.Rst, false, null, TestName = "While_connecting_a_bare_reset_is_ignored")]
    [TestCase(TcpFlags.Rst | TcpFlags.Ack, true, Errno.ConnectionRefused, TestName = "While_connecting_a_reset_that_acknowledges_the_syn_refuses")]
    [TestCase(TcpFlags.Rst | TcpFlags.Ack, false, null, TestName = "While_connecting_a_reset_for_another_number_is_ignored")]
    public void While_connecting_a_reset_counts_by_what_it_acknowledges(TcpFlags flags, bool right, Errno? failure)
    {
        var conversation = new Conversation();
        conversation.ToServer.Loses = (_, frame) => frame.Length > 60;
        conversation.Connect();
        conversation.Run(0.1);
        uint own = Sent(conversation)[0].Sequence;
        Inject(conversation, flags, 0, acknowledges: flags.HasFlag(TcpFlags.Ack) ? own + (right ? 1u : 99u) : 0);
        conversation.Run(0.1);

        Assert.That(conversation.Client.Failure, Is.EqualTo(failure));
    }

    [Test]
    public void Without_cookies_a_full_queue_of_half_open_connections_drops_more()
    {
        var world = new TwoContainers();
        world.Apply(new Change.SysctlSet("c2", "net.ipv4.tcp_syncookies", "0"));
        var listener = world.Simulator.World.Stack("c2").Tcp.Listen(IpAddress.AnyV4, new Port(80), "server", 4);
        new TroubledLink(world.Simulator, "c1", new(), 1).Loses = (_, frame) => frame.Span[12] == 8 && frame.Span[13] == 0; // no SYN-ACK comes back
        for (int i = 0; i < 12; i++) world.Simulator.World.Stack("c1").Tcp.Connect(TwoContainers.Address(3), new Port(80), "client").Open();
        world.Simulator.RunFor(TimeSpan.FromSeconds(0.5));

        Assert.That((listener.SynQueue, world.Trace.Rows().Count(r => r.Row.Kind == StepKind.Dropped && r.Row.A == (int)DropReason.QueueFull)), Is.EqualTo((4, 8)));
    }

    /// <summary>A connection, and the number that its client expects next.</summary>
    private static (Conversation Conversation, uint Next) Established()
    {
        var conversation = new Conversation();
        conversation.Connect();
        conversation.Run(1);
        return (conversation, Sent(conversation)[^1].Ack);
    }

    private static List<(string Flags, uint Sequence, uint Ack)> Sent(Conversation conversation) => [.. conversation.Segments("c1").Select(s => (s.Flags, s.Sequence, s.Ack))];

    /// <summary>Puts a segment before the client that the server never sent.</summary>
    private static void Inject(Conversation conversation, TcpFlags flags, uint sequence, uint acknowledges = 0, ushort? to = null)
    {
        var kernel = conversation.World.Simulator.Kernel;
        var stack = conversation.World.Simulator.World.Stack("c1");
        var frame = kernel.Frames.Rent(TcpHeader.LeastLength);
        var ip = new Ipv4Header { Source = TwoContainers.Address(3), Destination = TwoContainers.Address(2), Protocol = IpProtocol.Tcp };
        new TcpHeader { SourcePort = 80, DestinationPort = to ?? (ushort)conversation.Client.Connection.LocalPort, SequenceNumber = sequence, AcknowledgmentNumber = acknowledges, Flags = flags, Window = 1000 }
            .Write(frame.Span, ip.PseudoHeaderSum(TcpHeader.LeastLength));
        ip.Write(frame.Push(Ipv4Header.Length + EthernetHeader.Length)[EthernetHeader.Length..], TcpHeader.LeastLength);
        EthernetHeader.Write(frame.Span, stack.Device("eth0")!.Mac, MacAddress.FromIpv4(TwoContainers.Address(3)), EtherType.Ipv4);
        stack.Receive(stack.Device("eth0")!, frame);
    }
}
