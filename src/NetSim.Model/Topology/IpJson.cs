using System.Text.Json.Nodes;
using NetSim.Model.Addressing;
using NetSim.Model.Routing;

namespace NetSim.Model.Topology;

/// <summary>A namespace in the words of iproute2: what `ip -d -j link`, `ip -j addr`, `ip -j route`, `ip -j neigh`, `bridge -j fdb` and `bridge -j link` print.
/// What is not modelled (queues, offload limits, timers, multicast entries of the fdb) is left out.</summary>
public static class IpJson
{
    /// <summary>`ip -d -j link`: interfaces by number, with linkinfo.</summary>
    public static JsonArray Links(Topology topology, NetworkNamespace space) => [.. space.Interfaces.Select(i => IpLinkJson.Write(topology, i, detailed: true))];

    /// <summary>`ip -j addr`: interfaces by number, with addr_info, IPv4 before IPv6 and link-local last.</summary>
    public static JsonArray Addresses(Topology topology, NetworkNamespace space) => [.. space.Interfaces.Select(i => WithAddresses(topology, i))];

    /// <summary>`ip -j route` or `ip -6 -j route`, in the table's order; "linkdown" follows the carrier.</summary>
    public static JsonArray Routes(NetworkNamespace space, bool v6) => [.. space.Routes.Routes.Where(r => r.Destination.Address.IsV6 == v6).Select(r => OneRoute(space, r, v6))];

    /// <summary>`ip -j neigh`, by address.</summary>
    public static JsonArray Neighbours(NetworkNamespace space)
    {
        var rows = new JsonArray();
        foreach (var (address, n) in space.Neighbours)
        {
            var row = new JsonObject { ["dst"] = address.ToString(), ["dev"] = n.Interface };
            if (n.Mac is { } mac) row["lladdr"] = mac.ToString();
            row["state"] = new JsonArray(n.State);
            rows.Add(row);
        }
        return rows;
    }

    /// <summary>`bridge -j fdb`: the entries of all bridges.</summary>
    public static JsonArray Fdb(NetworkNamespace space)
    {
        var rows = new JsonArray();
        foreach (var bridge in space.Interfaces.Where(i => i.Kind == InterfaceKind.Bridge))
            foreach (var (mac, entry) in bridge.Fdb)
                rows.Add(new JsonObject { ["mac"] = mac.ToString(), ["ifname"] = entry.Port, ["flags"] = new JsonArray(), ["master"] = bridge.Name, ["state"] = entry.Permanent ? "permanent" : "" });
        return rows;
    }

    /// <summary>`bridge -j link`: the ports of all bridges, by number.</summary>
    public static JsonArray BridgeLinks(NetworkNamespace space)
    {
        var rows = new JsonArray();
        foreach (var port in space.Interfaces.Where(i => i.Master is not null))
        {
            var row = new JsonObject { ["ifindex"] = port.Index };
            if (port.Peer is { } peer) row["link"] = ReferenceEquals(peer.Namespace, space) ? peer.Name : $"if{peer.Index}";
            row["ifname"] = port.Name;
            row["flags"] = IpLinkJson.Flags(port);
            row["mtu"] = port.Mtu;
            row["master"] = port.Master!.Name;
            foreach (var (key, value) in IpLinkJson.PortSettings(port)) row[key] = value?.DeepClone();
            rows.Add(row);
        }
        return rows;
    }

    private static JsonObject WithAddresses(Topology topology, Interface i)
    {
        var row = IpLinkJson.Write(topology, i, detailed: false);
        row["addr_info"] = new JsonArray([.. i.Addresses.OrderBy(a => a.Address.IsV6 ? a.Address.IsLinkLocal ? 2 : 1 : 0).Select(a => Address(i, a))]);
        return row;
    }

    private static JsonObject Address(Interface i, InterfaceAddress a)
    {
        var row = new JsonObject { ["family"] = a.Address.IsV6 ? "inet6" : "inet", ["local"] = a.Address.ToString(), ["prefixlen"] = a.PrefixLength };
        bool dockers = i.Kind == InterfaceKind.Bridge || i.Namespace.Kind == NamespaceKind.Container;
        if (a.Address.IsV4 && dockers && a.PrefixLength < 31 && i.Kind != InterfaceKind.Loopback) row["broadcast"] = a.Subnet.Last.ToString();
        row["scope"] = a.Address.IsLoopback ? "host" : a.Address is { IsLinkLocal: true, IsV6: true } ? "link" : "global";
        if (a.Address.IsV4) row["label"] = i.Name;
        row["valid_life_time"] = uint.MaxValue;
        row["preferred_life_time"] = uint.MaxValue;
        return row;
    }

    private static JsonObject OneRoute(NetworkNamespace space, Route r, bool v6)
    {
        var row = new JsonObject();
        if (r.Type != RouteType.Unicast) row["type"] = r.Type.ToString().ToLowerInvariant();
        row["dst"] = r.Destination.IsAll ? "default" : r.Destination.PrefixLength == r.Destination.Address.BitLength ? r.Destination.Address.ToString() : r.Destination.ToString();
        if (r.Gateway is { } gateway) row["gateway"] = gateway.ToString();
        if (r.Interface.Length > 0) row["dev"] = r.Interface;
        if (r.Protocol.Length > 0) row["protocol"] = r.Protocol;
        if (r.Scope.Length > 0) row["scope"] = r.Scope;
        if (r.PreferredSource is { } source) row["prefsrc"] = source.ToString();
        if (r.Metric > 0) row["metric"] = r.Metric;
        row["flags"] = space.Find(r.Interface) is { Carrier: false } ? new JsonArray("linkdown") : new JsonArray();
        if (v6) row["pref"] = "medium";
        return row;
    }
}
