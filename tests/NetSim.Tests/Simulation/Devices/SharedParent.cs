using NetSim.Model.Addressing;
using NetSim.Model.Topology;
using NetSim.Model.Tracing;
using NetSim.Simulation;

namespace NetSim.Tests.Simulation.Devices;

/// <summary>A host 203.0.113.2 with a cable to the outside 203.0.113.1, and containers s1, s2 … on devices that share the host's end of it (or a device on top of that).</summary>
internal sealed class SharedParent
{
    public static readonly MacAddress HostMac = MacAddress.Parse("02:00:cb:00:71:02");
    public static readonly IpAddress Outside = IpAddress.Parse("203.0.113.1");
    public static readonly IpAddress Host = IpAddress.Parse("203.0.113.2");
    private readonly string _parent;
    private int _count;

    public SharedParent(InterfaceSpec? below = null)
    {
        Simulator = new Simulator(1, Trace);
        foreach (var (space, kind) in new[] { ("host", NamespaceKind.Host), ("outside", NamespaceKind.Outside) }) Apply(new Change.NamespaceMade(space, kind, space));
        Apply(new Change.VethMade("host", new InterfaceSpec { Name = "up0", Index = 2, Kind = InterfaceKind.Veth, Mac = HostMac },
            "outside", new InterfaceSpec { Name = "up1", Index = 2, Kind = InterfaceKind.Veth, Mac = MacAddress.Parse("02:00:cb:00:71:01") }));
        Plug("host", "up0", Host);
        Plug("outside", "up1", Outside);
        _parent = below?.Name ?? "up0";
        if (below is null) return;
        Apply(new Change.InterfaceMade("host", below));
        Apply(new Change.InterfaceChanged("host", below.Name, Up: true));
    }

    public Trace Trace { get; } = new();

    public Simulator Simulator { get; }

    public void Apply(Change change) => Simulator.Apply(change);

    /// <summary>The address of the container of a number, from 1.</summary>
    public static IpAddress Address(int number) => IpAddress.FromV4(0xCB00_7180u + (uint)number);

    /// <summary>Adds a container whose eth0 shares the parent.</summary>
    public SharedParent With(InterfaceKind kind, string mode, string flag = "")
    {
        string name = $"s{++_count}";
        Apply(new Change.NamespaceMade(name, NamespaceKind.Container, name));
        Apply(new Change.InterfaceMade("host", new InterfaceSpec { Name = "vethx", Index = 100 + _count, Kind = kind, Parent = _parent, Mode = mode, ModeFlag = flag, Mtu = 0, Mac = default }));
        Apply(new Change.InterfaceMoved("host", "vethx", name, "eth0"));
        if (kind == InterfaceKind.Macvlan) Apply(new Change.InterfaceChanged(name, "eth0", Mac: MacAddress.FromIpv4(Address(_count))));
        Plug(name, "eth0", Address(_count));
        return this;
    }

    /// <summary>Puts an address of 203.0.113.0/24 on an interface and sets it up.</summary>
    public void Plug(string space, string name, IpAddress address)
    {
        Apply(new Change.AddressAdded(space, name, new(address, 24)));
        Apply(new Change.InterfaceChanged(space, name, Up: true));
    }

    /// <summary>Does an echo request get its reply within a second?</summary>
    public bool Pings(string from, IpAddress to)
    {
        using var ping = Simulator.NetworkOf(from).OpenPing(v6: false, "ping");
        ping.Send(to, 1, new byte[56]);
        var reply = ping.Receive(TimeSpan.FromSeconds(1));
        Simulator.RunFor(TimeSpan.FromSeconds(2));
        return reply.IsCompletedSuccessfully && reply.Result is { Type: 0 };
    }

    /// <summary>The interfaces at which frames were seen, "host up0", in order, without repeats.</summary>
    public IReadOnlyList<string> Seen() => Trace.Rows().Where(r => r.Row.Kind is StepKind.Received or StepKind.Transmitted)
        .Select(r => Trace.Places[r.Row.Place]).Select(p => $"{p.Namespace} {p.Interface}").Distinct().ToList();
}
