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
        if (d.Version.AtLeast(29) && Status(n) is { } status) o["Status"] = status;
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
        JsonNode? rows = n.Ipam.Count > 0 || !d.Version.AtLeast(25) ? new JsonArray(n.Ipam.Select(r => Row(d, n, r)).ToArray()) : predefined && n.Driver is "host" or "null" ? null : new JsonArray();
        return new JsonObject { ["Driver"] = n.IpamDriver, ["Options"] = predefined ? null : new JsonObject(), ["Config"] = rows };
    }

    /// <summary>From 29 a gateway that the engine chose is shown too. Source: moby docker-v29.0.0 daemon/network.go buildIPAMResources.</summary>
    private static string? Given(Daemon d, Network n, IpamEntry entry) => !d.Version.AtLeast(29) ? null
        : n.PoolsOf(entry.Subnet.Contains(':')).FirstOrDefault(p => p.Pool.Subnet.ToString() == entry.Subnet)?.Gateway?.ToString();

    /// <summary>How much of each pool is used (29, API 1.52). Source: moby docker-v29.7.2 daemon/libnetwork/ipams/defaultipam/allocator.go allocationStatus.</summary>
    private static JsonObject? Status(Network n)
    {
        var pools = n.PoolsOf(v6: false).Concat(n.PoolsOf(v6: true)).Select(p => p.Pool).ToList();
        if (pools.Count == 0) return null;
        var subnets = new JsonObject();
        foreach (var pool in pools) subnets[pool.Subnet.ToString()] = new JsonObject { ["IPsInUse"] = (ulong)pool.Taken, ["DynamicIPsAvailable"] = pool.Free };
        return new JsonObject { ["IPAM"] = new JsonObject { ["Subnets"] = subnets } };
    }

    private static JsonNode Row(Daemon d, Network n, IpamEntry entry)
    {
        var o = new JsonObject { ["Subnet"] = entry.Subnet };
        if (entry.Range is { } range) o["IPRange"] = range;
        if ((entry.Gateway ?? Given(d, n, entry)) is { } gateway) o["Gateway"] = gateway;
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
