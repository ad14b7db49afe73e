using NetSim.Model.Addressing;
using NetSim.Model.Packets;
using NetSim.Model.Routing;
using NetSim.Model.Tracing;

namespace NetSim.Workbench.Opening;

/// <summary>Tables of a namespace as iproute2 prints them in JSON, read into changes.</summary>
internal static class BundleTables
{
    /// <summary>`ip -j addr`: all addresses but those that are known already.</summary>
    public static IEnumerable<Change> Addresses(string space, BundleJson addr, IReadOnlyCollection<(string Interface, InterfaceAddress Address)> known)
    {
        foreach (var i in addr.Items)
            foreach (var a in i["addr_info"].Items)
                if (a["local"].Address is { } ip && new InterfaceAddress(ip, Math.Clamp(a["prefixlen"].Number, 0, ip.BitLength)) is var address && !known.Contains((i["ifname"].Text, address)))
                    yield return new Change.AddressAdded(space, i["ifname"].Text, address);
    }

    /// <summary>`ip -j route` or `ip -6 -j route`.</summary>
    public static IEnumerable<Change> Routes(string space, BundleJson routes, bool v6) => routes.Items.Select(r => new Change.RouteAdded(space, RouteOf(r, v6)));

    /// <summary>`ip -j neigh`.</summary>
    public static IEnumerable<Change> Neighbours(string space, BundleJson neigh)
    {
        foreach (var n in neigh.Items)
            if (n["dst"].Address is { } address)
                yield return new Change.NeighbourSet(space, n["dev"].Text, address, n["lladdr"].Value is null ? null : n["lladdr"].Mac, n["state"].Items.FirstOrDefault().Text is { Length: > 0 } state ? state : "NOARP");
    }

    /// <summary>`bridge -j fdb`: entries of bridges, without the multicast ones of the devices themselves.</summary>
    public static IEnumerable<Change> Fdb(string space, BundleJson fdb)
    {
        foreach (var f in fdb.Items)
            if (f["master"].Text is { Length: > 0 } bridge)
                yield return new Change.FdbSet(space, bridge, f["mac"].Mac, f["ifname"].Text, f["state"].Text == "permanent");
    }

    /// <summary>Rows of `ss -lntuH`: protocol, state, queues, own end, other end.</summary>
    public static IEnumerable<Change> Sockets(string space, BundleJson listening)
    {
        foreach (var row in listening.Items)
        {
            var words = row.Items.Select(w => w.Text).ToList();
            if (words.Count < 5 || !IpProtocolNames.TryParse(words[0], out var protocol)) continue;
            int colon = words[4].LastIndexOf(':');
            string host = colon < 0 ? "" : words[4][..colon].Trim('[', ']').Split('%')[0];
            if (!ushort.TryParse(colon < 0 ? "" : words[4][(colon + 1)..], out ushort port)) continue;
            var address = host == "*" ? IpAddress.AnyV6 : IpAddress.TryParse(host, out var a) ? a : (IpAddress?)null;
            if (address is { } own) yield return new Change.SocketOpened(space, protocol, own, new(port), "");
        }
    }

    private static Route RouteOf(BundleJson r, bool v6)
    {
        string dst = r["dst"].Text;
        var all = v6 ? Subnet.AllV6 : Subnet.AllV4;
        return new()
        {
            Destination = dst is "default" or "" ? all : dst.Contains('/') ? r["dst"].Subnet!.Value : new(r["dst"].Address!.Value, all.Address.BitLength),
            Gateway = r["gateway"].Address,
            Interface = r["dev"].Text,
            Protocol = r["protocol"].Text,
            Scope = r["scope"].Text,
            PreferredSource = r["prefsrc"].Address,
            Metric = r["metric"].Number,
            Type = r["type"].Text switch { "blackhole" => RouteType.Blackhole, "unreachable" => RouteType.Unreachable, "prohibit" => RouteType.Prohibit, _ => RouteType.Unicast },
        };
    }
}
