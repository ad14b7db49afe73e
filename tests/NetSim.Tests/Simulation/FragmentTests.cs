using NetSim.Model.Addressing;
using NetSim.Model.Tracing;
using NetSim.Simulation.Sockets;
using NetSim.Tests.Simulation.Tcp;
using NUnit.Framework;

namespace NetSim.Tests.Simulation;

/// <summary>Datagrams larger than a link, on the wire, in both families.</summary>
public sealed class FragmentTests
{
    [TestCase("172.18.0.2", "172.18.0.3", 11)]
    [TestCase("fd00::11", "fd00::12", 3)]
    public void When_a_piece_is_lost_the_sender_hears_that_the_others_waited_in_vain(string from, string to, int type)
    {
        var world = World();
        int seen = 0;
        new TroubledLink(world.Simulator, "c2", new(), 1).Loses = (_, frame) => frame.Length > 1000 && ++seen == 2;
        Send(world, from, to, 4000);
        world.Simulator.RunFor(TimeSpan.FromSeconds(61));

        Assert.That(Errors(world, "c1"), Is.EqualTo(new[] { (type, 1) }));
    }

    [TestCase("172.18.0.2", "172.18.0.3")]
    [TestCase("fd00::11", "fd00::12")]
    public void When_the_first_piece_is_lost_nobody_is_told(string from, string to)
    {
        var world = World();
        int seen = 0;
        new TroubledLink(world.Simulator, "c2", new(), 1).Loses = (_, frame) => frame.Length > 1000 && ++seen == 1;
        Send(world, from, to, 4000);
        world.Simulator.RunFor(TimeSpan.FromSeconds(61));

        Assert.That((Errors(world, "c1").Count, world.Simulator.Kernel.Frames.InUse), Is.EqualTo((0, 0)));
    }

    [Test]
    public void Pieces_that_are_doubled_and_disordered_still_make_each_datagram_once([Values("172.18.0.3", "fd00::12")] string to, [Range(1, 6)] int seed)
    {
        var world = World();
        _ = new TroubledLink(world.Simulator, "c2", new(Twice: 0.3, Late: 0.5, Jitter: 2_000_000), seed);
        var socket = world.Simulator.NetworkOf("c2").OpenUdp(IpAddress.Parse(to), new Port(99), "server");
        var heard = Heard(world, socket);
        for (int i = 0; i < 10; i++)
        {
            Send(world, to.Contains(':') ? "fd00::11" : "172.18.0.2", to, 3000 + i * 500);
            world.Simulator.RunFor(TimeSpan.FromSeconds(1));
        }

        Assert.That(heard.Select(h => h.Length).Distinct(), Is.EqualTo(Enumerable.Range(0, 10).Select(i => 3000 + i * 500)));
    }

    private static TwoContainers World()
    {
        var world = new TwoContainers();
        foreach (int n in new[] { 1, 2 })
        {
            world.Apply(new Change.SysctlSet($"c{n}", "net.ipv6.conf.eth0.disable_ipv6", "0"));
            world.Apply(new Change.AddressAdded($"c{n}", "eth0", new(IpAddress.Parse($"fd00::1{n}"), 64), NoDad: true));
        }
        return world;
    }

    private static void Send(TwoContainers world, string from, string to, int bytes)
    {
        var socket = world.Simulator.NetworkOf("c1").OpenUdp(IpAddress.Parse(from), default, "client");
        socket.Send(new byte[bytes], IpAddress.Parse(to), new Port(99));
    }

    private static List<byte[]> Heard(TwoContainers world, IUdpSocket socket)
    {
        var heard = new List<byte[]>();
        _ = world.Simulator.Start(async () =>
        {
            while (await socket.Receive() is { } datagram) heard.Add(datagram.Data);
        });
        return heard;
    }

    /// <summary>Type and code of the ICMP errors that a container received.</summary>
    private static List<(int Type, int Code)> Errors(TwoContainers world, string space)
    {
        int place = world.Trace.PlaceNumber(new Place(space, "eth0"));
        var frames = world.Trace.Rows().Where(r => r.Row.Place == place && r.Row.Kind == StepKind.Received).Select(r => world.Trace.Packets.Bytes(r.Row.B));
        return [.. frames.Select(f => f[12] == 0x08 && f[13] == 0 && f[23] == 1 ? f.AsSpan(34, 2).ToArray() : f[12] == 0x86 && f[20] == 58 && f[54] < 128 ? f.AsSpan(54, 2).ToArray() : []).Where(e => e.Length == 2 && e[0] != 0 && e[0] != 8).Select(e => ((int)e[0], (int)e[1]))];
    }
}
