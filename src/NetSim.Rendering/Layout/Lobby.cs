using NetSim.Model.Routing;
using NetSim.Model.Topology;

namespace NetSim.Rendering.Layout;

/// <summary>What the host's lobby tells of a topology: routes, doors, tables.</summary>
internal static class Lobby
{
    /// <summary>IPv4 routes and IPv6 ones that lead somewhere, as (where to, by which way, is it idle).</summary>
    public static IReadOnlyList<(string Destination, string Way, bool Dim)> Routes(NetworkNamespace host) =>
        [.. host.Routes.Routes.Where(r => r.Destination.Address.IsV4 || !IsQuiet(r)).Select(r => (Where(r), r.Gateway?.ToString() ?? (r.Interface.Length > 0 ? r.Interface : r.Type.ToString().ToLowerInvariant()),
            host.Find(r.Interface) is { Kind: InterfaceKind.Bridge, Carrier: false }))];

    /// <summary>Published ports, both families together: ":32768", "webapp:4567".</summary>
    public static IReadOnlyList<(string Port, string Target)> Doors(Topology topology)
    {
        var doors = new List<(string Port, string Target)>();
        foreach (var c in topology.Containers.Where(c => c.State is "running" or "paused"))
        {
            foreach (var p in c.Published)
            {
                string bound = p.HostAddress.IsAny ? "" : p.HostAddress.IsV6 ? $"[{p.HostAddress}]" : p.HostAddress.ToString();
                string protocol = p.Protocol == "tcp" ? "" : "/" + p.Protocol;
                var door = ($"{bound}:{p.HostPort}{protocol}", $"{c.Name}:{p.ContainerPort}");
                if (!doors.Contains(door)) doors.Add(door);
            }
        }
        return doors;
    }

    /// <summary>The tables in use with the number of their rules, IPv4, and conntrack.</summary>
    public static IReadOnlyList<(string Table, string Note)> Tables(NetworkNamespace host)
    {
        var rows = host.Rules.Tables.Concat(host.Rules.NftTables).Select(t => (t.Name, Count: t.Chains.Sum(c => c.Rules.Count))).Where(t => t.Count > 0)
            .Select(t => (t.Name, Plural(t.Count, "rule"))).ToList();
        if (rows.Count > 0) rows.Add(("conntrack", Plural(host.Conntrack.Count, "flow")));
        return rows;
    }

    /// <summary>"1 rule", "3 rules".</summary>
    public static string Plural(int count, string noun) =>
        count.ToString("N0", System.Globalization.CultureInfo.InvariantCulture) + " " + noun + (count == 1 ? "" : "s");

    private static string Where(Route r) => r.Destination.IsAll ? "default" : r.Destination.ToString();

    private static bool IsQuiet(Route r) => r.Destination.Address.IsLinkLocal || r.Destination.Address.IsMulticast || r.Destination.PrefixLength == 128;
}
