using System.Globalization;
using NetSim.Model.Addressing;
using NetSim.Model.Topology;
using NetSim.Model.Tracing;

namespace NetSim.Capture.Inference;

/// <summary>A host as a capture lets one guess it: a bridge for each link, a namespace for each computer on it, the gateway as the host itself, and everything beyond as the outside.</summary>
internal sealed class InferredHost
{
    private const string Host = "host";
    private const string Outside = "outside";
    private const string Uplink = "up0";
    private const string Unnamed = "container";
    private const int LongestPrefix = 24;

    private readonly Neighbourhood _met;
    private readonly Dictionary<IpAddress, Place> _places = [];
    private readonly List<Change> _changes = [];
    private readonly Dictionary<int, string> _bridges = [];
    private readonly SortedSet<IpAddress> _beyond = [];
    private readonly HashSet<string> _spaces = new(StringComparer.Ordinal);
    private int _veths;

    private readonly HeardNames _names;

    private InferredHost(Neighbourhood met, HeardNames names)
    {
        _met = met;
        _names = names;
    }

    /// <summary>What builds it, from nothing.</summary>
    public IReadOnlyList<Change> Changes => _changes;

    /// <summary>Guesses from what was learned.</summary>
    public static InferredHost Of(Neighbourhood met, HeardNames names)
    {
        met.Settle();
        var host = new InferredHost(met, names);
        host._changes.Add(new Change.NamespaceMade(Host, NamespaceKind.Host, Host));
        if (met.HasLoopback && !met.IsInContainer) host.Loopback(Host);
        foreach (var link in met.Stations.GroupBy(s => s.Link).OrderBy(g => g.Key)) host.Link(link.Key, [.. link.OrderBy(FirstOf)]);
        host.BareAddresses();
        if (met.IsInContainer) host.Loopback(host.OwnContainer());
        host.OutsideWorld();
        return host;
    }

    /// <summary>Who sent a frame, or null.</summary>
    public Place? Sender(in LinkEnds ends) => End(ends.SourceMac, ends.Source, ends.IsArp);

    /// <summary>To whom it goes; null when to many or nobody known.</summary>
    public Place? Receiver(in LinkEnds ends) => ends.DestinationMac is { IsMulticast: true } ? null : End(ends.DestinationMac, ends.Destination, ends.IsArp);

    private Place? End(MacAddress? mac, IpAddress? address, bool isArp)
    {
        if (address is { IsLoopback: true }) return new(_met.IsInContainer ? OwnContainer() : Host, "lo");
        if (mac is { } m && _met.Find(m) is { } station)
        {
            if (station.Namespace.Length > 0) return new(station.Namespace, "eth0");
            bool own = isArp || station.IsBare || address is not { IsAny: false } a || station.Own.Contains(a);
            if (own) return new(Host, _bridges[station.Link]);
        }
        return address is { } ip ? _places.GetValueOrDefault(ip) : null;
    }

    private void Link(int link, List<Station> stations)
    {
        string bridge = AddBridge(link, stations.Find(s => s.IsGateway));
        bool onlyBare = stations.TrueForAll(s => s.IsBare);
        foreach (var s in stations.Where(s => !s.IsGateway && (onlyBare || !s.IsBare))) AddComputer(s, bridge);
        foreach (var gateway in stations.Where(s => s.IsGateway)) _beyond.UnionWith(gateway.Met.Except(gateway.Own));
        var own = stations.SelectMany(s => s.Own).Where(a => a.IsV4).ToList();
        if (own.Count == 0) return;
        var subnet = Around(own);
        var gateways = stations.Where(s => s.IsGateway).SelectMany(s => s.Own).Where(subnet.Contains).ToList();
        _changes.Add(new Change.NetworkSet(new(NetworkOf(bridge), "", "bridge", [subnet], gateways, bridge, false)));
    }

    private string AddBridge(int link, Station? gateway)
    {
        string name = _bridges.Count == 0 ? "br-lan" : "br-lan" + Text(_bridges.Count + 1);
        _bridges.Add(link, name);
        _changes.Add(new Change.InterfaceMade(Host, new() { Name = name, Kind = InterfaceKind.Bridge, Mac = gateway?.Mac ?? default }));
        _changes.Add(new Change.InterfaceChanged(Host, name, Up: true));
        foreach (var a in gateway?.Own ?? []) Address(Host, name, a);
        return name;
    }

    private void AddComputer(Station station, string bridge)
    {
        station.Namespace = LabelOf(station);
        if (!_spaces.Add(station.Namespace)) station.Namespace += $" ({station.Mac})";
        Plug(station.Namespace, station.Mac, bridge);
        foreach (var a in station.Own) Address(station.Namespace, "eth0", a);
    }

    private void Plug(string space, MacAddress mac, string bridge)
    {
        string veth = "veth" + Text(++_veths);
        _changes.Add(new Change.NamespaceMade(space, NamespaceKind.Container, space));
        _changes.Add(new Change.VethMade(Host, new() { Name = veth, Kind = InterfaceKind.Veth }, space, new() { Name = "eth0", Kind = InterfaceKind.Veth, Mac = mac }));
        _changes.Add(new Change.InterfaceChanged(Host, veth, Up: true, Master: bridge));
        _changes.Add(new Change.InterfaceChanged(space, "eth0", Up: true));
    }

    /// <summary>Addresses without MAC addresses: private ones are computers here, and of every conversation one end is, the one that speaks most.</summary>
    private void BareAddresses()
    {
        var unknown = _met.Bare.Where(b => !_places.ContainsKey(b.Key) && !_beyond.Contains(b.Key)).ToDictionary();
        var here = unknown.Keys.Where(LinkEnds.IsPrivate).ToHashSet();
        foreach (var ((a, b), _) in _met.BarePairs.OrderByDescending(p => p.Value))
        {
            bool settled = here.Contains(a) || here.Contains(b) || _places.ContainsKey(a) || _places.ContainsKey(b) || !unknown.ContainsKey(a) || !unknown.ContainsKey(b);
            if (!settled) here.Add(unknown[a] >= unknown[b] ? a : b);
        }
        _beyond.UnionWith(unknown.Keys.Except(here));
        if (here.Count == 0) return;
        string bridge = AddBridge(-1, null);
        foreach (var a in here.Order())
        {
            Plug(NameOf(a), default, bridge);
            Address(NameOf(a), "eth0", a);
        }
        var v4 = here.Where(a => a.IsV4).Order().ToList();
        if (v4.Count > 0) _changes.Add(new Change.NetworkSet(new(NetworkOf(bridge), "", "bridge", [Around(v4)], [], bridge, false)));
    }

    private void OutsideWorld()
    {
        _beyond.ExceptWith(_places.Keys);
        if (_beyond.Count == 0) return;
        _changes.Add(new Change.NamespaceMade(Outside, NamespaceKind.Outside, Outside));
        _changes.Add(new Change.VethMade(Host, new() { Name = Uplink, Kind = InterfaceKind.Veth }, Outside, new() { Name = Uplink, Kind = InterfaceKind.Veth }));
        _changes.Add(new Change.InterfaceChanged(Host, Uplink, Up: true));
        _changes.Add(new Change.InterfaceChanged(Outside, Uplink, Up: true));
        foreach (var a in _beyond) Address(Outside, Uplink, a);
    }

    private void Loopback(string space)
    {
        if (space == Unnamed) Plug(space, default, _bridges.Count > 0 ? _bridges.Values.First() : AddBridge(-2, null));
        _changes.Add(new Change.InterfaceMade(space, new() { Name = "lo", Kind = InterfaceKind.Loopback, Mtu = 65536 }));
        _changes.Add(new Change.InterfaceChanged(space, "lo", Up: true));
        _changes.Add(new Change.AddressAdded(space, "lo", new(IpAddress.LoopbackV4, 8)));
    }

    /// <summary>The container in which 127.0.0.11 was seen: the only one met, else one of its own.</summary>
    private string OwnContainer()
    {
        var met = _met.Stations.Where(s => s.Namespace.Length > 0).Select(s => s.Namespace).Distinct().ToList();
        return met.Count == 1 ? met[0] : Unnamed;
    }

    private void Address(string space, string name, IpAddress address)
    {
        if (!_places.TryAdd(address, new(space, name))) return;
        int prefix = address.IsV6 ? 64 : space == Outside ? 32 : LongestPrefix;
        _changes.Add(new Change.AddressAdded(space, name, new(address, prefix)));
    }

    private string LabelOf(Station station) => station.Own.Select(_names.Of).FirstOrDefault(n => n is not null) ?? (station.Own.Count == 0 ? station.Mac.ToString() : FirstOf(station).ToString());

    private string NameOf(IpAddress address) => _names.Of(address) ?? address.ToString();

    private static IpAddress FirstOf(Station station) => station.Own.Where(a => !a.IsLinkLocal).Concat(station.Own).FirstOrDefault();

    private static string NetworkOf(string bridge) => bridge["br-".Length..];

    /// <summary>The smallest block of a /24 or wider that holds all.</summary>
    private static Subnet Around(List<IpAddress> addresses)
    {
        int prefix = LongestPrefix;
        while (prefix > 0 && !addresses.TrueForAll(new Subnet(addresses[0], prefix).Contains)) prefix--;
        return new(addresses[0], prefix);
    }

    private static string Text(int n) => n.ToString(CultureInfo.InvariantCulture);
}
