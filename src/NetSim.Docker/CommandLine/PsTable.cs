using System.Text.Json.Nodes;
using NetSim.Docker.Books;
using NetSim.Docker.Inspect;

namespace NetSim.Docker.CommandLine;

/// <summary>The rows of docker ps. Source: docker/cli v28.5.2 cli/command/formatter/container.go; recorded in 01-seed.</summary>
internal static class PsTable
{
    private static readonly string[] Filters =
        ["ancestor", "before", "exited", "health", "id", "isolation", "is-task", "label", "name", "network", "publish", "expose", "since", "status", "volume"];

    /// <summary>The containers that the flags ask for, newest first.</summary>
    public static List<Container> Select(Daemon d, ParsedLine line)
    {
        bool all = line.Is("all") || line.Is("latest") || line.Has("last") || line.List("filter").Any(f => f.StartsWith("status=", StringComparison.Ordinal));
        Check(d, line.List("filter"));
        var rows = d.Containers.All.Where(c => all || c.IsRunning).Where(c => Match(d, c, line.List("filter"))).Reverse().ToList();
        if (line.Is("latest")) return rows.Take(1).ToList();
        return int.TryParse(line.Text("last"), out int n) && n > 0 ? rows.Take(n).ToList() : rows;
    }

    /// <summary>The table.</summary>
    public static string Write(Daemon d, IEnumerable<Container> rows, bool truncate) =>
        Table.Write([["CONTAINER ID", "IMAGE", "COMMAND", "CREATED", "STATUS", "PORTS", "NAMES"], .. rows.Select(c => Cells(Row(d, c, truncate)))]);

    /// <summary>The header of a table with columns by a template.</summary>
    public static JsonObject Header => new()
    {
        ["ID"] = "CONTAINER ID",
        ["Image"] = "IMAGE",
        ["Command"] = "COMMAND",
        ["RunningFor"] = "CREATED",
        ["CreatedAt"] = "CREATED AT",
        ["Status"] = "STATUS",
        ["State"] = "STATE",
        ["Ports"] = "PORTS",
        ["Names"] = "NAMES",
        ["Networks"] = "NETWORKS",
        ["Labels"] = "LABELS",
        ["Mounts"] = "MOUNTS",
        ["LocalVolumes"] = "LOCAL VOLUMES",
        ["Size"] = "SIZE",
    };

    /// <summary>One row as a template sees it.</summary>
    public static JsonObject Row(Daemon d, Container c, bool truncate) => new()
    {
        ["Command"] = Command(c, truncate),
        ["CreatedAt"] = Timestamps.Listing(c.Created),
        ["ID"] = truncate ? c.ShortId : c.Id,
        ["Image"] = c.Image,
        ["Labels"] = string.Join(',', c.Options.Labels.Select(l => $"{l.Key}={l.Value}")),
        ["LocalVolumes"] = "0",
        ["Mounts"] = "",
        ["Names"] = c.Name,
        ["Networks"] = string.Join(',', c.Networks.Keys),
        ["Ports"] = PortText.Write(d, c),
        ["RunningFor"] = Timestamps.Span(d.Now - c.Created) + " ago",
        ["Size"] = "0B",
        ["State"] = c.Status,
        ["Status"] = Status(d, c),
    };

    private static IReadOnlyList<string> Cells(JsonObject row) => new[] { "ID", "Image", "Command", "RunningFor", "Status", "Ports", "Names" }.Select(k => row[k]!.GetValue<string>()).ToList();

    private static string Command(Container c, bool truncate)
    {
        // A later word with a blank is in quotes. Source: moby v28.5.2 daemon/container/view.go transform.
        string text = string.Join(' ', c.Entrypoint.Concat(c.Command).Select((w, i) => i > 0 && w.Contains(' ', StringComparison.Ordinal) ? $"'{w}'" : w));
        if (truncate && text.Length > 20) text = text[..19] + "…";
        return "\"" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";
    }

    private static string Status(Daemon d, Container c) => c.Status switch
    {
        "running" => "Up " + Timestamps.Span(d.Now - c.StartedAt!.Value),
        "paused" => $"Up {Timestamps.Span(d.Now - c.StartedAt!.Value)} (Paused)",
        "exited" => $"Exited ({c.ExitCode}) {Timestamps.Span(d.Now - c.FinishedAt!.Value)} ago",
        _ => "Created",
    };

    /// <summary>Refuses a filter that there is not.</summary>
    /// <exception cref="DaemonException">There is none of that name.</exception>
    private static void Check(Daemon d, IReadOnlyList<string> filters)
    {
        foreach (string key in filters.Select(f => f.Split('=', 2)[0].Trim().ToLowerInvariant()))
            if (!Filters.Contains(key)) throw new DaemonException($"{(d.Version.AtLeast(23) ? "invalid" : "Invalid")} filter '{key}'");
    }

    /// <summary>Is a port among the published (by its host port) or the exposed ones? "80", "80/udp", "80-90". Source: moby v28.5.2 daemon/list.go.</summary>
    private static bool HasPort(IEnumerable<string> ports, string value)
    {
        var parts = value.Split('/');
        var ends = parts[0].Split('-');
        string protocol = parts.Length > 1 ? parts[1] : "tcp";
        if (!ushort.TryParse(ends[0], out ushort from) || !ushort.TryParse(ends[^1], out ushort to)) return false;
        return ports.Select(p => p.Split('/')).Any(p => p[1] == protocol && ushort.TryParse(p[0], out ushort n) && n >= from && n <= to);
    }

    private static bool Match(Daemon d, Container c, IReadOnlyList<string> filters) => filters.Select(f => f.Split('=', 2)).GroupBy(f => f[0], StringComparer.Ordinal)
        .All(g => g.Any(f => One(d, c, f[0], f.Length > 1 ? f[1] : "")));

    private static bool One(Daemon d, Container c, string key, string value) => key switch
    {
        "name" => c.Name.Contains(value.TrimStart('/', '^').TrimEnd('$'), StringComparison.Ordinal),
        "id" => c.Id.StartsWith(value, StringComparison.Ordinal),
        "status" => c.Status == value,
        "network" => c.Networks.ContainsKey(d.Networks.Find(value)?.Name ?? value),
        "ancestor" => c.Image == value,
        "publish" => HasPort((c.ShownPorts ?? []).Select(p => $"{p.HostPort}/{p.Protocol}"), value),
        "expose" => HasPort(c.Exposed, value),
        "exited" => c.Status == "exited" && $"{c.ExitCode}" == value,
        "label" => value.Split('=', 2) is var l && c.Options.Labels.TryGetValue(l[0], out string? text) && (l.Length == 1 || text == l[1]),
        _ => true,
    };
}
