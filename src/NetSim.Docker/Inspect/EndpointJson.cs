using System.Text.Json.Nodes;
using NetSim.Docker.Books;
using NetSim.Docker.Networks;

namespace NetSim.Docker.Inspect;

/// <summary>NetworkSettings.Networks.NAME of `docker inspect`. Source: moby v28.5.2 api/types/network/endpoint.go; recorded in container-inspect.json of every case.</summary>
internal static class EndpointJson
{
    /// <summary>Writes it.</summary>
    public static JsonObject Write(Daemon d, Container c, EndpointSettings s)
    {
        var e = c.SharedWith is null ? c.Sandbox?.Endpoints.Find(x => ReferenceEquals(x.Settings, s)) : null;
        bool new25 = d.Version.AtLeast(25), new28 = d.Version.AtLeast(28);
        string mac = e is null || e.Network.Driver is "host" or "null" or "ipvlan" ? "" : e.Mac.ToString();
        var o = new JsonObject
        {
            ["IPAMConfig"] = Asked(s),
            ["Links"] = Json.Texts(s.Links),
            ["Aliases"] = Aliases(d, c, s),
        };
        if (new25) o["MacAddress"] = mac;
        if (new28) o["DriverOpts"] = DriverOptions(s);
        if (new28) o["GwPriority"] = s.GatewayPriority;
        o["NetworkID"] = s.NetworkId;
        o["EndpointID"] = e?.Id ?? "";
        o["Gateway"] = e is null ? "" : GatewayChoice.GatewayOf(d, e, v6: false)?.ToString() ?? "";
        o["IPAddress"] = e?.V4?.ToString() ?? "";
        o["IPPrefixLen"] = e?.V4 is { } v4 ? e.Network.PoolOf(v4).Pool.Subnet.PrefixLength : 0;
        o["IPv6Gateway"] = e is null ? "" : GatewayChoice.GatewayOf(d, e, v6: true)?.ToString() ?? "";
        o["GlobalIPv6Address"] = e?.V6?.ToString() ?? "";
        o["GlobalIPv6PrefixLen"] = e?.V6 is { } v6 ? e.Network.PoolOf(v6).Pool.Subnet.PrefixLength : 0;
        if (!new25) o["MacAddress"] = mac;
        if (!new28) o["DriverOpts"] = DriverOptions(s);
        if (new25) o["DNSNames"] = Json.Texts(s.DnsNames);
        return o;
    }

    private static JsonObject? Asked(EndpointSettings s)
    {
        var o = new JsonObject();
        if (s.Ipv4 is { Length: > 0 } v4) o["IPv4Address"] = v4;
        if (s.Ipv6 is { Length: > 0 } v6) o["IPv6Address"] = v6;
        if (s.LinkLocal.Count > 0) o["LinkLocalIPs"] = Json.Texts(s.LinkLocal);
        return o.Count > 0 || s.ByConnect || s.IpamSent ? o : null;
    }

    /// <summary>Up to 24 the short id and the host name are aliases once the network was found. Recorded in 11-errors, 17-dns-options.</summary>
    private static JsonArray? Aliases(Daemon d, Container c, EndpointSettings s)
    {
        var aliases = s.Aliases ?? (s.ByConnect ? [] : null);
        if (d.Version.AtLeast(25) || s.DnsNames is null) return Json.Texts(aliases);
        return Json.Texts(((IEnumerable<string>)[.. aliases ?? [], c.ShortId, c.Hostname]).Distinct(StringComparer.Ordinal));
    }

    private static JsonObject? DriverOptions(EndpointSettings s) => s.DriverOptions is { } options ? Json.Map(options) : s.ByConnect ? new JsonObject() : null;
}
