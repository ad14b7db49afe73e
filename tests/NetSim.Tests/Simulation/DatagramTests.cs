using NetSim.Model.Addressing;
using NetSim.Model.Tracing;
using NetSim.Simulation.Sockets;
using NUnit.Framework;

namespace NetSim.Tests.Simulation;

public sealed class DatagramTests
{
    [Test]
    public void A_datagram_reaches_the_socket_of_another_container()
    {
        var world = new TwoContainers();
        using var server = world.Simulator.NetworkOf("c2").OpenUdp(IpAddress.AnyV4, new Port(53), "server");
        using var client = world.Simulator.NetworkOf("c1").OpenUdp(IpAddress.AnyV4, default, "client");
        var received = server.Receive();
        client.Send("hello"u8, TwoContainers.Address(3), new Port(53));

        world.Simulator.RunFor(TimeSpan.FromSeconds(1));

        Assert.That(received.Result!.Source, Is.EqualTo(TwoContainers.Address(2)));
    }

    [Test]
    public void A_closed_port_is_answered_by_port_unreachable()
    {
        var world = new TwoContainers();
        using var client = world.Simulator.NetworkOf("c1").OpenUdp(IpAddress.AnyV4, default, "client");
        client.Connect(TwoContainers.Address(3), new Port(53));
        client.Send("hello"u8, TwoContainers.Address(3), new Port(53));

        var failure = client.Receive();
        world.Simulator.RunFor(TimeSpan.FromSeconds(1));

        Assert.That(((SocketFailure)failure.Exception!.InnerException!).Errno, Is.EqualTo(Errno.ConnectionRefused));
    }

    [Test]
    public void An_echo_request_is_answered_with_its_own_size()
    {
        var world = new TwoContainers();
        using var ping = world.Simulator.NetworkOf("c1").OpenPing(v6: false, "ping");
        ping.Send(TwoContainers.Address(3), 1, new byte[56]);

        var reply = ping.Receive(TimeSpan.FromSeconds(1));
        world.Simulator.RunFor(TimeSpan.FromSeconds(2));

        Assert.That(reply.Result, Is.EqualTo(new PingReply(TwoContainers.Address(3), 0, 0, 1, 64, 64, 0)));
    }

    [Test]
    public void An_echo_larger_than_the_mtu_travels_in_pieces_and_comes_back_whole()
    {
        var world = new TwoContainers();
        using var ping = world.Simulator.NetworkOf("c1").OpenPing(v6: false, "ping");
        ping.Send(TwoContainers.Address(3), 1, new byte[4000]);

        var reply = ping.Receive(TimeSpan.FromSeconds(1));
        world.Simulator.RunFor(TimeSpan.FromSeconds(2));

        Assert.That(reply.Result!.Bytes, Is.EqualTo(4008));
    }

    [Test]
    public void An_absent_neighbour_is_reported_after_three_requests()
    {
        var world = new TwoContainers();
        using var ping = world.Simulator.NetworkOf("c1").OpenPing(v6: false, "ping");
        ping.Send(TwoContainers.Address(99), 1, new byte[56]);
        var reply = ping.Receive();

        world.Simulator.RunUntil(() => reply.IsCompleted, SimTime.FromMilliseconds(10_000));

        Assert.That((reply.Result!.Type, reply.Result.Code, reply.Result.Source, Math.Round(world.Simulator.Now.Seconds, 2)), Is.EqualTo((3, 1, TwoContainers.Address(2), 3.06)));
    }

    [Test]
    public void The_taps_see_a_bridged_packet_in_the_order_of_linux()
    {
        var world = new TwoContainers();
        using var ping = world.Simulator.NetworkOf("c1").OpenPing(v6: false, "ping");
        ping.Send(TwoContainers.Address(3), 1, new byte[56]);
        world.Simulator.RunFor(TimeSpan.FromSeconds(1));
        int packet = world.Trace.Rows().First(r => r.Row.Kind == StepKind.Originated).Row.Packet;

        var taps = world.Trace.Rows().Where(r => r.Row.Packet == packet && r.Row.Kind is StepKind.Received or StepKind.Transmitted && r.Row.Packet == packet)
            .Select(r => $"{world.Trace.Places[r.Row.Place]} {r.Row.Kind}");

        Assert.That(taps, Is.EqualTo(new[] { "c1 eth0 Transmitted", "host vethc1 Received", "host br0 Received", "host vethc2 Transmitted", "c2 eth0 Received" }));
    }

    [Test]
    public void The_gateway_answers_when_time_to_live_ends_there()
    {
        var world = new TwoContainers();
        world.AddOutside();
        using var ping = world.Simulator.NetworkOf("c1").OpenPing(v6: false, "ping");
        ping.Send(IpAddress.Parse("203.0.113.1"), 1, new byte[56], ttl: 1);

        var reply = ping.Receive(TimeSpan.FromSeconds(1));
        world.Simulator.RunFor(TimeSpan.FromSeconds(2));

        Assert.That((reply.Result!.Type, reply.Result.Source), Is.EqualTo((11, TwoContainers.Address(1))));
    }
}
