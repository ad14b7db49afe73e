using NetSim.Model.Addressing;
using NetSim.Model.Topology;
using NetSim.Model.Tracing;
using NetSim.Simulation;
using NetSim.Simulation.Stacks;

namespace NetSim.Benchmarks;

/// <summary>Containers on bridges, as WORKLOADS.md lays them out: 172.18.0.0/16, container i has .0.(i+2).</summary>
internal sealed class BridgeWorld
{
    public BridgeWorld(Trace? trace)
    {
        Simulator = new Simulator(1, trace);
        Simulator.Apply(new Change.NamespaceMade("host", NamespaceKind.Host, "host"));
    }

    public Simulator Simulator { get; }

    public static IpAddress Address(int net, int host) => IpAddress.FromV4((uint)(0xAC12_0000 + (net << 16) + host));

    public void AddBridge(int net)
    {
        Simulator.Apply(new Change.InterfaceMade("host", new InterfaceSpec { Name = $"br{net}", Kind = InterfaceKind.Bridge, Mac = new(0x0242_0000_0000UL + (uint)net) }));
        Simulator.Apply(new Change.InterfaceChanged("host", $"br{net}", Up: true));
    }

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
