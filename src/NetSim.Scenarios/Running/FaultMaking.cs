using NetSim.Model.Addressing;
using NetSim.Model.Topology;
using NetSim.Model.Tracing;
using NetSim.Scenarios.Format;
using NetSim.Simulation;

namespace NetSim.Scenarios.Running;

/// <summary>Makes faults in a running world, and undoes them. What can't be done is answered by a sentence.</summary>
/// <param name="simulator">The world.</param>
/// <param name="docker">Runs a docker command at once.</param>
/// <param name="seed">Makes the chance of faults that have no seed of their own (0).</param>
internal sealed class FaultMaking(Simulator simulator, Action<IReadOnlyList<string>> docker, int seed)
{
    /// <summary>Two directions of one fault get chance of their own.</summary>
    private const uint OtherWay = 0x9E37_79B9;

    private readonly Origin _origin = new("scenario", "fault", "fault");

    /// <summary>Makes one; null when it is done.</summary>
    public string? Make(FaultPlan plan) => plan switch
    {
        FaultPlan.OnLink p => Cable(p, p.Fault),
        FaultPlan.Relay p => Relay(p),
        FaultPlan.LinkState p => Link(p, p.Up),
        FaultPlan.Partition p => Partition(p, on: true),
        FaultPlan.Resolver p => Resolver(p, p.Up),
        FaultPlan.Kill p => Kill(p),
        FaultPlan.SecondAddress p => Address(p, on: true),
        FaultPlan.Heal p => Heal(p),
        _ => throw new NotSupportedException($"no fault {plan.GetType().Name}"),
    };

    /// <summary>Undoes one; null when it is done.</summary>
    public string? Undo(FaultPlan plan) => plan switch
    {
        FaultPlan.OnLink p => Cable(p, null),
        FaultPlan.Relay p => Set(p.On, p.Interface, i => [(i, FaultPlace.Relay)], null),
        FaultPlan.LinkState p => Link(p, !p.Up),
        FaultPlan.Partition p => Partition(p, on: false),
        FaultPlan.Resolver p => Resolver(p, !p.Up),
        FaultPlan.SecondAddress p => Address(p, on: false),
        _ => null,
    };

    private void Apply(Change change) => simulator.Apply(change with { Origin = _origin });

    private NetworkNamespace? Space(string end) =>
        simulator.Topology.Find(simulator.Topology.Containers.Find(c => c.Name == end.TrimStart('/'))?.Namespace ?? (end is "host" or "outside" ? end : ""));

    private Interface? Find(string end, string name) =>
        name.Length > 0 ? Space(end)?.Find(name) : Space(end)?.Interfaces.Find(i => i.Kind != InterfaceKind.Loopback);

    private static string NoInterface(string end, string name) => name.Length > 0 ? $"{end} has no interface {name}" : $"{end} has no interface";

    private string? Set(string end, string name, Func<Interface, IEnumerable<(Interface? At, FaultPlace Where)>> places, LinkFault? fault)
    {
        if (Find(end, name) is not { } i) return NoInterface(end, name);
        if (i.Peer is null) return $"{i} is no end of a cable; faults lie on cables";
        uint chance = fault is { Seed: > 0 and var own } ? own : (uint)seed;
        foreach (var (at, where) in places(i))
        {
            if (at is not null) Put(at, where, fault is null ? null : fault with { Seed = chance });
            chance ^= OtherWay;
        }
        return null;
    }

    /// <summary>A partition outlasts other faults of the same cable, and the other way round.</summary>
    private void Put(Interface at, FaultPlace where, LinkFault? fault)
    {
        var parted = at.Faults.GetValueOrDefault(where)?.PartedFrom ?? [];
        var whole = (fault ?? new LinkFault()) with { PartedFrom = fault?.PartedFrom is { Count: > 0 } mine ? mine : parted };
        Apply(new Change.LinkFaultSet(at.Namespace.Key, at.Name, where, whole.IsNone ? null : whole));
    }

    private string? Cable(FaultPlan.OnLink p, LinkFault? fault) => Set(p.On, p.Interface, i => p.Way switch
    {
        FaultWay.Out => [(i, FaultPlace.Cable)],
        FaultWay.In => [(null, FaultPlace.Cable), (i.Peer, FaultPlace.Cable)],
        _ => [(i, FaultPlace.Cable), (i.Peer, FaultPlace.Cable)],
    }, fault);

    /// <summary>What the relay stands at has no IPv6 address any more.</summary>
    private string? Relay(FaultPlan.Relay p)
    {
        if (Find(p.On, p.Interface) is not { } i) return NoInterface(p.On, p.Interface);
        if (i.Peer is not { Master: not null } port) return $"{i} is at no bridge";
        Apply(new Change.SysctlSet(port.Namespace.Key, $"net.ipv6.conf.{port.Name}.disable_ipv6", "1"));
        Apply(new Change.LinkFaultSet(port.Namespace.Key, port.Name, FaultPlace.Relay, p.Fault));
        return null;
    }

    private string? Link(FaultPlan.LinkState p, bool up)
    {
        if (Find(p.On, p.Interface) is not { } i) return NoInterface(p.On, p.Interface);
        if (i.Peer is not { } far) return $"{i} is no end of a cable";
        Apply(new Change.InterfaceChanged(far.Namespace.Key, far.Name, Up: up));
        return null;
    }

    private string? Partition(FaultPlan.Partition p, bool on)
    {
        foreach (var group in p.Groups)
        {
            IReadOnlyList<IpAddress> others = [.. p.Groups.Where(g => g != group).SelectMany(g => g).SelectMany(Addresses)];
            foreach (var i in group.SelectMany(end => Space(end)?.Interfaces.Where(i => i.Peer is not null).ToList() ?? []))
            {
                var now = i.Faults.GetValueOrDefault(FaultPlace.Cable) ?? new LinkFault();
                var next = now with { PartedFrom = on ? others : [] };
                Apply(new Change.LinkFaultSet(i.Namespace.Key, i.Name, FaultPlace.Cable, next.IsNone ? null : next));
            }
        }
        return p.Ends.FirstOrDefault(e => Space(e) is null) is { } missing ? $"{missing} has no network" : null;
    }

    private IEnumerable<IpAddress> Addresses(string end) => Space(end)?.Interfaces.SelectMany(i => i.Addresses).Select(a => a.Address).Where(a => !a.IsLoopback) ?? [];

    private string? Resolver(FaultPlan.Resolver p, bool up)
    {
        if (Space(p.On)?.Resolver is not { } resolver) return $"{p.On} has no DNS resolver of its own; containers on networks that users made have one";
        Apply(new Change.ResolverSet(resolver with { Stopped = !up }));
        return null;
    }

    private string? Kill(FaultPlan.Kill p)
    {
        if (p.Process is null)
        {
            docker(["kill", p.On]);
            return null;
        }
        if (Space(p.On) is not { } space) return $"{p.On} does not run";
        var process = space.Processes.Values.FirstOrDefault(x => (x.Container is null || x.Container == p.On) && (x.Id == p.Process || x.Arguments[0][(x.Arguments[0].LastIndexOf('/') + 1)..] == p.Process));
        if (process is null) return $"no process {p.Process} runs in {p.On}; there are {string.Join(", ", space.Processes.Values.Select(x => x.Arguments[0]).Distinct())}";
        Apply(new Change.ProcessSignalled(space.Key, process.Id, "KILL"));
        return null;
    }

    private string? Address(FaultPlan.SecondAddress p, bool on)
    {
        if (Find(p.On, p.Interface) is not { } i) return NoInterface(p.On, p.Interface);
        var prefix = i.Addresses.Find(a => a.Address.IsV6 == p.Address.IsV6 && a.Subnet.Contains(p.Address));
        var address = new InterfaceAddress(p.Address, prefix.PrefixLength > 0 ? prefix.PrefixLength : p.Address.BitLength);
        Apply(on ? new Change.AddressAdded(i.Namespace.Key, i.Name, address, NoDad: true) : new Change.AddressRemoved(i.Namespace.Key, i.Name, address));
        if (on) Apply(new Change.SysctlSet(i.Namespace.Key, $"netsim.announce.{i.Name}", "1 0"));
        return null;
    }

    private string? Heal(FaultPlan.Heal p)
    {
        var spaces = p.On == "all" ? simulator.Topology.Namespaces.ToList() : [.. new[] { Space(p.On) }.OfType<NetworkNamespace>()];
        if (spaces.Count == 0) return $"{p.On} has no network";
        foreach (var i in spaces.SelectMany(s => s.Interfaces).SelectMany(i => new[] { i, i.Peer }).OfType<Interface>().Distinct().ToList())
        {
            foreach (var where in i.Faults.Keys.ToList()) Apply(new Change.LinkFaultSet(i.Namespace.Key, i.Name, where, null));
            if (i is { Up: false, Kind: InterfaceKind.Veth }) Apply(new Change.InterfaceChanged(i.Namespace.Key, i.Name, Up: true));
        }
        foreach (var s in spaces)
            if (s.Resolver is { Stopped: true } r) Apply(new Change.ResolverSet(r with { Stopped = false }));
        return null;
    }
}
