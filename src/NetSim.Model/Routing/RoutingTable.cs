using NetSim.Model.Addressing;

namespace NetSim.Model.Routing;

/// <summary>The main routing table of a namespace, both families. Kept in the order of `ip route`: by destination, longer prefixes of one address first;
/// the default route is the first of IPv4 and the last of IPv6. Source: Linux v6.1 net/ipv4/fib_trie.c fib_insert_alias, net/ipv6/ip6_fib.c fib6_walk_continue.</summary>
public sealed class RoutingTable
{
    private readonly List<Route> _routes = [];
    private readonly Dictionary<string, List<Route>> _byInterface = new(StringComparer.Ordinal);
    private int _v4;

    /// <summary>All rows in the order in which `ip route` lists them.</summary>
    public IReadOnlyList<Route> Routes => _routes;

    /// <summary>Counts changes, so that caches of decisions know when they are stale.</summary>
    public int Version { get; private set; }

    /// <summary>The rows over an interface, in order of adding ("": those that lead nowhere).</summary>
    public IReadOnlyList<Route> Of(string name) => _byInterface.TryGetValue(name, out var rows) ? rows : [];

    /// <summary>Adds a row; an equal row (destination, gateway, interface, metric) is replaced.</summary>
    public void Add(Route route)
    {
        TakeOut(route);
        int low = 0, high = _routes.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (Order(_routes[middle], route) > 0) high = middle;
            else low = middle + 1;
        }
        _routes.Insert(low, route);
        if (route.Destination.Address.IsV4) _v4++;
        if (_byInterface.TryGetValue(route.Interface, out var rows)) rows.Add(route);
        else _byInterface[route.Interface] = [route];
        Version++;
    }

    /// <summary>Removes the row that equals <paramref name="route"/> in destination, gateway, interface and metric.</summary>
    /// <returns>Was there one?</returns>
    public bool Remove(Route route)
    {
        Version++;
        return TakeOut(route);
    }

    /// <summary>Removes all rows of an interface that went away.</summary>
    public void RemoveInterface(string name)
    {
        Version++;
        if (!_byInterface.Remove(name, out var rows)) return;
        _v4 -= rows.Count(r => r.Destination.Address.IsV4);
        _routes.RemoveAll(r => r.Interface == name);
    }

    /// <summary>Renames an interface in all rows.</summary>
    public void RenameInterface(string from, string to)
    {
        Version++;
        if (from == to || !_byInterface.Remove(from, out var rows)) return;
        for (int i = 0; i < rows.Count; i++)
        {
            int at = _routes.FindIndex(r => ReferenceEquals(r, rows[i]));
            rows[i] = _routes[at] = rows[i] with { Interface = to };
        }
        if (_byInterface.TryGetValue(to, out var others)) others.AddRange(rows);
        else _byInterface[to] = rows;
    }

    /// <summary>The decision: the longest matching prefix, then the lowest metric, then the first. Null: no route.</summary>
    /// <param name="destination">Where the packet goes.</param>
    /// <param name="usable">Is an interface usable (up)? Rows of others are passed over.</param>
    public Route? Lookup(IpAddress destination, Func<string, bool>? usable = null)
    {
        Route? best = null;
        for (int i = destination.IsV4 ? 0 : _v4, end = destination.IsV4 ? _v4 : _routes.Count; i < end; i++)
        {
            var r = _routes[i];
            if (!r.Destination.Contains(destination)) continue;
            if (r.Interface.Length > 0 && usable is not null && !usable(r.Interface)) continue;
            if (best is null || Better(r, best)) best = r;
        }
        return best;
    }

    private bool TakeOut(Route route)
    {
        if (!_byInterface.TryGetValue(route.Interface, out var rows) || rows.Find(r => Same(r, route)) is not { } old) return false;
        rows.Remove(old);
        _routes.RemoveAt(_routes.FindIndex(r => ReferenceEquals(r, old)));
        if (old.Destination.Address.IsV4) _v4--;
        return true;
    }

    private static bool Better(Route a, Route b) => a.Destination.PrefixLength != b.Destination.PrefixLength
        ? a.Destination.PrefixLength > b.Destination.PrefixLength : a.Metric < b.Metric;

    private static bool Same(Route a, Route b) => a.Destination == b.Destination && a.Gateway == b.Gateway && a.Interface == b.Interface && a.Metric == b.Metric && a.Type == b.Type;

    private static int Order(Route a, Route b)
    {
        if (a.Destination.Address.IsV6 != b.Destination.Address.IsV6) return a.Destination.Address.IsV6 ? 1 : -1;
        if (a.Destination.IsAll != b.Destination.IsAll) return a.Destination.IsAll == a.Destination.Address.IsV6 ? 1 : -1;
        int c = a.Destination.Address.CompareTo(b.Destination.Address);
        if (c == 0) c = b.Destination.PrefixLength.CompareTo(a.Destination.PrefixLength);
        return c != 0 ? c : a.Metric.CompareTo(b.Metric);
    }
}
