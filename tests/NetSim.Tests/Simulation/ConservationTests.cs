using NetSim.Model.Addressing;
using NetSim.Model.Topology;
using NetSim.Model.Tracing;
using NetSim.Simulation;
using NetSim.Simulation.Sockets;
using NUnit.Framework;

namespace NetSim.Tests.Simulation;

/// <summary>Over topologies and faults made by chance: every packet is delivered, dropped with a reason, or under way; and no frame is lost in the machinery.</summary>
public sealed class ConservationTests
{
    [Test]
    public void Every_packet_has_an_end_or_is_under_way([Range(1, 40)] int seed)
    {
        var (simulator, trace) = Run(seed, TimeSpan.FromSeconds(90));

        Assert.That((Told(trace, Unended(trace)), simulator.Kernel.Frames.InUse), Is.EqualTo(("", 0)));
    }

    [Test]
    public void What_has_no_end_yet_is_under_way([Range(41, 60)] int seed)
    {
        var (simulator, trace) = Run(seed, TimeSpan.FromMilliseconds(1000 + seed));

        Assert.That(Unended(trace).Count, Is.LessThanOrEqualTo(simulator.Kernel.Frames.InUse));
    }

    /// <summary>Packets that a socket made and that were neither delivered nor dropped anywhere.</summary>
    private static HashSet<int> Unended(Trace trace)
    {
        var rows = trace.Rows().Select(r => r.Row).Where(r => r.Packet >= 0).ToList();
        var begun = rows.Where(r => r.Kind == StepKind.Originated).Select(r => r.Packet).ToHashSet();
        begun.ExceptWith(rows.Where(r => r.Kind is StepKind.Delivered or StepKind.Dropped).Select(r => r.Packet));
        return begun;
    }

    /// <summary>What became of them, for who has to find out why.</summary>
    private static string Told(Trace trace, HashSet<int> packets) => string.Join('\n', trace.Events().Where(e => packets.Contains(e.Packet.Value)).Select(e => $"{e.Time.Nanoseconds} {e.Packet} {e.Place} {e.Step}"));

    private static (Simulator Simulator, Trace Trace) Run(int seed, TimeSpan span)
    {
        var chance = new Random(seed);
        var trace = new Trace();
        var simulator = new Simulator((ulong)seed, trace);
        var containers = Build(simulator, chance);
        foreach (var (name, _) in containers) Listen(simulator, name);
        for (int i = 0; i < 25; i++)
        {
            simulator.RunFor(TimeSpan.FromMilliseconds(chance.Next(80)));
            Happen(simulator, chance, containers);
        }
        simulator.RunFor(span);
        return (simulator, trace);
    }

    /// <summary>One to three bridges, each with some containers, on a host that forwards or not and filters some.</summary>
    private static List<(string Name, IpAddress Address)> Build(Simulator s, Random chance)
    {
        s.Apply(new Change.NamespaceMade("host", NamespaceKind.Host, "host"));
        s.Apply(new Change.SysctlSet("host", "net.ipv4.ip_forward", chance.Next(4) == 0 ? "0" : "1"));
        s.Apply(new Change.SysctlSet("host", "net.bridge.bridge-nf-call-iptables", chance.Next(2).ToString(System.Globalization.CultureInfo.InvariantCulture)));
        if (chance.Next(2) == 0) s.Apply(new Change.RuleAdded("host", NetSim.Model.Netfilter.IpFamily.V4, "filter", "FORWARD", null, NetSim.Model.Netfilter.RuleText.Parse("-p udp -m udp --dport 5000 -j " + (chance.Next(2) == 0 ? "DROP" : "REJECT"))));
        var made = new List<(string, IpAddress)>();
        for (int b = chance.Next(1, 4); b > 0; b--)
        {
            s.Apply(new Change.InterfaceMade("host", new InterfaceSpec { Name = $"br{b}", Kind = InterfaceKind.Bridge, Mac = new(0x0242_0000_0000UL + (uint)b) }));
            s.Apply(new Change.AddressAdded("host", $"br{b}", new(IpAddress.Parse($"10.{b}.0.1"), 16)));
            s.Apply(new Change.InterfaceChanged("host", $"br{b}", Up: true));
            for (int c = chance.Next(1, 6); c > 0; c--) made.Add(Container(s, b, c, chance.Next(5) == 0 ? 900 : 1500));
        }
        return made;
    }

    private static (string Name, IpAddress Address) Container(Simulator s, int bridge, int number, int mtu)
    {
        string name = $"c{bridge}{number}";
        var address = IpAddress.Parse($"10.{bridge}.0.{number + 1}");
        s.Apply(new Change.NamespaceMade(name, NamespaceKind.Container, name));
        s.Apply(new Change.VethMade("host", new InterfaceSpec { Name = "v" + name, Kind = InterfaceKind.Veth, Mac = new(0x0A00_0000_0000UL | (uint)(bridge << 8 | number)) }, name, new InterfaceSpec { Name = "eth0", Kind = InterfaceKind.Veth, Mac = MacAddress.FromIpv4(address), Mtu = mtu }));
        s.Apply(new Change.InterfaceChanged("host", "v" + name, Up: true, Master: $"br{bridge}"));
        s.Apply(new Change.AddressAdded(name, "eth0", new(address, 16)));
        s.Apply(new Change.InterfaceChanged(name, "eth0", Up: true));
        s.Apply(new Change.RouteAdded(name, new() { Destination = Subnet.AllV4, Gateway = IpAddress.Parse($"10.{bridge}.0.1"), Interface = "eth0" }));
        return (name, address);
    }

    private static void Listen(Simulator s, string name)
    {
        var network = s.NetworkOf(name);
        _ = s.Start(async () =>
        {
            using var socket = network.OpenUdp(IpAddress.AnyV4, new Port(4000), "server");
            while (await socket.Receive() is { } d) Quietly(() => socket.Send(d.Data, d.Source, d.SourcePort));
        });
        _ = s.Start(async () =>
        {
            using var listener = network.Listen(IpAddress.AnyV4, new Port(80), "server");
            while (await listener.Accept() is { } c) _ = Answer(c);
        });
    }

    private static async Task Answer(ITcpConnection c)
    {
        try
        {
            while (await c.Receive(TimeSpan.FromSeconds(5)) is { Length: > 0 } bytes) await c.Send(bytes);
            c.Dispose();
        }
        catch (SocketFailure)
        {
            c.Dispose();
        }
    }

    /// <summary>Traffic of any kind to anybody, or a fault.</summary>
    private static void Happen(Simulator s, Random chance, List<(string Name, IpAddress Address)> all)
    {
        var (from, _) = all[chance.Next(all.Count)];
        var to = chance.Next(8) == 0 ? IpAddress.Parse("10.1.7.7") : all[chance.Next(all.Count)].Address;
        int bytes = chance.Next(1, 6000), seed = chance.Next(1, 1000);
        var network = s.NetworkOf(from);
        switch (chance.Next(6))
        {
            case 0 or 1: _ = s.Start(() => Tcp(network, to, bytes * 10)); break;
            case 2: Quietly(() => network.OpenUdp(IpAddress.AnyV4, default, "client").Send(new byte[bytes], to, new Port((ushort)(chance.Next(2) == 0 ? 4000 : 5000)))); break;
            case 3: Quietly(() => network.OpenPing(to.IsV6, "ping").Send(to, 1, new byte[chance.Next(3000)], chance.Next(3) == 0 ? 1 : 0)); break;
            case 4: s.Apply(new Change.LinkFaultSet("host", "v" + from, (FaultPlace)chance.Next(3), new LinkFault { Loss = 0.2, Duplicate = 0.2, Corrupt = 0.1, Delay = TimeSpan.FromMilliseconds(5), Jitter = TimeSpan.FromMilliseconds(4), Reorder = 0.2, BitsPerSecond = 2_000_000, QueueFrames = 5, Seed = (uint)seed })); break;
            default: s.Apply(new Change.InterfaceChanged("host", "v" + from, Up: chance.Next(3) > 0)); break;
        }
    }

    private static async Task Tcp(INetwork network, IpAddress to, int bytes)
    {
        try
        {
            using var c = await network.Connect(to, new Port(80), "client");
            await c.Send(new byte[bytes]);
            for (int heard = 0; heard < bytes;) heard += await c.Receive(TimeSpan.FromSeconds(20)) is { Length: > 0 and var n } ? n : bytes;
        }
        catch (SocketFailure)
        {
            // Refused, lost or unreachable: that is what faults are for.
        }
    }

    private static void Quietly(Action send)
    {
        try
        {
            send();
        }
        catch (SocketFailure)
        {
            // The kernel said at once that it can't be.
        }
    }
}
