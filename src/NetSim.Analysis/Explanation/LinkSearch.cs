using NetSim.Model.Addressing;
using NetSim.Model.Topology;

namespace NetSim.Analysis.Explanation;

/// <summary>Where a frame for a neighbour arrives.</summary>
/// <param name="Receiver">The interface that takes it; null when nobody answers for the address.</param>
/// <param name="Bridges">The bridges that pass it on, in order.</param>
/// <param name="LeavesModel">Does the link lead to where nothing is known of?</param>
/// <param name="Problem">Why nobody answers, in words; null when somebody does.</param>
internal sealed record LinkEnd(Interface? Receiver, IReadOnlyList<Interface> Bridges, bool LeavesModel, string? Problem);

/// <summary>Who answers ARP or neighbour solicitation for an address on the link behind an interface. Every namespace answers for all of its addresses, on whichever
/// interface it is asked (arp_ignore=0; Source: linux Documentation/networking/ip-sysctl.rst); IPv6 only on the one that has the address.</summary>
internal sealed class LinkSearch(FrozenHost host)
{
    private readonly Dictionary<(Interface, IpAddress), LinkEnd> _found = [];

    /// <summary>The end of a frame that leaves an interface for a neighbour.</summary>
    public LinkEnd Find(Interface from, IpAddress neighbour)
    {
        if (!_found.TryGetValue((from, neighbour), out var end)) _found.Add((from, neighbour), end = Search(from, neighbour));
        return end;
    }

    private LinkEnd Search(Interface from, IpAddress neighbour)
    {
        if (!from.Up) return new(null, [], false, $"{from.Name} is down");
        var walk = new Walk(neighbour, [from], []);
        bool beyond = false;
        var receiver = Across(from, walk, ref beyond);
        return receiver is not null ? new(receiver, walk.Bridges, false, null)
            : new(null, [], beyond, beyond ? $"what lies beyond {from.Name} is not known" : $"nobody on the link behind {from.Name} has {neighbour}");
    }

    private sealed record Walk(IpAddress Neighbour, HashSet<Interface> Seen, List<Interface> Bridges);

    /// <summary>A frame goes out by an interface.</summary>
    private Interface? Across(Interface device, Walk walk, ref bool beyond)
    {
        if (!device.Up) return null;
        switch (device.Kind)
        {
            case InterfaceKind.Bridge:
                foreach (var port in device.Ports)
                    if (Across(port, walk, ref beyond) is { } taker) return taker;
                return null;
            case InterfaceKind.Macvlan or InterfaceKind.Ipvlan: return Siblings(device, walk, ref beyond);
            case InterfaceKind.Loopback: return null;
            default:
                if (device.Peer is { } peer) return Arrive(peer, walk, ref beyond);
                beyond |= device.Kind == InterfaceKind.Physical;
                return null;
        }
    }

    /// <summary>A child of a parent sees its siblings and the parent's link, not the parent's own namespace. Source: linux drivers/net/macvlan.c macvlan_queue_xmit.</summary>
    private Interface? Siblings(Interface child, Walk walk, ref bool beyond)
    {
        if (child.Parent is not { } parent) return null;
        if (Children(parent, walk, child) is { } sibling) return sibling;
        return walk.Seen.Add(parent) ? Across(parent, walk, ref beyond) : null;
    }

    private Interface? Children(Interface parent, Walk walk, Interface? but) =>
        host.Topology.LinksOf(parent).Where(l => l.Kind == LinkKind.Parent).Select(l => l.Target as Interface)
            .FirstOrDefault(i => i is { Up: true } && !ReferenceEquals(i, but) && !ReferenceEquals(i, parent) && Answers(i, walk.Neighbour));

    private Interface? Arrive(Interface device, Walk walk, ref bool beyond)
    {
        if (!device.Up || !walk.Seen.Add(device)) return null;
        if (device.Master is { Up: true } bridge) return Bridged(device, bridge, walk, ref beyond);
        return Answers(device, walk.Neighbour) ? device : Children(device, walk, null);
    }

    private Interface? Bridged(Interface port, Interface bridge, Walk walk, ref bool beyond)
    {
        if (Answers(bridge, walk.Neighbour)) return bridge;
        int depth = walk.Bridges.Count;
        walk.Bridges.Add(bridge);
        foreach (var other in bridge.Ports)
            if ((!ReferenceEquals(other, port) || port.Hairpin) && Across(other, walk, ref beyond) is { } taker) return taker;
        walk.Bridges.RemoveRange(depth, walk.Bridges.Count - depth);
        return null;
    }

    private bool Answers(Interface device, IpAddress address) => address.IsV4 ? !address.IsLoopback && host[device.Namespace].IsLocal(address) : device.Addresses.Exists(a => a.Address == address);
}
