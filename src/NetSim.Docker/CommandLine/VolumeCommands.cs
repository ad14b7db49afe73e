using System.Text.Json.Nodes;
using NetSim.Docker.Books;
using NetSim.Docker.Inspect;

namespace NetSim.Docker.CommandLine;

/// <summary>docker volume: names only, volumes hold nothing. Source: docker/cli v28.5.2 cli/command/volume; moby v28.5.2 volume/service/errors.go ("no such volume").</summary>
internal static class VolumeCommands
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<Command> All { get; } =
    [
        new("volume create", "[OPTIONS] [VOLUME]", 0, 1, new FlagSet().Texts("driver d", "name").Lists("label", "opt o"), Create),
        new("volume ls", "[OPTIONS]", 0, 0, new FlagSet().Switches("quiet q").Texts("format").Unmodelled("filter f"), Ls),
        new("volume rm", "[OPTIONS] VOLUME [VOLUME...]", 1, int.MaxValue, new FlagSet().Switches("force f"), (d, l, r) => r.ForEach(l.Arguments, n => Rm(d, n, l.Is("force")), (_, e) => "Error response from daemon: " + e.Message)),
        new("volume inspect", "[OPTIONS] VOLUME [VOLUME...]", 1, int.MaxValue, new FlagSet().Texts("format f"), Inspect),
        new("volume prune", "[OPTIONS]", 0, 0, new FlagSet().Switches("force f", "all a").Lists("filter"), Prune),
    ];

    private static void Create(Daemon d, ParsedLine line, Reply reply)
    {
        string name = line.Arguments.Count > 0 ? line.Arguments[0] : line.Text("name") ?? d.Ids.NewId();
        d.Volumes.Add(name);
        reply.Line(name);
    }

    private static void Ls(Daemon d, ParsedLine line, Reply reply)
    {
        if (line.Is("quiet")) foreach (string v in d.Volumes) reply.Line(v);
        else if (line.Text("format") is { Length: > 0 } format && format != "table")
            Templates.Rows(reply, format, d.Volumes.Select(Facts), new JsonObject { ["Driver"] = "DRIVER", ["Name"] = "VOLUME NAME", ["Scope"] = "SCOPE", ["Mountpoint"] = "MOUNTPOINT", ["Labels"] = "LABELS" }, "volumeContext");
        else reply.Text(Table.Write([["DRIVER", "VOLUME NAME"], .. d.Volumes.Select(v => (IReadOnlyList<string>)["local", v])]));
    }

    private static void Rm(Daemon d, string name, bool force)
    {
        if (!d.Volumes.Remove(name) && !force) throw new DaemonException($"get {name}: no such volume");
    }

    private static void Inspect(Daemon d, ParsedLine line, Reply reply)
    {
        var found = line.Arguments.Where(d.Volumes.Contains).Select(Facts).ToList();
        if (line.Text("format") is { Length: > 0 } format) found.ForEach(v => Templates.Inspect(reply, format, v));
        else reply.Line(Json.Indented(new JsonArray([.. found])));
        foreach (string name in line.Arguments.Where(n => !d.Volumes.Contains(n)))
        {
            reply.ErrorLine(d.Version.AtLeast(25) ? $"Error response from daemon: get {name}: no such volume" : $"Error: No such volume: {name}");
            reply.ExitCode = 1;
        }
    }

    private static JsonObject Facts(string name) => new()
    {
        ["Driver"] = "local",
        ["Labels"] = null,
        ["Mountpoint"] = $"/var/lib/docker/volumes/{name}/_data",
        ["Name"] = name,
        ["Options"] = null,
        ["Scope"] = "local",
    };

    private static void Prune(Daemon d, ParsedLine line, Reply reply)
    {
        _ = line;
        if (d.Volumes.Count > 0)
        {
            reply.Line("Deleted Volumes:");
            foreach (string v in d.Volumes) reply.Line(v);
            reply.Line("");
        }
        d.Volumes.Clear();
        reply.Line("Total reclaimed space: 0B");
    }
}
