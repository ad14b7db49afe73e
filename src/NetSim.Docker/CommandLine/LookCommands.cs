using System.Text.Json.Nodes;
using NetSim.Docker.Books;
using NetSim.Docker.Inspect;

namespace NetSim.Docker.CommandLine;

/// <summary>docker inspect, port, ps. Recorded in 25-publish, 44-daemon-restart.</summary>
internal static class LookCommands
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<Command> All { get; } =
    [
        new("inspect", "[OPTIONS] NAME|ID [NAME|ID...]", 1, int.MaxValue, new FlagSet().Texts("format f", "type").Switches("size s"), Inspect),
        new("port", "CONTAINER [PRIVATE_PORT[/PROTO]]", 1, 2, new FlagSet(), Port),
        new("ps", "[OPTIONS]", 0, 0, new FlagSet().Switches("all a", "quiet q", "no-trunc", "latest l", "size s").Texts("format", "last n").Lists("filter f"), Ps),
    ];

    private static void Inspect(Daemon d, ParsedLine line, Reply reply)
    {
        var found = new List<(JsonObject Data, JsonObject Whole)>();
        var missing = new List<string>();
        foreach (string name in line.Arguments)
        {
            string? type = line.Text("type");
            if (type is null or "container" && d.Containers.Find(name) is { } c) found.Add((ContainerJson.Write(d, c), ContainerJson.ForTemplate(d, c)));
            else if (type is null or "network" && d.Networks.Find(name) is { } n) found.Add((NetworkJson.Write(d, n), NetworkJson.ForTemplate(d, n)));
            else missing.Add(name);
        }
        bool template = line.Text("format") is { Length: > 0 };
        if (template) found.ForEach(o => Templates.Inspect(reply, line.Text("format")!, o.Data, o.Whole));
        else reply.Line(Json.Indented(new JsonArray(found.Select(o => (JsonNode)o.Data).ToArray())));
        if (missing.Count == 0) return;
        if (template && found.Count == 0) reply.Line("");
        foreach (string name in missing) reply.ErrorLine(line.Text("type") is { } t ? Refusals.NotFound(d, t, name, new DaemonException(t == "network" ? $"network {name} not found" : $"No such {t}: {name}")) : $"Error: No such object: {name}");
        reply.ExitCode = 1;
    }

    private static void Port(Daemon d, ParsedLine line, Reply reply)
    {
        if (Refusals.Missing(d, line.Arguments[0], reply) is not { } c) return;
        var ports = c.ShownPorts ?? [];
        string End(PortBinding p) => d.Version.AtLeast(23) && p.HostAddress.IsV6 ? $"[{p.HostAddress}]:{p.HostPortText}" : $"{p.HostAddress}:{p.HostPortText}";
        if (line.Arguments.Count == 1)
        {
            foreach (var p in ports.OrderBy(p => p.ContainerPort).ThenBy(p => p.Protocol, StringComparer.Ordinal).ThenBy(p => p.HostAddress)) reply.Line($"{p.Key} -> {End(p)}");
            return;
        }
        string asked = line.Arguments[1], key = asked.Contains('/', StringComparison.Ordinal) ? asked : asked + "/tcp";
        var some = ports.Where(p => p.Key == key).ToList();
        foreach (var p in some) reply.Line(End(p));
        if (some.Count > 0) return;
        // From 23 the message has the port as it was asked for. Recorded in 25-publish.
        reply.ErrorLine($"Error: No public port '{(d.Version.AtLeast(23) ? asked : key)}' published for {line.Arguments[0]}");
        reply.ExitCode = 1;
    }

    private static void Ps(Daemon d, ParsedLine line, Reply reply)
    {
        var rows = PsTable.Select(d, line);
        if (line.Is("quiet")) rows.ForEach(c => reply.Line(line.Is("no-trunc") ? c.Id : c.ShortId));
        else if (line.Text("format") is { Length: > 0 } format && format != "table")
            Templates.Rows(reply, format, rows.Select(c => PsTable.Row(d, c, !line.Is("no-trunc"))), PsTable.Header, "ContainerContext");
        else reply.Text(PsTable.Write(d, rows, !line.Is("no-trunc")));
    }
}
