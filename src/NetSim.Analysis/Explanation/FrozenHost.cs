using NetSim.Model.Addressing;
using NetSim.Model.Naming;
using NetSim.Model.Packets;
using NetSim.Model.Topology;

namespace NetSim.Analysis.Explanation;

/// <summary>A topology that does not change any more, with its tables made ready.</summary>
internal sealed class FrozenHost(Topology topology, bool socketsKnown)
{
    private const long Hour = 3_600_000_000_000;
    private long _instant;
    private bool _uplinkSought;
    private readonly Dictionary<string, FrozenStack> _stacks = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FrozenNames> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ContainerFacts> _containers = Named(topology);
    private readonly Dictionary<(FrozenStack, IpAddress), Fate> _askable = [];

    /// <summary>Is it known of every namespace what listens in it (a model that ran), or only where sockets are told (a bundle)?</summary>
    public bool SocketsKnown { get; } = socketsKnown;

    /// <summary>The topology.</summary>
    public Topology Topology { get; } = topology;

    /// <summary>The world beyond an uplink whose other end is not known: it sends and takes, and nothing of it is known. Null when the outside is modelled, or there is no uplink.</summary>
    public FrozenStack? Beyond => Uplink is null ? null : field ??= new(new NetworkNamespace { Key = "outside", Kind = NamespaceKind.Outside, Label = "outside", Order = int.MaxValue }, "outside");

    /// <summary>The host's interface to what is not known: that of its default route; null when there is none.</summary>
    public Interface? Uplink
    {
        get
        {
            if (!_uplinkSought && Topology.Find("outside") is null && Topology.Find("host") is { } space
                && (this[space].Decide(IpAddress.Parse("192.0.2.1")).Out ?? space.Interfaces.Find(i => i is { Kind: InterfaceKind.Physical, Up: true, Master: null })) is { Peer: null } device) field = device;
            _uplinkSought = true;
            return field;
        }
    }

    /// <summary>Finds who answers for an address on a link.</summary>
    public LinkSearch Links => field ??= new(this);

    /// <summary>The tables of a namespace.</summary>
    public FrozenStack this[NetworkNamespace space]
    {
        get
        {
            if (!_stacks.TryGetValue(space.Key, out var stack)) _stacks.Add(space.Key, stack = new(space, space.Kind == NamespaceKind.Container ? Topology.Containers.Find(c => c.Namespace == space.Key)?.Name ?? space.Key : space.Key));
            return stack;
        }
    }

    /// <summary>What a container or site reads when it looks for a name.</summary>
    /// <param name="owner">Whose files they are: a container's name, "host", "outside".</param>
    /// <param name="space">Its namespace, whose files are read where it has none of its own.</param>
    public FrozenNames NamesOf(string owner, FrozenStack space)
    {
        if (!_names.TryGetValue(owner, out var names)) _names.Add(owner, names = new(new HostsTable(File("/etc/hosts")), ResolvConf.Read(File("/etc/resolv.conf"), "")));
        return names;

        string? File(string path) => Topology.Files.GetValueOrDefault((owner, path)) ?? Topology.Files.GetValueOrDefault((space.Space.Key, path));
    }

    /// <summary>The containers that use a namespace, by its key.</summary>
    public ILookup<string, ContainerFacts> ContainersIn => field ??= Topology.Containers.ToLookup(c => c.Namespace, StringComparer.Ordinal);

    /// <summary>The container of a name, or null.</summary>
    public ContainerFacts? Container(string name) => _containers.GetValueOrDefault(name);

    /// <summary>What becomes of a question to a name server, whatever the name.</summary>
    public Fate Askable(FrozenStack from, IpAddress server)
    {
        if (!_askable.TryGetValue((from, server), out var fate)) _askable.Add((from, server), fate = new Conversation(this, null, []).Try(from, IpProtocol.Udp, server, new(53)));
        return fate;
    }

    /// <summary>Each conversation is asked about at an instant of its own, long after the one before: rules that limit how often let it through.</summary>
    public long NextInstant() => _instant = Math.Min(_instant + Hour, long.MaxValue - Hour);

    private static Dictionary<string, ContainerFacts> Named(Topology topology)
    {
        var all = new Dictionary<string, ContainerFacts>(StringComparer.Ordinal);
        foreach (var c in topology.Containers) all.TryAdd(c.Name, c);
        return all;
    }
}

/// <summary>The files of one owner that names are looked up in.</summary>
internal sealed record FrozenNames(HostsTable Hosts, ResolvConf Conf);
