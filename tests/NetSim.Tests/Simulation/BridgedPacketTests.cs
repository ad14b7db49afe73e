using NetSim.Model.Addressing;
using NetSim.Model.Netfilter;
using NetSim.Model.Packets;
using NetSim.Model.Tracing;
using NetSim.Wire.Decoding;
using NUnit.Framework;

namespace NetSim.Tests.Simulation;

public sealed class BridgedPacketTests
{
    [Test]
    public void Pieces_are_put_together_before_a_watched_bridge_and_leave_in_pieces_of_the_same_size()
    {
        var world = Watched();

        Send(world, 4000);

        Assert.That((Sizes(world, "host", "br0", StepKind.Received), Sizes(world, "c2", "eth0", StepKind.Received)), Is.EqualTo(("4028", "1500 1500 1068")));
    }

    [Test]
    public void A_bridge_without_rules_passes_pieces_as_they_are()
    {
        var world = new TwoContainers();

        Send(world, 4000);

        Assert.That(Sizes(world, "host", "br0", StepKind.Received), Is.EqualTo("1500 1500 1068"));
    }

    [Test]
    public void What_came_in_small_pieces_is_routed_on_in_pieces_as_small()
    {
        var world = Watched();
        world.AddOutside();
        world.Apply(new Change.InterfaceChanged("c1", "eth0", Mtu: 1200));

        Send(world, 2000, "203.0.113.1");

        Assert.That(Sizes(world, "host", "up0", StepKind.Transmitted), Is.EqualTo("1196 852"));
    }

    [Test]
    public void A_rejecting_RST_leaves_by_the_port_and_not_by_the_bridge()
    {
        var world = Watched();
        world.AddOutside();
        world.Apply(new Change.RuleAdded("host", IpFamily.V4, "filter", "FORWARD", null, RuleText.Parse("-p tcp -j REJECT --reject-with tcp-reset")));
        var connect = world.Simulator.Start(() => world.Simulator.NetworkOf("c1").Connect(IpAddress.Parse("203.0.113.1"), new Port(80), "curl"));

        world.Simulator.RunFor(TimeSpan.FromSeconds(1));

        Assert.That((connect.IsFaulted, Sizes(world, "host", "br0", StepKind.Transmitted), Sizes(world, "host", "vethc1", StepKind.Transmitted)), Is.EqualTo((true, "", "40")));
    }

    private static TwoContainers Watched()
    {
        var world = new TwoContainers();
        foreach (string chain in (string[])["INPUT", "FORWARD", "OUTPUT"]) world.Apply(new Change.ChainSet("host", IpFamily.V4, "filter", chain, "ACCEPT"));
        return world;
    }

    private static void Send(TwoContainers world, int bytes, string to = "172.18.0.3")
    {
        world.Simulator.NetworkOf("c1").OpenUdp(IpAddress.AnyV4, default, "socat").Send(new byte[bytes], IpAddress.Parse(to), new Port(9));
        world.Simulator.RunFor(TimeSpan.FromMilliseconds(100));
    }

    /// <summary>The lengths of the IPv4 packets seen at an interface, ICMP left out.</summary>
    private static string Sizes(TwoContainers world, string space, string name, StepKind kind)
    {
        int place = world.Trace.PlaceNumber(new Place(space, name));
        var sizes = new List<int>();
        var bytes = new byte[1 << 16];
        foreach (var (_, row) in world.Trace.Rows())
            if (row.Place == place && row.Kind == kind && world.Trace.Packets.Read(row.B, bytes) is var length && Ipv4View.TryRead(bytes.AsSpan(14, length - 14), out var packet) && packet.Protocol != IpProtocol.Icmp)
                sizes.Add(packet.Bytes.Length);
        return string.Join(' ', sizes);
    }
}
