using NetSim.Model.Addressing;
using NetSim.Model.Topology;
using NetSim.Model.Tracing;
using NetSim.Simulation;

namespace NetSim.Tests.Simulation;

/// <summary>A host with a bridge 172.18.0.1/16 and containers on it, laid out by the changes that Docker would ask for.</summary>
internal sealed class TwoContainers
{
    public TwoContainers(int containers = 2, ulong seed = 1, Trace? trace = null)
    {
        Trace = trace ?? new Trace();
        Simulator = new Simulator(seed, Trace);
        Apply(new Change.NamespaceMade("host", NamespaceKind.Host, "host"));
        Apply(new Change.SysctlSet("host", "net.ipv4.ip_forward", "1"));
        Apply(new Change.SysctlSet("host", "net.bridge.bridge-nf-call-iptables", "1"));
        Apply(new Change.InterfaceMade("host", new InterfaceSpec { Name = "br0", Kind = InterfaceKind.Bridge, Mac = MacAddress.Parse("02:42:00:00:00:01") }));
        Apply(new Change.AddressAdded("host", "br0", new(IpAddress.Parse("172.18.0.1"), 16)));
        Apply(new Change.InterfaceChanged("host", "br0", Up: true));
        for (int i = 0; i < containers; i++) AddContainer($"c{i + 1}", i + 2);
    }

    public Simulator Simulator { get; }

    public Trace Trace { get; }

    public void Apply(Change change) => Simulator.Apply(change);

    public static IpAddress Address(int host) => IpAddress.FromV4(0xAC12_0000 | (uint)host);

    /// <summary>A machine beyond the uplink: 203.0.113.1, the host being 203.0.113.2.</summary>
    public void AddOutside()
    {
        Apply(new Change.NamespaceMade("outside", NamespaceKind.Outside, "outside"));
        Apply(new Change.VethMade("host", new InterfaceSpec { Name = "up0", Kind = InterfaceKind.Veth, Mac = MacAddress.Parse("02:00:cb:00:71:02") },
            "outside", new InterfaceSpec { Name = "up1", Kind = InterfaceKind.Veth, Mac = MacAddress.Parse("02:00:cb:00:71:01") }));
        Apply(new Change.AddressAdded("host", "up0", new(IpAddress.Parse("203.0.113.2"), 24)));
        Apply(new Change.AddressAdded("outside", "up1", new(IpAddress.Parse("203.0.113.1"), 24)));
        Apply(new Change.InterfaceChanged("host", "up0", Up: true));
        Apply(new Change.InterfaceChanged("outside", "up1", Up: true));
        Apply(new Change.RouteAdded("host", new() { Destination = Subnet.AllV4, Gateway = IpAddress.Parse("203.0.113.1"), Interface = "up0" }));
    }

    private void AddContainer(string name, int host)
    {
        Apply(new Change.NamespaceMade(name, NamespaceKind.Container, name));
        Apply(new Change.VethMade("host", new InterfaceSpec { Name = $"veth{name}", Kind = InterfaceKind.Veth, Mac = new(0x0A00_0000_0000UL | (uint)host) },
            name, new InterfaceSpec { Name = "eth0", Kind = InterfaceKind.Veth, Mac = MacAddress.FromIpv4(Address(host)) }));
        Apply(new Change.InterfaceChanged("host", $"veth{name}", Up: true, Master: "br0"));
        Apply(new Change.AddressAdded(name, "eth0", new(Address(host), 16)));
        Apply(new Change.InterfaceChanged(name, "eth0", Up: true));
        Apply(new Change.RouteAdded(name, new() { Destination = Subnet.AllV4, Gateway = Address(1), Interface = "eth0" }));
    }
}
