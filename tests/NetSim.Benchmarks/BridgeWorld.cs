using NetSim.Model.Addressing;
using NetSim.Model.Topology;
using NetSim.Model.Tracing;
using NetSim.Simulation;
using NetSim.Simulation.Stacks;

namespace NetSim.Benchmarks;

/// <summary>Containers on bridges, as WORKLOADS.md lays them out: 172.18.0.0/16, container i has .0.(i+2).</summary>
internal sealed class BridgeWorld
{
    public BridgeWorld(Trace? trace, ulong seed = 1)
    {
        Simulator = new Simulator(seed, trace);
        Simulator.Apply(new Change.NamespaceMade("host", NamespaceKind.Host, "host"));
    }

    public Simulator Simulator { get; }

    public static IpAddress Address(int net, int host) => IpAddress.FromV4((uint)(0xAC12_0000 + (net << 16) + host));

    public void AddBridge(int net)
    {
        Simulator.Apply(new Change.InterfaceMade("host", new InterfaceSpec { Name = $"br{net}", Kind = InterfaceKind.Bridge, Mac = new(0x0242_0000_0000UL + (uint)net) }));
        Simulator.Apply(new Change.InterfaceChanged("host", $"br{net}", Up: true));
    }

    /// <summary>The host takes the first address of each bridge and routes between them, as Docker's host does.</summary>
    public void Route(params int[] nets)
    {
        Simulator.Apply(new Change.SysctlSet("host", "net.ipv4.ip_forward", "1"));
        foreach (int net in nets) Simulator.Apply(new Change.AddressAdded("host", $"br{net}", new(Address(net, 1), 16)));
    }

    /// <summary>The container sends by the host to all that is not on its bridge.</summary>
    public void AddDefaultRoute(string name, int net) => Simulator.Apply(new Change.RouteAdded(name, new() { Destination = Subnet.AllV4, Gateway = Address(net, 1), Interface = "eth0" }));

    public NamespaceStack AddContainer(string name, int net, int host)
    {
        Simulator.Apply(new Change.NamespaceMade(name, NamespaceKind.Container, name));
        Simulator.Apply(new Change.VethMade("host", new InterfaceSpec { Name = $"veth{name}", Kind = InterfaceKind.Veth, Mac = new(0x0A00_0000_0000UL + (uint)(net << 16) + (uint)host) },
            name, new InterfaceSpec { Name = "eth0", Kind = InterfaceKind.Veth, Mac = MacAddress.FromIpv4(Address(net, host)) }));
        Simulator.Apply(new Change.InterfaceChanged("host", $"veth{name}", Up: true, Master: $"br{net}"));
        Simulator.Apply(new Change.AddressAdded(name, "eth0", new(Address(net, host), 16)));
        Simulator.Apply(new Change.InterfaceChanged(name, "eth0", Up: true));
        return Simulator.World.Stack(name);
    }
}
