using NetSim.Model.Netfilter;
using NetSim.Model.Tracing;

namespace NetSim.Model.Topology;

/// <summary>A topology told as the changes that make it from nothing.</summary>
internal static class TopologyAsChanges
{
    /// <summary>The changes in an order in which each finds what it names.</summary>
    public static IEnumerable<Change> Of(Topology topology)
    {
        var spaces = topology.Namespaces.ToList();
        return Things(spaces).Concat(Masters(spaces)).Concat(spaces.SelectMany(Properties)).Concat(spaces.SelectMany(Tables)).Concat(Books(topology)).Concat(Labels(topology, spaces));
    }

    /// <summary>Namespaces and interfaces in the order of their making. The younger end of a cable comes with the older.</summary>
    private static IEnumerable<Change> Things(IReadOnlyList<NetworkNamespace> spaces)
    {
        foreach (var node in spaces.Concat<TopologyNode>(spaces.SelectMany(s => s.Interfaces)).OrderBy(n => n.Order))
            if (node is NetworkNamespace s) yield return new Change.NamespaceMade(s.Key, s.Kind, s.Label);
            else if (node is Interface { Parent: { } parent } child && parent.Namespace != child.Namespace)
            {
                string meanwhile = $"~{child.Order}"; // its own name may be taken where its parent is
                yield return new Change.InterfaceMade(parent.Namespace.Key, Spec(child) with { Name = meanwhile });
                yield return new Change.InterfaceMoved(parent.Namespace.Key, meanwhile, child.Namespace.Key, child.Name);
            }
            else if (node is Interface i && (i.Peer is null || i.Peer.Order > i.Order))
                yield return i.Peer is { } peer ? new Change.VethMade(i.Namespace.Key, Spec(i), peer.Namespace.Key, Spec(peer)) : new Change.InterfaceMade(i.Namespace.Key, Spec(i));
    }

    private static InterfaceSpec Spec(Interface i) => new()
    {
        Name = i.Name,
        Index = i.Index,
        Kind = i.Kind,
        Mac = i.Mac,
        Mtu = i.Mtu,
        Parent = i.Parent?.Name,
        Mode = i.Mode,
        ModeFlag = i.ModeFlag,
        VlanId = i.VlanId,
    };

    /// <summary>The ports of each bridge in the order in which they joined it.</summary>
    private static IEnumerable<Change> Masters(IReadOnlyList<NetworkNamespace> spaces) =>
        spaces.SelectMany(s => s.Interfaces).SelectMany(b => b.Ports).Where(p => p.Master is not null).Select(p => new Change.InterfaceChanged(p.Namespace.Key, p.Name, Master: p.Master!.Name));

    private static IEnumerable<Change> Properties(NetworkNamespace s)
    {
        foreach (var i in s.Interfaces)
        {
            if (i.Up || i.Hairpin || i.Isolated || i.Parent is not null) yield return new Change.InterfaceChanged(s.Key, i.Name, Up: i.Up, Hairpin: i.Hairpin, Isolated: i.Isolated, Mac: i.Mac, Mtu: i.Mtu);
            foreach (var a in i.Addresses) yield return new Change.AddressAdded(s.Key, i.Name, a);
            foreach (var (mac, entry) in i.Fdb) yield return new Change.FdbSet(s.Key, i.Name, mac, entry.Port, entry.Permanent);
            foreach (var (where, fault) in i.Faults) yield return new Change.LinkFaultSet(s.Key, i.Name, where, fault);
        }
    }

    private static IEnumerable<Change> Tables(NetworkNamespace s)
    {
        foreach (var r in s.Routes.Routes.Concat(s.Tables.Values.SelectMany(t => t.Routes))) yield return new Change.RouteAdded(s.Key, r);
        foreach (var r in s.RoutingRules) yield return new Change.RoutingRuleAdded(s.Key, r);
        foreach (var (key, value) in s.Sysctls) yield return new Change.SysctlSet(s.Key, key, value);
        foreach (var c in Rules(s.Key, IpFamily.V4, s.Rules).Concat(Rules(s.Key, IpFamily.V6, s.Rules6))) yield return c;
        foreach (var (address, n) in s.Neighbours) yield return new Change.NeighbourSet(s.Key, n.Interface, address, n.Mac, n.State);
        foreach (var (original, reply) in s.Conntrack) yield return new Change.ConntrackMade(s.Key, original, reply);
        foreach (var k in s.Sockets) yield return new Change.SocketOpened(s.Key, k.Protocol, k.Address, k.Port, k.Program, k.Remote);
        foreach (var p in s.Processes.Values) yield return new Change.ProcessStarted(p);
        if (s.Resolver is { } resolver) yield return new Change.ResolverSet(resolver);
    }

    private static IEnumerable<Change> Rules(string space, IpFamily family, Ruleset rules)
    {
        foreach (var (set, members) in rules.Sets) yield return new Change.IpSetFilled(space, family, set, members);
        var tables = rules.Tables.Concat(rules.NftTables).ToList();
        foreach (var table in tables)
        {
            foreach (var chain in table.Chains) yield return new Change.ChainSet(space, family, table.Name, chain.Name, chain.Policy) { Asked = chain.Place };
            foreach (string map in table.Maps)
            {
                yield return new Change.VerdictMapSet(space, family, table.Name, map, null, null);
                foreach (var (key, chain) in table.Elements(map)) yield return new Change.VerdictMapSet(space, family, table.Name, map, key, chain);
            }
        }
        foreach (var table in tables)
            foreach (var chain in table.Chains)
                foreach (var rule in chain.Rules) yield return new Change.RuleAdded(space, family, table.Name, chain.Name, null, rule);
    }

    private static IEnumerable<Change> Books(Topology t)
    {
        foreach (var ((owner, path), text) in t.Files) yield return new Change.FileWritten(owner, path, text);
        foreach (var n in t.Networks) yield return new Change.NetworkSet(n);
        foreach (var c in t.Containers) yield return new Change.ContainerSet(c);
        foreach (var e in t.Endpoints) yield return new Change.EndpointSet(e);
        foreach (var (network, address, holder) in t.Leases) yield return new Change.LeaseMade(network, address, holder);
        foreach (var n in t.Names.Names) yield return new Change.NamePublished(n);
    }

    /// <summary>A namespace is called by the container that was last set in it, which may be gone.</summary>
    private static IEnumerable<Change> Labels(Topology t, IReadOnlyList<NetworkNamespace> spaces)
    {
        var called = t.Containers.GroupBy(c => c.Namespace, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Last().Name, StringComparer.Ordinal);
        foreach (var s in spaces.Where(s => s.Kind == NamespaceKind.Container && called.GetValueOrDefault(s.Key, s.Label) != s.Label))
        {
            var there = t.Containers.Find(c => c.Name == s.Label);
            if (there?.Namespace == s.Key)
            {
                yield return new Change.ContainerSet(there);
                continue;
            }
            if (there is not null) continue; // another container has the name by now
            yield return new Change.ContainerSet(new(s.Label, "", "", "", s.Key, [], new Dictionary<string, string>(StringComparer.Ordinal)));
            yield return new Change.ContainerRemoved(s.Label);
        }
    }
}
