using System.Text.Json.Nodes;

namespace NetSim.Scenarios.Tests.Agreement;

/// <summary>Networks with their pools, and which address each container has on each.</summary>
internal static class IpamFacts
{
    private const string Category = "ipam";

    public static void Add(Recording recording, Names names, Facts facts)
    {
        foreach (var n in recording.Networks) Network(n, names, facts);
        foreach (var c in recording.Containers) Container(c, names, facts);
    }

    private static void Network(JsonObject network, Names names, Facts facts)
    {
        string who = "network " + network.Str("Name");
        var pools = network.Obj("IPAM").Rows("Config").ToList();
        facts.Add(Category, who, "driver", network.Str("Driver"));
        facts.Add(Category, who, "subnets", pools.Select(p => names.Text(p.Str("Subnet"))));
        facts.Add(Category, who, "gateway as shown", pools.Select(p => names.Text(p.Str("Gateway"))));
        foreach (string key in new[] { "Internal", "EnableIPv6", "EnableIPv4" }.Where(k => network.Has(k))) facts.Add(Category, who, key, network.Str(key));
        foreach (string kind in new[] { "Options", "Labels" })
            foreach (var (key, value) in network.Pairs(kind)) facts.Add(Category, who, $"{kind} {key}", Json.Str(value));
    }

    private static void Container(JsonObject container, Names names, Facts facts)
    {
        string who = "container " + container.Str("Name").TrimStart('/');
        var endpoints = container.Obj("NetworkSettings").Pairs("Networks").ToList();
        facts.Add(Category, who, "networks", endpoints.Select(e => e.Key));
        foreach (var (network, e) in endpoints)
        {
            string address = e.Str("IPAddress");
            facts.Add(Category, who, $"on {network}: address", address.Length == 0 ? "" : $"{address}/{e.Str("IPPrefixLen")}");
            facts.Add(Category, who, $"on {network}: gateway", e.Str("Gateway"));
            if (e.Str("GlobalIPv6Address").Length > 0) facts.Add(Category, who, $"on {network}: IPv6", names.Text($"{e.Str("GlobalIPv6Address")}/{e.Str("GlobalIPv6PrefixLen")} via {e.Str("IPv6Gateway")}"));
            facts.Add(Category, who, $"on {network}: mac", names.MacValue(e.Str("MacAddress")));
            foreach (string key in new[] { "Aliases", "DNSNames" })
                if (e.Strings(key).Any()) facts.Add(Category, who, $"on {network}: {key}", e.Strings(key).Select(names.Text).Order(StringComparer.Ordinal));
        }
    }
}
