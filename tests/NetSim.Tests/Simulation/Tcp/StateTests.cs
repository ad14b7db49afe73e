using NetSim.Model.Addressing;
using NetSim.Model.Tracing;
using NetSim.Simulation.Sockets;
using NetSim.Simulation.Stacks;
using NUnit.Framework;

namespace NetSim.Tests.Simulation.Tcp;

/// <summary>Opening, closing, waiting, refusing.</summary>
public sealed class StateTests
{
    [Test]
    public void Both_ends_may_open_at_once()
    {
        var world = new TwoContainers();
        NetSim.Simulation.Stacks.TcpConnection Make(string space, int to, int own, int other) =>
            world.Simulator.World.Stack(space).Tcp.Connect(TwoContainers.Address(to), new Port((ushort)other), "peer", sourcePort: new Port((ushort)own));
        var first = Make("c1", 3, 1000, 2000);
        var second = Make("c2", 2, 2000, 1000);
        first.Open();
        second.Open();
        world.Simulator.RunFor(TimeSpan.FromSeconds(3));

        Assert.That((first.State, second.State), Is.EqualTo((TcpState.Established, TcpState.Established)));
    }

    [Test]
    public void Both_ends_may_close_at_once()
    {
        var conversation = Established();
        conversation.Client.Connection.Close();
        conversation.Server!.Connection.Close();
        conversation.Run(1);

        Assert.That((conversation.Client.Connection.State, conversation.Server.Connection.State), Is.EqualTo((TcpState.TimeWait, TcpState.TimeWait)));
    }

    [Test]
    public void Who_closes_first_waits_a_minute()
    {
        var conversation = Established();
        conversation.Client.Connection.Close();
        conversation.Run(0.5);
        conversation.Server!.Connection.Close();
        conversation.Run(59);
        var before = conversation.Client.Connection.State;
        conversation.Run(2);

        Assert.That((before, conversation.Client.Connection.State), Is.EqualTo((TcpState.TimeWait, TcpState.Closed)));
    }

    [Test]
    public void A_fin_that_is_never_answered_by_one_is_waited_for_a_minute()
    {
        var conversation = Established();
        conversation.Client.Connection.Close();
        conversation.Run(59);
        var before = conversation.Client.Connection.State;
        conversation.Run(3);

        Assert.That((before, conversation.Client.Connection.State), Is.EqualTo((TcpState.FinWait2, TcpState.Closed)));
    }

    [Test]
    public void A_new_syn_takes_the_place_of_a_connection_in_time_wait()
    {
        var conversation = Established(new Port(4000));
        conversation.Server!.Connection.Close();
        conversation.Run(0.1);
        conversation.Client.Connection.Close();
        conversation.Run(1);
        var old = conversation.Server.Connection.State;
        conversation.Connect(from: new Port(4000));
        conversation.Run(1);

        Assert.That((old, conversation.Client.Connection.State), Is.EqualTo((TcpState.TimeWait, TcpState.Established)));
    }

    [Test]
    public void Unread_bytes_make_closing_a_reset()
    {
        var conversation = Established();
        conversation.Server!.Reads = false;
        conversation.Client.Say(new byte[10]);
        conversation.Run(0.1);
        conversation.Server.Connection.Close();
        conversation.Run(0.1);

        Assert.That(conversation.Client.Failure, Is.EqualTo(Errno.ConnectionReset));
    }

    [Test]
    public void Data_for_one_who_closed_is_reset()
    {
        var conversation = Established();
        conversation.Server!.Connection.Close();
        conversation.Run(0.1);
        conversation.Client.Say(new byte[10]);
        conversation.Run(0.1);

        Assert.That(conversation.Client.Failure, Is.EqualTo(Errno.BrokenPipe));
    }

    [Test]
    public void A_forgotten_connection_is_reset_at_the_next_word()
    {
        var conversation = Established();
        conversation.ToClient.Loses = (_, _) => true;
        conversation.Server!.Connection.Abort();
        conversation.Run(0.1);
        conversation.ToClient.Loses = null;
        conversation.Client.Say(new byte[10]);
        conversation.Run(1);

        Assert.That(conversation.Client.Failure, Is.EqualTo(Errno.ConnectionReset));
    }

    [Test]
    public void A_silent_peer_is_asked_and_then_given_up()
    {
        var conversation = Established();
        conversation.Client.Connection.KeepAliveEvery(new(10_000_000_000, 1_000_000_000, 3));
        conversation.Run(5);
        conversation.ToServer.Loses = (_, _) => true;
        conversation.Run(20);

        Assert.That(conversation.Client.Failure, Is.EqualTo(Errno.TimedOut));
    }

    [Test]
    public void A_peer_that_answers_keepalive_stays()
    {
        var conversation = Established();
        conversation.Client.Connection.KeepAliveEvery(new(10_000_000_000, 1_000_000_000, 3));
        conversation.Run(100);

        Assert.That(conversation.Client.Connection.State, Is.EqualTo(TcpState.Established));
    }

    [Test]
    public void A_full_syn_queue_is_answered_by_cookies_that_carry_all_options()
    {
        var conversation = new Conversation(seed: 1, sysctls: ("net.ipv4.tcp_syncookies", "2"));
        conversation.Connect(Conversation.Bytes(500_000), thenCloses: true);
        conversation.Run(5);

        Assert.That((conversation.Server?.Heard.Length, conversation.Segments("c2").Any(s => s.Length == 0 && s.Window == 64)), Is.EqualTo((500_000, true)));
    }

    [Test]
    public void Without_cookies_a_full_accept_queue_takes_no_more()
    {
        var world = new TwoContainers();
        var listener = world.Simulator.World.Stack("c2").Tcp.Listen(IpAddress.AnyV4, new Port(80), "server", 1);
        var clients = Enumerable.Range(0, 4).Select(_ =>
        {
            var c = world.Simulator.World.Stack("c1").Tcp.Connect(TwoContainers.Address(3), new Port(80), "client");
            c.Open();
            world.Simulator.RunFor(TimeSpan.FromSeconds(0.1));
            return c;
        }).ToList();
        world.Simulator.RunFor(TimeSpan.FromSeconds(0.5));

        Assert.That((listener.HasRoom, world.Trace.Rows().Any(r => r.Row.Kind == StepKind.Dropped && r.Row.A == (int)DropReason.QueueFull)), Is.EqualTo((false, true)), string.Join(' ', clients.Select(c => c.State)));
    }

    private static Conversation Established(Port from = default)
    {
        var conversation = new Conversation();
        conversation.Connect(from: from);
        conversation.Run(0.1);
        return conversation;
    }
}
