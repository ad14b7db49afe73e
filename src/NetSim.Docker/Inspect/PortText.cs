using NetSim.Docker.Books;

namespace NetSim.Docker.Inspect;

/// <summary>The PORTS column of `docker ps`. Source: docker/cli v28.5.2 cli/command/formatter/container.go DisplayablePorts; recorded in 25-publish.</summary>
internal static class PortText
{
    private sealed record Row(ushort Private, string Ip, ushort Public, string Type);

    /// <summary>Writes it.</summary>
    public static string Write(Daemon d, Container c)
    {
        var rows = Rows(c);
        var groups = new Dictionary<string, (ushort First, ushort Last)>(StringComparer.Ordinal);
        var order = new List<string>();
        var result = new List<string>();
        var mappings = new List<string>();
        foreach (var row in rows)
        {
            string key = row.Type;
            if (row.Ip.Length > 0)
            {
                if (row.Public != row.Private)
                {
                    mappings.Add($"{End(d, row.Ip)}:{row.Public}->{row.Private}/{row.Type}");
                    continue;
                }
                key = row.Ip + "/" + row.Type;
            }
            if (!groups.TryGetValue(key, out var group)) order.Add(key);
            else if (row.Private != group.Last + 1) result.Add(Group(d, key, group));
            groups[key] = group.Last > 0 && row.Private == group.Last + 1 ? (group.First, row.Private) : (row.Private, row.Private);
        }
        result.AddRange(order.Select(key => Group(d, key, groups[key])));
        return string.Join(", ", result.Concat(mappings));
    }

    /// <summary>From 28 an IPv6 address is in brackets. Recorded in 01-seed.</summary>
    private static string End(Daemon d, string ip) => d.Version.AtLeast(28) && ip.Contains(':', StringComparison.Ordinal) ? $"[{ip}]" : ip;

    private static string Group(Daemon d, string key, (ushort First, ushort Last) group)
    {
        int slash = key.LastIndexOf('/');
        string ip = slash < 0 ? "" : key[..slash], type = key[(slash + 1)..];
        string text = group.First == group.Last ? $"{group.First}" : $"{group.First}-{group.Last}";
        return ip.Length == 0 ? $"{text}/{type}" : $"{End(d, ip)}:{text}->{text}/{type}";
    }

    private static List<Row> Rows(Container c)
    {
        if (c.ShownPorts is not { } published) return [];
        var rows = published.Select(p => new Row(p.ContainerPort, p.HostAddress.ToString(), p.HostPort, p.Protocol)).ToList();
        foreach (string port in c.Exposed.Where(x => !published.Any(p => p.Key == x)))
        {
            var parts = port.Split('/');
            rows.Add(new(ushort.Parse(parts[0], System.Globalization.CultureInfo.InvariantCulture), "", 0, parts[1]));
        }
        return rows.OrderBy(r => r.Private).ThenBy(r => r.Ip, StringComparer.Ordinal).ThenBy(r => r.Public).ThenBy(r => r.Type, StringComparer.Ordinal).ToList();
    }
}
