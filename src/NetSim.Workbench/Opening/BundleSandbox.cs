using NetSim.Model.Addressing;
using NetSim.Model.Naming;
using NetSim.Model.Netfilter;
using NetSim.Model.Routing;
using NetSim.Model.Topology;
using NetSim.Model.Tracing;

namespace NetSim.Workbench.Opening;

/// <summary>The namespace of a container of a bundle: its interfaces, addresses, routes, names, files.</summary>
internal sealed class BundleSandbox(BundleJson inside, BundleContainer container, BundleHost host)
{
    private readonly List<Change> _changes = [];
    private readonly HashSet<(string Interface, InterfaceAddress Address)> _addresses = [];

    /// <summary>The changes in order; the namespace is there already.</summary>
    public IReadOnlyList<Change> Changes()
    {
        string space = container.Name;
        _changes.Add(new Change.InterfaceMade(space, new() { Name = "lo", Index = 1, Kind = InterfaceKind.Loopback, Mtu = 65536 }));
        _changes.Add(new Change.InterfaceChanged(space, "lo", Up: true));
        AddAddress("lo", new(IpAddress.LoopbackV4, 8));
        for (int i = 0; i < container.Endpoints.Count; i++) AddEndpoint(container.Endpoints[i], i);
        _changes.AddRange(BundleTables.Addresses(space, inside["addr"], _addresses));
        if (inside["route"].Value is null) AddRoutes();
        _changes.AddRange(BundleTables.Routes(space, inside["route"], v6: false));
        _changes.AddRange(BundleTables.Routes(space, inside["route6"], v6: true));
        _changes.AddRange(BundleTables.Neighbours(space, inside["neigh"]));
        _changes.AddRange(BundleTables.Sockets(space, inside["listening"]));
        AddFiles();
        _changes.AddRange(BundleRules.Read(inside.File, inside["iptables"].Text, space, IpFamily.V4));
        _changes.AddRange(BundleRules.ReadNft(inside.File, inside["nftables"].Text, space));
        AddResolver();
        return _changes;
    }

    private void AddEndpoint(BundleEndpoint e, int number)
    {
        var link = inside["link"].Items.FirstOrDefault(l => e.Mac != MacAddress.Zero && l["address"].Mac == e.Mac);
        var own = new InterfaceSpec
        {
            Name = link.Value is null ? $"eth{number}" : link["ifname"].Text,
            Index = link["ifindex"].Number,
            Kind = e.Network.Facts.Driver switch { "macvlan" => InterfaceKind.Macvlan, "ipvlan" => InterfaceKind.Ipvlan, _ => InterfaceKind.Veth },
            Mac = e.Mac,
            Mtu = link["mtu"].Number is > 0 and var mtu ? mtu : 1500,
            Parent = e.Network.Facts.Driver is "macvlan" or "ipvlan" ? e.Network.Facts.Interface : null,
        };
        if (own.Kind == InterfaceKind.Veth) AddVeth(e, own, host.End(e, link));
        else _changes.Add(new Change.InterfaceMade(container.Name, own));
        _changes.Add(new Change.InterfaceChanged(container.Name, own.Name, Up: link.Value is null || BundleHost.IsUp(link)));
        foreach (var a in e.Addresses) AddAddress(own.Name, a);
        AddBooks(e, own.Name);
    }

    private void AddVeth(BundleEndpoint e, InterfaceSpec own, (InterfaceSpec Interface, bool Up)? end)
    {
        var outer = end?.Interface ?? new() { Name = $"veth{e.EndpointId[..Math.Min(7, e.EndpointId.Length)]}", Kind = InterfaceKind.Veth, Mtu = own.Mtu };
        _changes.Add(new Change.VethMade("host", outer, container.Name, own));
        _changes.Add(new Change.InterfaceChanged("host", outer.Name, Up: end?.Up ?? true, Master: e.Network.Facts.Interface));
    }

    private void AddBooks(BundleEndpoint e, string name)
    {
        string network = e.Network.Facts.Name;
        _changes.Add(new Change.EndpointSet(new(network, container.Name, container.Name, name, e.Addresses, e.Mac)));
        foreach (var a in e.Addresses) _changes.Add(new Change.LeaseMade(network, a.Address, container.Name));
        if (!e.Network.HasNames) return;
        foreach (var a in e.Addresses)
            foreach (string n in e.Names) _changes.Add(new Change.NamePublished(new PublishedName(network, container.Name, n, a.Address, n == e.Names[0])));
    }

    private void AddAddress(string name, InterfaceAddress address)
    {
        _addresses.Add((name, address));
        _changes.Add(new Change.AddressAdded(container.Name, name, address));
    }

    /// <summary>The routes that docker makes: each subnet on its link, and a default by the network with a gateway whose name sorts first.</summary>
    private void AddRoutes()
    {
        string space = container.Name;
        foreach (var (e, i) in container.Endpoints.Select((e, i) => (e, i)))
            foreach (var a in e.Addresses)
                Add(new Route { Destination = a.Subnet, Interface = $"eth{i}", Protocol = "kernel", Scope = a.Address.IsV4 ? "link" : "", PreferredSource = a.Address.IsV4 ? a.Address : null, Metric = a.Address.IsV6 ? 256 : 0 });
        var sorted = container.Endpoints.Select((e, i) => (e, i)).Where(x => !x.e.Network.Facts.Internal).OrderBy(x => x.e.Network.Facts.Name, StringComparer.Ordinal).ToList();
        if (sorted.FirstOrDefault(x => x.e.Gateway is not null) is { e.Gateway: { } four } by) Add(new Route { Destination = Subnet.AllV4, Gateway = four, Interface = $"eth{by.i}" });
        if (sorted.FirstOrDefault(x => x.e.Gateway6 is not null) is { e.Gateway6: { } six } by6) Add(new Route { Destination = Subnet.AllV6, Gateway = six, Interface = $"eth{by6.i}", Metric = 1024 });

        void Add(Route route) => _changes.Add(new Change.RouteAdded(space, route));
    }

    private void AddFiles()
    {
        foreach (var (key, path) in new[] { ("resolv_conf", "/etc/resolv.conf"), ("hosts", "/etc/hosts"), ("hostname", "/etc/hostname") })
            if (inside[key].Value is not null) _changes.Add(new Change.FileWritten(container.Name, path, inside[key].Text));
    }

    /// <summary>The container DNS: its ports stand in the rules, its upstreams in the remarks of resolv.conf (26 and later).</summary>
    private void AddResolver()
    {
        var own = container.Endpoints.Select(e => e.Network).Where(n => n.HasNames).Select(n => n.Facts.Name).Order(StringComparer.Ordinal).ToList();
        if (own.Count == 0) return;
        var ports = inside["iptables"].Text.Split('\n').Where(l => l.Contains("DOCKER_OUTPUT -d 127.0.0.11/32 -p", StringComparison.Ordinal))
            .Concat(inside["nftables"].Text.Split('\n').Where(l => l.Contains("ip daddr 127.0.0.11 ", StringComparison.Ordinal))).ToList();
        var spec = new ResolverSpec { Namespace = container.Name, Networks = own, UdpPort = PortOf("udp"), TcpPort = PortOf("tcp"), Upstreams = Upstreams().ToList() };
        if (ports.Count == 0) _changes.AddRange(Docker.Firewall.FirewallProgram.ResolverRules(spec));
        _changes.Add(new Change.ResolverSet(spec));

        Port PortOf(string protocol) => ports.Find(l => l.Contains($"{protocol} ", StringComparison.Ordinal)) is { } line && ushort.TryParse(line[(line.LastIndexOf(':') + 1)..], out ushort n) ? new(n) : new(40053);
    }

    private IEnumerable<Upstream> Upstreams()
    {
        const string Remark = "# ExtServers: [";
        string? line = inside["resolv_conf"].Text.Split('\n').FirstOrDefault(l => l.StartsWith(Remark, StringComparison.Ordinal));
        foreach (string word in (line?[Remark.Length..].TrimEnd(']') ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            bool byHost = word.StartsWith("host(", StringComparison.Ordinal);
            if (IpAddress.TryParse(byHost ? word[5..].TrimEnd(')') : word, out var address)) yield return new(address, byHost ? "host" : container.Name);
        }
    }

}
