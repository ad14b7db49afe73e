using NetSim.Model.Addressing;
using NetSim.Model.Tracing;
using NetSim.Simulation.Sockets;
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
}
