using NetSim.Model.Addressing;
using NetSim.Model.Routing;
using NetSim.Model.Topology;

namespace NetSim.Simulation.Programs.Tools;

/// <summary>ip route get: which way a packet would go.</summary>
internal static class IpRouteGet
{
    /// <summary>Answers for an address, as a packet from the address after "from" would go.</summary>
    public static int Run(ProcessContext process, IReadOnlyList<string> words)
    {
        string word = words[0] == "to" && words.Count > 1 ? words[1] : words[0];
        if (!IpAddress.TryParse(word.Split('/')[0], out var target)) return process.Fail(1, $"Error: any valid prefix is expected rather than \"{word}\".");
        var space = process.Inspect();
        if (space.Interfaces.Exists(i => i.Addresses.Exists(a => a.Address == target)) || target.IsLoopback && target.IsV4)
        {
            process.Output.Write(target.IsV6 ? $"local {target} from :: dev lo table local proto kernel src {target} metric 0 pref medium\n" : $"local {target} dev lo src {target} uid 0 \n    cache <local> \n");
            return 0;
        }
        IpAddress? from = words.ToList().IndexOf("from") is var at && at >= 0 && at + 1 < words.Count && IpAddress.TryParse(words[at + 1], out var s) ? s : null;
        var rule = target.IsV4 ? space.RoutingRules.Find(r => r.Holds(from, target, "lo") && space.Table(r.Table).Lookup(target) is not null) : null;
        var route = space.Table(rule?.Table ?? "").Lookup(target);
        if (route is null || route.Type is RouteType.Blackhole or RouteType.Unreachable or RouteType.Prohibit) return process.Fail(2, $"RTNETLINK answers: {Refusal(route?.Type)}");
        string line = Line(space, route, target);
        if (from is not null && target.IsV4)
            line = $"{target} from {from}{(route.Gateway is { } g ? $" via {g}" : "")} dev {route.Interface}{(rule is null || route.Table.Length == 0 ? "" : $" table {route.Table}")} uid 0 \n    cache \n";
        process.Output.Write(line);
        return 0;
    }

    private static string Refusal(RouteType? type) => type switch
    {
        RouteType.Blackhole => "Invalid argument",
        RouteType.Unreachable => "No route to host",
        RouteType.Prohibit => "Permission denied",
        _ => "Network is unreachable",
    };

    private static string Line(NetworkNamespace space, Route route, IpAddress target)
    {
        var source = route.PreferredSource ?? space.Find(route.Interface)?.Addresses.Where(a => a.Address.IsV6 == target.IsV6 && !a.Address.IsLinkLocal).Select(a => (IpAddress?)a.Address).FirstOrDefault();
        string via = route.Gateway is { } g ? $" via {g}" : "";
        if (target.IsV6) return $"{target} from ::{via} dev {route.Interface}{(route.Gateway is null ? " proto kernel" : "")} src {source} metric {(route.Metric > 0 ? route.Metric : 1024)} pref medium\n";
        return $"{target}{via} dev {route.Interface} src {source} uid 0 \n    cache \n";
    }
}
