using NetSim.Model.Addressing;
using NetSim.Model.Netfilter;
using NetSim.Model.Packets;
using NetSim.Model.Routing;
using NetSim.Model.Topology;
using NetSim.Model.Tracing;

namespace NetSim.Tests.Rendering;

/// <summary>Writes a trace by hand, so that pictures can be tested without a simulator.</summary>
internal sealed class StoryBuilder
{
    private readonly Dictionary<string, string> _bridges = new(StringComparer.Ordinal);
    private readonly Dictionary<(string, string), string> _ports = [];
    private readonly Dictionary<string, List<string>> _members = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ContainerFacts> _containers = new(StringComparer.Ordinal);
    private long _time;
    private int _packet;
    private int _step;
    private int _veth = 0x75af0f7;

    public Trace Trace { get; } = new();

    public Dictionary<string, End> Ends { get; } = new(StringComparer.Ordinal);

    public static Origin App { get; } = new("network app", "", "test");

    public void Wait(double ms) => _time += (long)(ms * 1e6);

    public void Do(Change change) => Trace.Add(new(_time), change);

    public StoryBuilder Host(bool outside = true)
    {
        Do(new Change.NamespaceMade("host", NamespaceKind.Host, "host"));
        Do(new Change.InterfaceMade("host", new() { Name = "lo", Kind = InterfaceKind.Loopback }));
        if (!outside) return this;
        Do(new Change.NamespaceMade("outside", NamespaceKind.Outside, "outside"));
        Do(new Change.VethMade("host", new() { Name = "up0", Kind = InterfaceKind.Veth, Mac = MacAddress.Parse("02:00:cb:00:71:02") }, "outside",
            new() { Name = "wan0", Kind = InterfaceKind.Veth, Mac = MacAddress.Parse("02:00:cb:00:71:01") }));
        Do(new Change.InterfaceChanged("host", "up0", Up: true));
        Do(new Change.InterfaceChanged("outside", "wan0", Up: true));
        Address("host", "up0", "203.0.113.2/24");
        Address("outside", "wan0", "203.0.113.1/24");
        Route("default", "203.0.113.1", "up0");
        Route("203.0.113.0/24", null, "up0");
        Ends["outside"] = new(MacAddress.Parse("02:00:cb:00:71:01"), IpAddress.Parse("203.0.113.1"));
        Ends["host"] = new(MacAddress.Parse("02:00:cb:00:71:02"), IpAddress.Parse("203.0.113.2"));
        return this;
    }

    public void Rules(string table, string chain, int count)
    {
        for (int i = 0; i < count; i++) Do(new Change.RuleAdded("host", IpFamily.V4, table, chain, null, new() { Target = new Target.Accept(), Origin = App }));
    }

    public void Step(string command, string? say = null) => Do(new Change.StoryStep(++_step, _step + 2, command, say));

    public void Network(string name, string bridge, string subnet, string? subnet6 = null)
    {
        var block = Subnet.Parse(subnet);
        var gateway = block.Address.Plus(1);
        _bridges[name] = bridge;
        _members[name] = [];
        Do(new Change.InterfaceMade("host", new() { Name = bridge, Kind = InterfaceKind.Bridge, Mac = new(0xAE240D493500UL + (ulong)_bridges.Count) }));
        Do(new Change.InterfaceChanged("host", bridge, Up: true));
        Address("host", bridge, $"{gateway}/{block.PrefixLength}");
        Route(subnet, null, bridge);
        List<Subnet> pools = subnet6 is null ? [block] : [block, Subnet.Parse(subnet6)];
        Do(new Change.NetworkSet(new(name, new string('7', 64), "bridge", pools, [gateway], bridge, false)));
    }

    public void Container(string name, string image, string network, string address, IReadOnlyList<PublishedPort>? published = null, string? address6 = null)
    {
        var facts = new ContainerFacts(name, new string('5', 60) + (_containers.Count + 1000), image, "created", "", published ?? [], new Dictionary<string, string>());
        _containers[name] = facts;
        Do(new Change.ContainerSet(facts));
        Wait(20);
        Do(new Change.NamespaceMade(name, NamespaceKind.Container, name));
        Do(new Change.InterfaceMade(name, new() { Name = "lo", Kind = InterfaceKind.Loopback }));
        Do(new Change.ContainerSet(_containers[name] = facts with { Namespace = name }));
        Plug(name, network, address, address6);
        Do(new Change.ResolverSet(new() { Namespace = name, UdpPort = new(41000), TcpPort = new(41001), Networks = [network] }));
        Do(new Change.ContainerSet(_containers[name] = _containers[name] with { State = "running" }));
        Wait(300);
    }

    public void Plug(string name, string network, string address, string? address6 = null)
    {
        string bridge = _bridges[network];
        int number = _ports.Keys.Count(k => k.Item1 == name);
        string port = "veth" + (_veth = unchecked(_veth * 31 + 7) & 0xFFFFFFF).ToString("x7", System.Globalization.CultureInfo.InvariantCulture), end = "eth" + number;
        var ip = IpAddress.Parse(address);
        var mac = MacAddress.FromIpv4(ip);
        Do(new Change.VethMade("host", new() { Name = port, Kind = InterfaceKind.Veth, Mac = new(0x0E1A1A210000UL + (ulong)_veth) }, "host", new() { Name = "veth" + (_veth ^ 0xFFFF).ToString("x7"), Kind = InterfaceKind.Veth, Mac = mac }));
        Wait(20);
        Do(new Change.InterfaceChanged("host", port, Up: true, Master: bridge));
        Wait(20);
        Do(new Change.InterfaceMoved("host", "veth" + (_veth ^ 0xFFFF).ToString("x7"), name, end));
        Wait(20);
        Do(new Change.LeaseMade(network, ip, name));
        Do(new Change.AddressAdded(name, end, new(ip, 16)));
        var addresses = new List<InterfaceAddress> { new(ip, 16) };
        if (address6 is not null)
        {
            Do(new Change.AddressAdded(name, end, new(IpAddress.Parse(address6), 64)));
            addresses.Add(new(IpAddress.Parse(address6), 64));
        }
        Do(new Change.InterfaceChanged(name, end, Up: true));
        Do(new Change.EndpointSet(new(network, name, name, end, addresses, mac)));
        Wait(20);
        Do(new Change.NamePublished(new(network, name, name, ip, true)));
        _ports[(name, network)] = port;
        _members[network].Add(name);
        if (number == 0) Ends[name] = new(mac, ip);
    }

    public void Listen(string name, ushort port, string program) => Do(new Change.SocketOpened(name, IpProtocol.Tcp, IpAddress.AnyV4, new(port), program));

    /// <summary>A frame from one container to another of the same network, along the floor.</summary>
    public void Bridged(string from, string to, string network, byte[] frame, bool first = true)
    {
        int p = _packet++, f = Trace.Arena.Add(frame);
        string a = _ports[(from, network)], b = _ports[(to, network)], bridge = _bridges[network];
        Row(p, from, null, StepKind.Originated, Socket(from), f);
        Row(p, from, "eth0", StepKind.Transmitted, 0, f);
        Row(p, "host", a, StepKind.Received, 0, f);
        Judge(p, "raw", "PREROUTING", Hook.Prerouting);
        if (first) Judge(p, "nat", "PREROUTING", Hook.Prerouting);
        Row(p, "host", bridge, StepKind.Received, 1, f);
        Row(p, "host", bridge, StepKind.Switched, Trace.PlaceNumber(new("host", b)), 1);
        Judge(p, "filter", "FORWARD", Hook.Forward);
        Row(p, "host", b, StepKind.Transmitted, 0, f);
        Row(p, to, "eth0", StepKind.Received, 0, f);
        Row(p, to, null, StepKind.Delivered, Socket(to), -1);
    }

    /// <summary>A broadcast from a container to everybody on its network and to the host.</summary>
    public void Flooded(string from, string network, byte[] frame)
    {
        int p = _packet++, f = Trace.Arena.Add(frame);
        Row(p, from, "eth0", StepKind.Transmitted, 0, f);
        Row(p, "host", _ports[(from, network)], StepKind.Received, 0, f);
        Row(p, "host", _bridges[network], StepKind.Received, 0, f);
        Row(p, "host", _bridges[network], StepKind.Switched, -1, 0);
        foreach (string to in _members[network].Where(m => m != from))
        {
            Row(p, "host", _ports[(to, network)], StepKind.Transmitted, 0, f);
            Row(p, to, "eth0", StepKind.Received, 0, f);
        }
    }

    /// <summary>Within a container, over lo.</summary>
    public void Looped(string name, byte[] frame)
    {
        int p = _packet++, f = Trace.Arena.Add(frame);
        Row(p, name, null, StepKind.Originated, Socket(name), f);
        Row(p, name, "lo", StepKind.Transmitted, 0, f);
        Row(p, name, "lo", StepKind.Received, 0, f);
        Row(p, name, null, StepKind.Delivered, Socket(name), -1);
    }

    /// <summary>From outside to a published port, through the host.</summary>
    public void FromOutside(string to, string network, byte[] before, byte[] after, FlowKey was, FlowKey becomes)
    {
        int p = _packet++, f = Trace.Arena.Add(before), g = Trace.Arena.Add(after);
        Row(p, "outside", "wan0", StepKind.Transmitted, 0, f);
        Row(p, "host", "up0", StepKind.Received, 0, f);
        Judge(p, "raw", "PREROUTING", Hook.Prerouting);
        var rule = new FilterDetail(Hook.Prerouting, "nat", "DOCKER", 2, "! -i br -p tcp --dport 32768 -j DNAT", "DNAT", new("container " + to, "-p 4567", "test"));
        Row(p, "host", null, StepKind.Translated, Trace.AddDetail(new TranslationDetail(was, becomes, rule)), -1);
        Row(p, "host", null, StepKind.Routed, Trace.AddDetail(new RouteDetail("172.18.0.0/16 dev " + _bridges[network], _bridges[network], null)), -1);
        Judge(p, "filter", "FORWARD", Hook.Forward);
        Row(p, "host", _bridges[network], StepKind.Transmitted, 0, g);
        Row(p, "host", _bridges[network], StepKind.Switched, Trace.PlaceNumber(new("host", _ports[(to, network)])), 1);
        Row(p, "host", _ports[(to, network)], StepKind.Transmitted, 0, g);
        Row(p, to, "eth0", StepKind.Received, 0, g);
        Row(p, to, null, StepKind.Delivered, Socket(to), -1);
    }

    /// <summary>From a container to the host, where a rule drops it.</summary>
    public void DroppedByRule(string from, string network, byte[] frame, string table, string chain)
    {
        int p = _packet++, f = Trace.Arena.Add(frame);
        string port = _ports[(from, network)], bridge = _bridges[network];
        Row(p, from, null, StepKind.Originated, Socket(from), f);
        Row(p, from, "eth0", StepKind.Transmitted, 0, f);
        Row(p, "host", port, StepKind.Received, 0, f);
        Row(p, "host", bridge, StepKind.Received, 0, f);
        Row(p, "host", bridge, StepKind.Switched, -2, 1);
        var detail = Trace.AddDetail(new FilterDetail(table == "raw" ? Hook.Prerouting : Hook.Forward, table, chain, 2, "-d 172.19.0.2/32 ! -i br-7e88ec9ecac8 -j DROP", "DROP", new("container b1", "", "test")));
        Row(p, "host", null, StepKind.Filtered, detail, -1);
        Row(p, "host", null, StepKind.Dropped, (int)DropReason.Filtered, detail);
    }

    /// <summary>From a container to its bridge, in whose hooks a rule drops it.</summary>
    public void DroppedOnFloor(string from, string network, byte[] frame)
    {
        int p = _packet++, f = Trace.Arena.Add(frame);
        Row(p, from, null, StepKind.Originated, Socket(from), f);
        Row(p, from, "eth0", StepKind.Transmitted, 0, f);
        Row(p, "host", _ports[(from, network)], StepKind.Received, 0, f);
        var detail = Trace.AddDetail(new FilterDetail(Hook.Prerouting, "raw", "PREROUTING", 2, "-d 172.19.0.2/32 ! -i br-7e88ec9ecac8 -j DROP", "DROP", new("container b1", "", "test")));
        Row(p, "host", _bridges[network], StepKind.Filtered, detail, -1);
        Row(p, "host", _bridges[network], StepKind.Dropped, (int)DropReason.Filtered, detail);
    }

    /// <summary>To a container where nobody listens.</summary>
    public void Refused(string from, string network, byte[] frame, string to)
    {
        int p = _packet++, f = Trace.Arena.Add(frame);
        Row(p, from, "eth0", StepKind.Transmitted, 0, f);
        Row(p, "host", _ports[(from, network)], StepKind.Received, 0, f);
        Row(p, "host", _ports[(to, network)], StepKind.Transmitted, 0, f);
        Row(p, to, "eth0", StepKind.Received, 0, f);
        Row(p, to, null, StepKind.Dropped, (int)DropReason.NoSocket, -1);
    }

    public void Row(int packet, string space, string? name, StepKind kind, int a, int b)
    {
        Trace.Add(new TraceRow(_time, packet, Trace.PlaceNumber(new(space, name)), a, b, kind));
        _time += 4000;
    }

    public int NextPacket() => _packet++;

    private void Judge(int p, string table, string chain, Hook hook) =>
        Row(p, "host", null, StepKind.Filtered, Trace.AddDetail(new FilterDetail(hook, table, chain, 1, "-j ACCEPT", "ACCEPT", App)), -1);

    private int Socket(string name) => Trace.AddDetail(new SocketDetail(IpProtocol.Tcp, Ends.TryGetValue(name, out var e) ? e.Address : default, new(1), "program"));

    private void Address(string space, string name, string address)
    {
        if (InterfaceAddress.TryParse(address, out var a)) Do(new Change.AddressAdded(space, name, a));
    }

    private void Route(string to, string? via, string name) => Do(new Change.RouteAdded("host", new Route
    {
        Destination = to == "default" ? Subnet.AllV4 : Subnet.Parse(to),
        Gateway = via is null ? null : IpAddress.Parse(via),
        Interface = name,
    }));
}
