using System.Text.Json.Nodes;
using NetSim.Docker.Books;

namespace NetSim.Docker.Inspect;

/// <summary>A network as `docker network inspect` shows it. Source: moby v28.5.2 api/types/network; recorded in network-inspect.json of every case.</summary>
internal static class NetworkJson
{
    /// <summary>Writes it.</summary>
    public static JsonObject Write(Daemon d, Network n)
    {
        var o = new JsonObject { ["Name"] = n.Name, ["Id"] = n.Id, ["Created"] = Timestamps.Of(n.Created), ["Scope"] = "local", ["Driver"] = n.Driver };
        if (d.Version.AtLeast(28)) o["EnableIPv4"] = n.EnableIpv4;
        o["EnableIPv6"] = n.EnableIpv6;
        o["IPAM"] = Ipam(d, n);
        o["Internal"] = n.Internal;
        o["Attachable"] = n.Attachable;
        o["Ingress"] = false;
        o["ConfigFrom"] = new JsonObject { ["Network"] = n.ConfigFrom };
        o["ConfigOnly"] = n.ConfigOnly;
        o["Containers"] = new JsonObject(n.Endpoints.OrderBy(e => e.Container.Id, StringComparer.Ordinal).Select(e => KeyValuePair.Create(e.Container.Id, (JsonNode?)Endpoint(e))));
        o["Options"] = Json.Map(n.Options);
        o["Labels"] = Json.Map(n.Labels);
        return o;
    }

    /// <summary>The same with the fields that JSON leaves out where they are empty, as a template sees them.</summary>
    public static JsonObject ForTemplate(Daemon d, Network n)
    {
        var o = Write(d, n);
        foreach (var row in o["IPAM"]!["Config"] as JsonArray ?? [])
            foreach (string field in new[] { "IPRange", "Gateway" }) row!.AsObject().TryAdd(field, "");
        return o;
    }

    private static JsonObject Ipam(Daemon d, Network n)
    {
        bool predefined = !n.IsUserDefined;
        JsonNode? rows = n.Ipam.Count > 0 || !d.Version.AtLeast(25) ? new JsonArray(n.Ipam.Select(Row).ToArray()) : predefined && n.Driver is "host" or "null" ? null : new JsonArray();
        return new JsonObject { ["Driver"] = n.IpamDriver, ["Options"] = predefined ? null : new JsonObject(), ["Config"] = rows };
    }

    private static JsonNode Row(IpamEntry entry)
    {
        var o = new JsonObject { ["Subnet"] = entry.Subnet };
        if (entry.Range is { } range) o["IPRange"] = range;
        if (entry.Gateway is { } gateway) o["Gateway"] = gateway;
        if (entry.Auxiliary.Count > 0) o["AuxiliaryAddresses"] = Json.Map(entry.Auxiliary.OrderBy(a => a.Key, StringComparer.Ordinal));
        return o;
    }

    private static JsonObject Endpoint(Endpoint e)
    {
        bool plain = e.Network.Driver is "host" or "null" or "ipvlan";
        return new JsonObject
        {
            ["Name"] = e.Container.Name,
            ["EndpointID"] = e.Id,
            ["MacAddress"] = plain ? "" : e.Mac.ToString(),
            ["IPv4Address"] = e.V4 is { } v4 ? $"{v4}/{e.Network.PoolOf(v4).Pool.Subnet.PrefixLength}" : "",
            ["IPv6Address"] = e.V6 is { } v6 ? $"{v6}/{e.Network.PoolOf(v6).Pool.Subnet.PrefixLength}" : "",
        };
    }
}
