using NetSim.Docker.Books;
using NetSim.Docker.Engine;
using NetSim.Model.Addressing;

namespace NetSim.Docker.CommandLine;

/// <summary>--network in its two forms, and the flags that apply to the first network. Source: docker/cli v28.5.2 cli/command/container/opts.go parseNetworkOpts, opts/network.go.</summary>
internal static class NetworkFlags
{
    /// <summary>Reads them into settings per network; the first is the network mode.</summary>
    /// <exception cref="UsageException">They do not go together.</exception>
    public static List<EndpointSettings> Read(ParsedLine line, EngineVersion version, List<string> links)
    {
        var networks = line.List("network").Select(One).ToList();
        if (networks.Count == 0) networks.Add(new EndpointSettings("default"));
        for (int i = 0; i < networks.Count; i++)
            if (networks.Take(i).Any(n => n.NetworkName == networks[i].NetworkName)) throw new UsageException($"network \"{networks[i].NetworkName}\" is specified multiple times");
        if (networks.Count > 1 && networks.Exists(n => !IsUserDefined(n.NetworkName)) && networks.Exists(n => IsUserDefined(n.NetworkName)))
            throw new UsageException("conflicting options: cannot attach both user-defined and non-user-defined network-modes");
        First(line, version, networks[0], links);
        return networks;
    }

    /// <summary>Is it a network that the user made?</summary>
    public static bool IsUserDefined(string mode) => mode is not ("default" or "bridge" or "host" or "none") && !mode.StartsWith("container:", StringComparison.Ordinal);

    private static void First(ParsedLine line, EngineVersion version, EndpointSettings first, List<string> links)
    {
        bool own = IsUserDefined(first.NetworkName);
        if (line.Has("network-alias") && !own && (version.AtLeast(25) || line.Has("network"))) throw new UsageException("network-scoped aliases are only supported for user-defined networks");
        if (links.Count > 0 && !own && first.NetworkName is not ("default" or "bridge") && !version.AtLeast(28)) throw new UsageException("links are only supported for user-defined networks");
        foreach (var (flag, set) in new (string, bool)[] { ("ip", first.Ipv4 is not null), ("ip6", first.Ipv6 is not null), ("network-alias", first.Aliases is not null) })
            if (line.Has(flag) && set) throw new UsageException($"conflicting options: cannot specify both --{flag} and per-network {(flag == "ip" ? "IPv4 address" : flag == "ip6" ? "IPv6 address" : "alias")}");
        first.Ipv4 ??= line.Text("ip");
        first.Ipv6 ??= line.Text("ip6");
        if (line.Has("network-alias") && own) first.Aliases = [.. line.List("network-alias")];
        if (links.Count > 0 && own) first.Links = [.. links.Select(l => l.Contains(':', StringComparison.Ordinal) ? l : $"{l}:{l}")];
        if (line.Has("link-local-ip")) first.LinkLocal = [.. line.List("link-local-ip")];
        if (line.Text("mac-address") is { Length: > 0 } text) first.Mac = Mac(text);
    }

    private static MacAddress Mac(string text) => MacAddress.TryParse(text, out var mac) ? mac : throw new UsageException($"{text} is not a valid mac address");

    private static EndpointSettings One(string text)
    {
        if (!text.Contains('=', StringComparison.Ordinal)) return new EndpointSettings(text);
        var fields = text.Split(',').Select(f => f.Split('=', 2)).Select(f => (Key: f[0].Trim().ToLowerInvariant(), Value: f.Length > 1 ? f[1] : "")).ToList();
        string name = fields.Find(f => f.Key == "name").Value ?? throw new UsageException("network name/id is not specified");
        var s = new EndpointSettings(name);
        foreach (var (key, value) in fields) Set(s, key, value);
        return s;
    }

    private static void Set(EndpointSettings s, string key, string value)
    {
        switch (key)
        {
            case "name": break;
            case "alias": (s.Aliases ??= []).Add(value); break;
            case "ip": s.Ipv4 = value; break;
            case "ip6": s.Ipv6 = value; break;
            case "mac-address": s.Mac = Mac(value); break;
            case "link-local-ip": s.LinkLocal.Add(value); break;
            case "gw-priority": s.GatewayPriority = int.TryParse(value, out int n) ? n : throw new UsageException($"invalid gw-priority: {value}"); break;
            case "driver-opt":
                var option = value.Split('=', 2);
                if (option.Length < 2) throw new UsageException($"invalid key value pair format in driver options");
                (s.DriverOptions ??= new(StringComparer.Ordinal))[option[0]] = option[1];
                break;
            default: throw new UsageException($"invalid field {key}");
        }
    }
}
