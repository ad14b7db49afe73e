using NetSim.Model.Addressing;
using NetSim.Model.Topology;
using NetSim.Model.Tracing;
using NUnit.Framework;

namespace NetSim.Tests.Simulation.Devices;

public sealed class SharedParentTests
{
    private static readonly InterfaceSpec Vlan = new() { Name = "up0.10", Index = 50, Kind = InterfaceKind.Vlan, Parent = "up0", VlanId = 10, Mtu = 0 };
    private static readonly InterfaceSpec Dummy = new() { Name = "dm-1", Index = 50, Kind = InterfaceKind.Dummy };

    [TestCase("bridge", true)]
    [TestCase("private", false)]
    [TestCase("vepa", false)]
    public void Macvlans_reach_each_other_in_mode_bridge_alone(string mode, bool reached)
    {
        var world = new SharedParent().With(InterfaceKind.Macvlan, mode).With(InterfaceKind.Macvlan, mode);

        Assert.That(world.Pings("s1", SharedParent.Address(2)), Is.EqualTo(reached));
    }

    [TestCase(InterfaceKind.Macvlan, "bridge")]
    [TestCase(InterfaceKind.Macvlan, "private")]
    [TestCase(InterfaceKind.Macvlan, "vepa")]
    [TestCase(InterfaceKind.Macvlan, "passthru")]
    [TestCase(InterfaceKind.Ipvlan, "l2")]
    public void What_shares_a_parent_reaches_what_is_beyond_it(InterfaceKind kind, string mode) =>
        Assert.That(new SharedParent().With(kind, mode).Pings("s1", SharedParent.Outside), Is.True);

    [TestCase(InterfaceKind.Macvlan, "bridge")]
    [TestCase(InterfaceKind.Macvlan, "private")]
    [TestCase(InterfaceKind.Ipvlan, "l2")]
    public void The_outside_reaches_what_shares_a_parent(InterfaceKind kind, string mode) =>
        Assert.That(new SharedParent().With(kind, mode).Pings("outside", SharedParent.Address(1)), Is.True);

    [TestCase(InterfaceKind.Macvlan, "bridge")]
    [TestCase(InterfaceKind.Ipvlan, "l2")]
    public void The_host_never_reaches_what_shares_its_interface(InterfaceKind kind, string mode) =>
        Assert.That(new SharedParent().With(kind, mode).Pings("host", SharedParent.Address(1)), Is.False);

    [TestCase(InterfaceKind.Macvlan, "bridge")]
    [TestCase(InterfaceKind.Ipvlan, "l2")]
    public void Nor_do_they_reach_the_host(InterfaceKind kind, string mode) =>
        Assert.That(new SharedParent().With(kind, mode).Pings("s1", SharedParent.Host), Is.False);

    [Test]
    public void The_parents_tap_shows_what_macvlans_say_to_each_other()
    {
        var world = new SharedParent().With(InterfaceKind.Macvlan, "bridge").With(InterfaceKind.Macvlan, "bridge");
        world.Pings("s1", SharedParent.Address(2));

        Assert.That(Unicast(world, "host", "up0"), Is.EqualTo(new[] { StepKind.Received, StepKind.Received, StepKind.Received }));
    }

    [Test]
    public void The_parents_tap_shows_nothing_of_what_ipvlans_say_to_each_other()
    {
        var world = new SharedParent().With(InterfaceKind.Ipvlan, "l2", "bridge").With(InterfaceKind.Ipvlan, "l2", "bridge");
        world.Pings("s1", SharedParent.Address(2));

        Assert.That(Unicast(world, "host", "up0"), Is.Empty);
    }

    [Test]
    public void Ipvlans_have_their_parents_hardware_address()
    {
        var world = new SharedParent().With(InterfaceKind.Ipvlan, "l2");

        Assert.That(world.Simulator.Topology["s1"].Find("eth0")!.Mac, Is.EqualTo(SharedParent.HostMac));
    }

    [Test]
    public void A_passthru_lends_its_address_to_the_parent_and_the_parent_gets_its_own_back()
    {
        var world = new SharedParent().With(InterfaceKind.Macvlan, "passthru");
        var lent = world.Simulator.Topology["host"].Find("up0")!.Mac;
        world.Apply(new Change.NamespaceRemoved("s1"));

        Assert.That((lent, world.Simulator.Topology["host"].Find("up0")!.Mac), Is.EqualTo((MacAddress.FromIpv4(SharedParent.Address(1)), SharedParent.HostMac)));
    }

    [Test]
    public void Private_ipvlans_do_not_reach_each_other() =>
        Assert.That(new SharedParent().With(InterfaceKind.Ipvlan, "l2", "private").With(InterfaceKind.Ipvlan, "l2", "private").Pings("s1", SharedParent.Address(2)), Is.False);

    [TestCase("l3")]
    [TestCase("l3s")]
    public void Ipvlans_of_layer_3_reach_each_other_without_asking_for_hardware_addresses(string mode)
    {
        var world = new SharedParent().With(InterfaceKind.Ipvlan, mode).With(InterfaceKind.Ipvlan, mode);
        bool reached = world.Pings("s1", SharedParent.Address(2));

        Assert.That((reached, world.Simulator.Topology["s1"].Neighbours.Count), Is.EqualTo((true, 0)));
    }

    [Test]
    public void An_ipvlan_of_layer_3_is_routed_by_its_parents_namespace_past_its_rules()
    {
        var world = new SharedParent().With(InterfaceKind.Ipvlan, "l3");
        world.Apply(new Change.RouteAdded("s1", new() { Destination = Subnet.Parse("198.51.100.0/24"), Interface = "eth0" }));
        world.Plug("outside", "up1", IpAddress.Parse("198.51.100.1"));
        world.Apply(new Change.RouteAdded("host", new() { Destination = Subnet.AllV4, Gateway = SharedParent.Outside, Interface = "up0" }));
        world.Apply(new Change.RouteAdded("outside", new() { Destination = new(SharedParent.Address(1), 32), Gateway = SharedParent.Host, Interface = "up1" }));

        Assert.That(world.Pings("s1", IpAddress.Parse("198.51.100.1")), Is.True);
    }

    [Test]
    public void A_vlans_frames_carry_its_tag_on_the_parent()
    {
        var world = new SharedParent(Vlan).With(InterfaceKind.Macvlan, "bridge");
        world.Pings("s1", SharedParent.Address(9));
        var frame = world.Trace.Rows().First(r => r.Row.Kind == StepKind.Transmitted && world.Trace.Places[r.Row.Place] == new Place("host", "up0")).Row;
        var bytes = new byte[world.Trace.Arena.Length(frame.B)];
        world.Trace.Arena.Read(frame.B, bytes);

        Assert.That(bytes[12..16], Is.EqualTo(new byte[] { 0x81, 0x00, 0x00, 0x0A }));
    }

    [Test]
    public void The_same_vlan_on_both_sides_lets_ping_through()
    {
        var world = new SharedParent(Vlan).With(InterfaceKind.Macvlan, "bridge");
        world.Apply(new Change.InterfaceMade("outside", Vlan with { Name = "up1.10", Parent = "up1" }));
        world.Apply(new Change.AddressRemoved("outside", "up1", new(SharedParent.Outside, 24)));
        world.Plug("outside", "up1.10", SharedParent.Address(9));

        Assert.That(world.Pings("s1", SharedParent.Address(9)), Is.True);
    }

    [Test]
    public void Another_vlan_does_not_hear_it()
    {
        var world = new SharedParent(Vlan).With(InterfaceKind.Macvlan, "bridge");
        world.Apply(new Change.InterfaceMade("outside", Vlan with { Name = "up1.20", Parent = "up1", VlanId = 20 }));
        world.Apply(new Change.AddressRemoved("outside", "up1", new(SharedParent.Outside, 24)));
        world.Plug("outside", "up1.20", SharedParent.Address(9));

        Assert.That(world.Pings("s1", SharedParent.Address(9)), Is.False);
    }

    [Test]
    public void Macvlans_on_a_dummy_reach_each_other_and_nothing_else()
    {
        var world = new SharedParent(Dummy).With(InterfaceKind.Macvlan, "bridge").With(InterfaceKind.Macvlan, "bridge");
        bool sibling = world.Pings("s1", SharedParent.Address(2));

        Assert.That((sibling, world.Pings("s1", SharedParent.Outside)), Is.EqualTo((true, false)));
    }

    [Test]
    public void What_shares_a_parent_goes_when_the_parent_goes()
    {
        var world = new SharedParent(Vlan).With(InterfaceKind.Macvlan, "bridge");
        world.Apply(new Change.InterfaceRemoved("host", "up0.10"));

        Assert.That(world.Simulator.Topology["s1"].Find("eth0"), Is.Null);
    }

    [Test]
    public void The_trace_says_which_device_gets_a_frame()
    {
        var world = new SharedParent().With(InterfaceKind.Macvlan, "bridge");
        world.Pings("outside", SharedParent.Address(1));

        Assert.That(world.Trace.Rows().Where(r => r.Row.Kind == StepKind.Switched && world.Trace.Places[r.Row.Place] == new Place("host", "up0")).Select(r => world.Trace.Places[r.Row.A]).Distinct(),
            Is.EqualTo(new[] { new Place("s1", "eth0") }));
    }

    private static StepKind[] Unicast(SharedParent world, string space, string name) => world.Trace.Rows().Select(r => r.Row)
        .Where(r => r.Kind is StepKind.Received or StepKind.Transmitted && world.Trace.Places[r.Place] == new Place(space, name) && !IsBroadcast(world, r)).Select(r => r.Kind).ToArray();

    private static bool IsBroadcast(SharedParent world, TraceRow row)
    {
        var bytes = new byte[world.Trace.Arena.Length(row.B)];
        world.Trace.Arena.Read(row.B, bytes);
        return (bytes[0] & 1) != 0;
    }
}
