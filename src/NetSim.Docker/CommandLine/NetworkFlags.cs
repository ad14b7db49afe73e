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
        var networks = line.List("network").Select(text => One(text, version)).ToList();
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
        foreach (var (flag, name, set) in Twice(first))
            if (line.Has(flag) && set) throw new UsageException($"conflicting options: cannot specify both --{flag} and per-network {name}");
        first.Ipv4 ??= line.Text("ip");
        first.Ipv6 ??= line.Text("ip6");
        if (line.Has("network-alias") && own) first.Aliases = [.. line.List("network-alias")];
        if (links.Count > 0 && own) first.Links = [.. links.Select(l => l.Contains(':', StringComparison.Ordinal) ? l : $"{l}:{l}")];
        if (line.Has("link-local-ip")) first.LinkLocal = [.. line.List("link-local-ip")];
        if (line.Text("mac-address") is { Length: > 0 } text) first.Mac = Mac(text);
    }

    private static (string Flag, string Name, bool Set)[] Twice(EndpointSettings s) =>
    [
        ("network-alias", "alias", s.Aliases is { Count: > 0 }), ("ip", "IPv4 address", s.Ipv4 is not null), ("ip6", "IPv6 address", s.Ipv6 is not null),
        ("mac-address", "MAC address", s.Mac is not null), ("link-local-ip", "link-local IP addresses", s.LinkLocal.Count > 0),
    ];

    private static MacAddress Mac(string text) => MacAddress.TryParse(text, out var mac) ? mac : throw new UsageException($"{text} is not a valid mac address");

    /// <summary>One --network: a name, or fields as a line of CSV, all in lower case.</summary>
    private static EndpointSettings One(string text, EngineVersion version)
    {
        if (!IsLong(text)) return new EndpointSettings(text);
        var fields = CsvFields(text).Select(f => f.Split('=', 2) is [{ Length: > 0 } key, var value] ? (Key: Word(key), Value: Word(value)) : throw Refuse(text, $"invalid field {f}")).ToList();
        string name = fields.LastOrDefault(f => f.Key == "name").Value ?? "";
        var s = new EndpointSettings(name);
        foreach (var (key, value) in fields.Where(f => f.Key != "name"))
        {
            if (key == "gw-priority" && !version.AtLeast(28) || key is "mac-address" or "link-local-ip" && !version.AtLeast(25)) throw Refuse(text, $"invalid field key {key}");
            Set(s, text, key, value);
        }
        return name.Length > 0 ? s : throw Refuse(text, "network name/id is not specified");

        static string Word(string word) => word.Trim().ToLowerInvariant();
    }

    /// <summary>Is there a letter, digit or "_" on both sides of a "="?</summary>
    private static bool IsLong(string text)
    {
        for (int i = 1; i + 1 < text.Length; i++)
            if (text[i] == '=' && IsWord(text[i - 1]) && IsWord(text[i + 1])) return true;
        return false;
    }

    private static bool IsWord(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';

    /// <summary>The fields of a line of CSV; one that begins with a quotation mark may hold commas.</summary>
    private static IEnumerable<string> CsvFields(string text)
    {
        for (int at = 0; at <= text.Length;)
        {
            bool quoted = at < text.Length && text[at] == '"';
            int end = text.IndexOf(quoted ? '"' : ',', quoted ? at + 1 : at);
            if (quoted && end < 0) throw Refuse(text, $"parse error on line 1, column {text.Length + 1}: extraneous or missing \" in quoted-field");
            if (end < 0) end = text.Length;
            yield return quoted ? text[(at + 1)..end] : text[at..end];
            at = end + (quoted ? 2 : 1);
        }
    }

    private static UsageException Refuse(string value, string fault) => new($"invalid argument \"{value}\" for \"--network\" flag: {fault}") { ExitCode = 125, WithHint = true };

    private static void Set(EndpointSettings s, string text, string key, string value)
    {
        switch (key)
        {
            case "alias": (s.Aliases ??= []).Add(value); break;
            case "ip": s.Ipv4 = value; break;
            case "ip6": s.Ipv6 = value; break;
            case "mac-address": s.Mac = Mac(value); break;
            case "link-local-ip": s.LinkLocal.Add(value); break;
            case "gw-priority": s.GatewayPriority = int.TryParse(value, out int n) ? n : throw Refuse(text, $"invalid gw-priority ({value}): {(value.TrimStart('+', '-') is { Length: > 0 } digits && digits.All(char.IsAsciiDigit) ? "value out of range" : "invalid syntax")}"); break;
            case "driver-opt":
                var option = value.Split('=', 2);
                if (option.Length < 2 || option[0].Length == 0) throw Refuse(text, "invalid key value pair format in driver options");
                (s.DriverOptions ??= new(StringComparer.Ordinal))[option[0].Trim()] = option[1].Trim();
                break;
            default: throw Refuse(text, $"invalid field key {key}");
        }
    }
}
