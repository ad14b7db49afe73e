using NetSim.Model.Addressing;
using NetSim.Model.Naming;
using NetSim.Model.Netfilter;
using NetSim.Model.Packets;
using NetSim.Model.Routing;

namespace NetSim.Model.Topology;

/// <summary>A vertex of the topology's graph: a namespace or an interface.</summary>
public abstract class TopologyNode
{
    /// <summary>Order of making, so that walks are the same in every run.</summary>
    public required int Order { get; init; }
}

/// <summary>What kind of edge joins two vertices.</summary>
public enum LinkKind
{
    /// <summary>A namespace and an interface of it.</summary>
    Owns,
    /// <summary>The two ends of a veth pair.</summary>
    Cable,
    /// <summary>A bridge and one of its ports.</summary>
    BridgePort,
    /// <summary>A macvlan, ipvlan or VLAN and its parent.</summary>
    Parent,
}

/// <summary>An edge of the topology's graph.</summary>
/// <param name="Source">One vertex; for <see cref="LinkKind.BridgePort"/> the bridge, for <see cref="LinkKind.Owns"/> the namespace.</param>
/// <param name="Target">The other.</param>
/// <param name="Kind">What joins them.</param>
public sealed record Link(TopologyNode Source, TopologyNode Target, LinkKind Kind) : QuikGraph.IEdge<TopologyNode>;

/// <summary>One Linux network stack with its tables.</summary>
public sealed class NetworkNamespace : TopologyNode
{
    /// <summary>Unique: "host", "outside", a container's name.</summary>
    public required string Key { get; init; }

    /// <summary>What it is.</summary>
    public required NamespaceKind Kind { get; init; }

    /// <summary>The name to show.</summary>
    public required string Label { get; set; }

    private readonly Dictionary<string, Interface> _byName = new(StringComparer.Ordinal);

    /// <summary>Interfaces by number.</summary>
    public List<Interface> Interfaces { get; } = [];

    /// <summary>Both families.</summary>
    public RoutingTable Routes { get; } = new();

    /// <summary>iptables.</summary>
    public Ruleset Rules { get; } = new();

    /// <summary>ip6tables.</summary>
    public Ruleset Rules6 { get; } = new();

    /// <summary>Sysctls that were set.</summary>
    public SortedDictionary<string, string> Sysctls { get; } = new(StringComparer.Ordinal);

    /// <summary>Rules of policy routing besides the three that are always there, in order.</summary>
    public List<RoutingRule> RoutingRules { get; } = [];

    /// <summary>Routing tables besides the main one, by name or number.</summary>
    public SortedDictionary<string, RoutingTable> Tables { get; } = new(StringComparer.Ordinal);

    /// <summary>The routing table of a name; made when it is new.</summary>
    public RoutingTable Table(string name)
    {
        if (name is "" or "main" or "254") return Routes;
        return Tables.TryGetValue(name, out var table) ? table : Tables[name] = new();
    }

    /// <summary>Neighbours by address: the interface, the MAC address (null: none known) and the state.</summary>
    public SortedDictionary<IpAddress, (string Interface, MacAddress? Mac, string State)> Neighbours { get; } = [];

    /// <summary>Tracked conversations, in order of their beginning.</summary>
    public List<(FlowKey Original, FlowKey Reply)> Conntrack { get; } = [];

    /// <summary>Sockets: listening ones have no remote end.</summary>
    public List<(IpProtocol Protocol, IpAddress Address, Port Port, string Program, FlowKey? Remote)> Sockets { get; } = [];

    /// <summary>A socket was closed: the first of its kind is forgotten.</summary>
    public void ForgetSocket(IpProtocol protocol, IpAddress address, Port port, FlowKey? remote)
    {
        for (int i = 0; i < Sockets.Count; i++)
        {
            var s = Sockets[i];
            if (s.Port != port || s.Protocol != protocol || s.Address != address || s.Remote != remote) continue;
            Sockets.RemoveAt(i);
            return;
        }
    }

    /// <summary>Processes that run, by id.</summary>
    public SortedDictionary<string, ProcessSpec> Processes { get; } = new(StringComparer.Ordinal);

    /// <summary>Its DNS resolver, or null.</summary>
    public ResolverSpec? Resolver { get; set; }

    /// <summary>The interface of a name, or null.</summary>
    public Interface? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>The tables of a family.</summary>
    public Ruleset RulesOf(IpFamily family) => family == IpFamily.V4 ? Rules : Rules6;

    /// <summary>The label.</summary>
    public override string ToString() => Label;

    /// <summary>An interface came: to its place by number.</summary>
    internal void Enter(Interface made)
    {
        int at = Interfaces.Count;
        while (at > 0 && Interfaces[at - 1].Index > made.Index) at--;
        Interfaces.Insert(at, made);
        if (!_byName.TryGetValue(made.Name, out var other) || other.Index > made.Index) _byName[made.Name] = made;
    }

    /// <summary>An interface went.</summary>
    internal void Leave(Interface gone)
    {
        if (Interfaces.Remove(gone)) Forget(gone);
    }

    /// <summary>An interface got another name.</summary>
    internal void Rename(Interface there, string name)
    {
        Forget(there);
        there.Name = name;
        if (!_byName.TryGetValue(name, out var other) || other.Index > there.Index) _byName[name] = there;
    }

    /// <summary>Captures may know two of one name: the first is found.</summary>
    private void Forget(Interface gone)
    {
        if (!_byName.TryGetValue(gone.Name, out var found) || !ReferenceEquals(found, gone)) return;
        _byName.Remove(gone.Name);
        if (Interfaces.Find(i => i.Name == gone.Name && !ReferenceEquals(i, gone)) is { } other) _byName[gone.Name] = other;
    }
}

/// <summary>A Linux network device.</summary>
public sealed class Interface : TopologyNode
{
    /// <summary>Whose it is.</summary>
    public required NetworkNamespace Namespace { get; set; }

    /// <summary>"eth0".</summary>
    public required string Name { get; set; }

    /// <summary>The number of `ip link`.</summary>
    public required int Index { get; init; }

    /// <summary>What it is.</summary>
    public required InterfaceKind Kind { get; init; }

    /// <summary>Hardware address.</summary>
    public MacAddress Mac { get; set; }

    /// <summary>Bytes of an IP packet that fit.</summary>
    public int Mtu { get; set; }

    /// <summary>Set up by the administrator?</summary>
    public bool Up { get; set; }

    /// <summary>Does a bridge port send a frame back where it came from?</summary>
    public bool Hairpin { get; set; }

    /// <summary>Does it, as a port, reach only ports that are not isolated?</summary>
    public bool Isolated { get; set; }

    /// <summary>IPv4 and IPv6 addresses in order of adding.</summary>
    public List<InterfaceAddress> Addresses { get; } = [];

    /// <summary>The other end of a veth pair, or null.</summary>
    public Interface? Peer { get; set; }

    /// <summary>The bridge of which it is a port, or null.</summary>
    public Interface? Master { get; set; }

    /// <summary>The parent of a macvlan, ipvlan or VLAN, or null.</summary>
    public Interface? Parent { get; set; }

    /// <summary>Faults on its way, by their place.</summary>
    public SortedDictionary<FaultPlace, LinkFault> Faults { get; } = [];

    /// <summary>How a macvlan or ipvlan shares its parent: "bridge", "private", "vepa", "passthru", "l2", "l3", "l3s"; else empty.</summary>
    public string Mode { get; init; } = "";

    /// <summary>"bridge", "private", "vepa" (ipvlan), else empty.</summary>
    public string ModeFlag { get; init; } = "";

    /// <summary>The number of a VLAN, else 0.</summary>
    public int VlanId { get; init; }

    /// <summary>Does it ask for its neighbours' hardware addresses? lo, a dummy and an ipvlan of layer 3 do not (NOARP).</summary>
    public bool Resolves => Kind is not (InterfaceKind.Loopback or InterfaceKind.Dummy) && !(Kind == InterfaceKind.Ipvlan && Mode is "l3" or "l3s");

    /// <summary>The ports of a bridge, in order of joining.</summary>
    public List<Interface> Ports { get; } = [];

    /// <summary>A bridge's learned and permanent addresses and the port's name behind each.</summary>
    public SortedDictionary<MacAddress, (string Port, bool Permanent)> Fdb { get; } = [];

    /// <summary>Has it a carrier? A bridge has one when a port has; a veth when both ends are up; what shares a parent when the parent has.</summary>
    public bool Carrier => Up && Kind switch
    {
        InterfaceKind.Bridge => Ports.Exists(p => p.Carrier),
        InterfaceKind.Veth => Peer is { Up: true },
        InterfaceKind.Macvlan or InterfaceKind.Ipvlan or InterfaceKind.Vlan => Parent is null or { Carrier: true },
        _ => true,
    };

    /// <summary>"webapp eth0".</summary>
    public override string ToString() => $"{Namespace.Label} {Name}";
}
