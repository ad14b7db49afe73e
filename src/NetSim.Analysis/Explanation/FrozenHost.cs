using NetSim.Model.Addressing;
using NetSim.Model.Topology;

namespace NetSim.Analysis.Explanation;

/// <summary>A topology that does not change any more, with its tables made ready.</summary>
internal sealed class FrozenHost(Topology topology, bool socketsKnown)
{
    private readonly Dictionary<string, FrozenStack> _stacks = new(StringComparer.Ordinal);

    /// <summary>Is it known of every namespace what listens in it (a model that ran), or only where sockets are told (a bundle)?</summary>
    public bool SocketsKnown { get; } = socketsKnown;

    /// <summary>The topology.</summary>
    public Topology Topology { get; } = topology;

    /// <summary>The world beyond an uplink whose other end is not known: it sends and takes, and nothing of it is known. Null when the outside is modelled, or there is no uplink.</summary>
    public FrozenStack? Beyond => Uplink is null ? null : field ??= new(new NetworkNamespace { Key = "outside", Kind = NamespaceKind.Outside, Label = "outside", Order = int.MaxValue }, "outside");

    /// <summary>The host's interface to what is not known: that of its default route; null when there is none.</summary>
    public Interface? Uplink => field ??= Topology.Find("outside") is null && Topology.Find("host") is { } space
        && (this[space].Decide(IpAddress.Parse("192.0.2.1")).Out ?? space.Interfaces.Find(i => i is { Kind: InterfaceKind.Physical, Up: true, Master: null })) is { Peer: null } device ? device : null;

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
}
