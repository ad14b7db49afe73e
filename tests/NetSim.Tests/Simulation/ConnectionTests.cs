using NetSim.Model.Addressing;
using NetSim.Model.Packets;
using NetSim.Model.Tracing;
using NetSim.Simulation.Sockets;
using NetSim.Wire.Decoding;
using NUnit.Framework;

namespace NetSim.Tests.Simulation;

public sealed class ConnectionTests
{
    [Test]
    public void A_request_gets_its_answer_and_both_ends_close()
    {
        var world = new TwoContainers();
        var answer = Exchange(world, "ping"u8.ToArray());

        world.Simulator.RunFor(TimeSpan.FromSeconds(1));

        Assert.That(answer.Result, Is.EqualTo("ping"u8.ToArray()));
    }

    [Test]
    public void Five_megabytes_arrive_whole_and_in_order()
    {
        var world = new TwoContainers();
        var sent = Enumerable.Range(0, 5_000_000).Select(i => (byte)(i % 251)).ToArray();
        var answer = Exchange(world, sent);

        world.Simulator.RunFor(TimeSpan.FromSeconds(30));

        Assert.That(answer.Result.AsSpan().SequenceEqual(sent), Is.True);
    }

    [Test]
    public void The_handshake_and_close_look_as_recorded()
    {
        var world = new TwoContainers();
        _ = Exchange(world, "ping"u8.ToArray());
        world.Simulator.RunFor(TimeSpan.FromSeconds(1));

        var segments = Segments(world, "c1", "eth0").ToList();

        Assert.That(segments, Is.EqualTo(new[] { "> Syn 64240", "< Syn, Ack 65160", "> Ack 63", "> Psh, Ack 63", "> Fin, Ack 63", "< Ack 64", "< Psh, Ack 64", "> Ack 63", "< Fin, Ack 64", "> Ack 63" }));
    }

    [Test]
    public void A_closed_port_refuses()
    {
        var world = new TwoContainers();
        var connect = world.Simulator.Start(() => world.Simulator.NetworkOf("c1").Connect(TwoContainers.Address(3), new Port(80), "curl"));

        world.Simulator.RunFor(TimeSpan.FromSeconds(1));

        Assert.That(((SocketFailure)connect.Exception!.InnerException!).Errno, Is.EqualTo(Errno.ConnectionRefused));
    }

    [Test]
    public void An_absent_neighbour_makes_connecting_fail_after_three_seconds()
    {
        var world = new TwoContainers();
        var connect = world.Simulator.Start(() => world.Simulator.NetworkOf("c1").Connect(TwoContainers.Address(99), new Port(80), "curl"));

        world.Simulator.RunUntil(() => connect.IsCompleted, SimTime.FromMilliseconds(60_000));

        Assert.That((((SocketFailure)connect.Exception!.InnerException!).Errno, Math.Round(world.Simulator.Now.Seconds, 2)), Is.EqualTo((Errno.HostUnreachable, 3.06)));
    }

    [Test]
    public void A_silent_peer_gets_five_more_syns_a_second_apart_and_then_ever_rarer_ones()
    {
        var world = new TwoContainers();
        world.Apply(new Change.InterfaceChanged("c2", "eth0", Up: false));
        world.Apply(new Change.NeighbourSet("c1", "eth0", TwoContainers.Address(3), null, ""));
        var probe = world.Simulator.NetworkOf("c1");
        world.Apply(new Change.InterfaceChanged("c2", "eth0", Up: true));
        var warm = probe.OpenPing(v6: false, "ping");
        warm.Send(TwoContainers.Address(3), 1, new byte[8]);
        world.Simulator.RunFor(TimeSpan.FromSeconds(1));
        world.Apply(new Change.RuleAdded("c2", NetSim.Model.Netfilter.IpFamily.V4, "filter", "INPUT", null, NetSim.Model.Netfilter.RuleText.Parse("-p tcp -j DROP")));
        _ = world.Simulator.Start(() => probe.Connect(TwoContainers.Address(3), new Port(80), "curl"));
        world.Simulator.RunFor(TimeSpan.FromSeconds(20));

        var syns = world.Trace.Rows().Where(r => world.Trace.Places[r.Row.Place] == new Place("c1", "eth0") && r.Row.Kind == StepKind.Transmitted && IsSyn(world, r.Row.B))
            .Select(r => Math.Round(r.Row.Time / 1e9 - 1, 1)).ToList();

        Assert.That(syns, Is.EqualTo(new[] { 0, 1, 2, 3.1, 4.1, 5.1, 7.1, 11.2, 19.4 }));
    }

    [Test]
    public void The_same_seed_gives_the_same_trace()
    {
        var traces = Enumerable.Range(0, 2).Select(_ =>
        {
            var world = new TwoContainers(seed: 7);
            var exchange = Exchange(world, new byte[100_000]);
            world.Simulator.RunFor(TimeSpan.FromSeconds(5));
            Assert.That(exchange.IsCompletedSuccessfully);
            return world.Trace.Rows().Select(r => r.Row).ToList();
        }).ToList();

        Assert.That(traces[0], Is.EqualTo(traces[1]));
    }

    private static Task<byte[]> Exchange(TwoContainers world, byte[] request)
    {
        var server = world.Simulator.NetworkOf("c2").Listen(IpAddress.AnyV4, new Port(80), "server");
        _ = world.Simulator.Start(async () =>
        {
            using var connection = (await server.Accept())!;
            var all = await ReadAll(connection);
            await connection.Send(all);
        });
        var answer = new TaskCompletionSource<byte[]>();
        _ = world.Simulator.Start(async () =>
        {
            using var connection = await world.Simulator.NetworkOf("c1").Connect(TwoContainers.Address(3), new Port(80), "client");
            await connection.Send(request);
            connection.Shutdown();
            answer.SetResult(await ReadAll(connection));
        });
        return answer.Task;
    }

    private static async Task<byte[]> ReadAll(ITcpConnection connection)
    {
        var all = new MemoryStream();
        while (await connection.Receive() is { Length: > 0 } bytes) all.Write(bytes);
        return all.ToArray();
    }

    private static IEnumerable<string> Segments(TwoContainers world, string space, string device)
    {
        int place = world.Trace.PlaceNumber(new Place(space, device));
        foreach (var (_, row) in world.Trace.Rows())
        {
            if (row.Place != place || row.Kind is not (StepKind.Received or StepKind.Transmitted)) continue;
            var bytes = world.Trace.Packets.Bytes(row.B);
            if (!Ipv4View.TryRead(bytes.AsSpan(14), out var packet) || packet.Protocol != IpProtocol.Tcp || !TcpView.TryRead(packet.Payload, out var segment)) continue;
            yield return $"{(row.Kind == StepKind.Transmitted ? '>' : '<')} {Flags(segment.Flags)} {segment.Window}";
        }
    }

    private static string Flags(TcpFlags flags) => string.Join(", ", new[] { TcpFlags.Syn, TcpFlags.Fin, TcpFlags.Psh, TcpFlags.Ack }.Where(f => (flags & f) != TcpFlags.None));

    private static bool IsSyn(TwoContainers world, int frame) =>
        Ipv4View.TryRead(world.Trace.Packets.Bytes(frame).AsSpan(14), out var packet) && packet.Protocol == IpProtocol.Tcp && TcpView.TryRead(packet.Payload, out var segment) && segment.Has(TcpFlags.Syn);
}
