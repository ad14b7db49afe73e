using System.Globalization;
using NetSim.Model.Addressing;
using NetSim.Scenarios.Reading;
using YamlDotNet.RepresentationModel;

namespace NetSim.Scenarios.Worlds;

/// <summary>Reads `dns:` of a site: a list of servers, or names alone, which go to the first server.</summary>
internal static class DnsReader
{
    /// <summary>The servers of a site with those of <paramref name="m"/> worked in.</summary>
    public static IReadOnlyList<DnsServerSpec> Extend(SiteSpec site, YamlMap m)
    {
        if (m.Find("dns") is YamlMappingNode names)
        {
            var added = Names(m.AsMap(names, "dns"));
            var first = site.Dns.Count > 0 ? site.Dns[0] : new([.. site.Addresses.Take(1).Select(a => a.Address)], 300, []);
            var kept = first.Records.Where(r => !added.Exists(a => a.Name == r.Name));
            return [first with { Records = [.. kept, .. added] }, .. site.Dns.Skip(1)];
        }
        return [.. site.Dns, .. m.Items("dns").Select(n => Server(m.AsMap(n, "dns")))];
    }

    private static DnsServerSpec Server(YamlMap m)
    {
        m.Only("a DNS server", "at", "ttl", "names");
        var at = m.Items("at").Select(n => Address(m, n)).ToList();
        if (at.Count == 0) throw m.Wrong(m.Line, "a DNS server should say where it listens: at: [203.0.113.1]");
        bool right = int.TryParse(m.Text("ttl") ?? "300", NumberStyles.None, CultureInfo.InvariantCulture, out int ttl);
        if (!right) throw m.Wrong(m.LineOf("ttl"), "ttl: should be a number of seconds");
        return new(at, ttl, m.Map("names") is { } names ? Names(names) : []);
    }

    private static List<DnsName> Names(YamlMap m) => m.Entries.Select(e => Name(m, e.Key, e.Value)).ToList();

    private static DnsName Name(YamlMap m, string name, YamlNode node)
    {
        if (node is not YamlMappingNode) return new(name, Addresses(m, name), null, [], []);
        var d = m.AsMap(node, name).Only($"the name \"{name}\"", "addresses", "alias", "txt", "mx");
        return new(name, Addresses(d, "addresses"), d.Text("alias"), d.Texts("txt"), d.Items("mx").Select(n => Mail(d, n)).ToList());
    }

    private static List<IpAddress> Addresses(YamlMap m, string key) => m.Items(key).Select(n => Address(m, n)).ToList();

    private static IpAddress Address(YamlMap m, YamlNode n)
    {
        string text = m.Scalar(n, "address");
        return IpAddress.TryParse(text, out var a) ? a : throw m.Wrong(n, $"\"{text}\" is no IP address; write it like 203.0.113.10 (an IPv6 address in quotes)");
    }

    private static (int Preference, string Server) Mail(YamlMap m, YamlNode n)
    {
        var words = m.Scalar(n, "mx").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 2 && int.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out int preference)) return (preference, words[1]);
        throw m.Wrong(n, "mx: should be a preference and a server, such as `10 mail.example.test`");
    }
}
