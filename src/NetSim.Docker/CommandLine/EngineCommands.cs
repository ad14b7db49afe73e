using System.Text.Json.Nodes;
using NetSim.Docker.Books;
using NetSim.Docker.Engine;
using NetSim.Docker.Inspect;

namespace NetSim.Docker.CommandLine;

/// <summary>docker version, info and events.</summary>
internal static class EngineCommands
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<Command> All { get; } =
    [
        new("version", "[OPTIONS]", 0, 0, new FlagSet().Texts("format f"), Version),
        new("info", "[OPTIONS]", 0, 0, new FlagSet().Texts("format f"), Info),
        new("events", "[OPTIONS]", 0, 0, new FlagSet().Texts("since", "until", "format").Lists("filter f"), Events),
    ];

    private static string Api(EngineVersion v) => v.Major switch
    {
        20 => "1.41",
        23 => "1.42",
        24 => "1.43",
        25 => "1.44",
        26 => "1.45",
        27 => v.AtLeast(27, 2) ? "1.47" : "1.46",
        28 => v.AtLeast(28, 3) ? "1.51" : v.AtLeast(28, 2) ? "1.50" : v.AtLeast(28, 1) ? "1.49" : "1.48",
        _ => v.AtLeast(29, 6) ? "1.55" : v.AtLeast(29, 3) ? "1.54" : v.AtLeast(29, 2) ? "1.53" : "1.52",
    };

    /// <summary>The oldest API it speaks. Source: moby daemon/config/config.go defaultMinAPIVersion of docker-v29.0.0 and docker-v29.3.1.</summary>
    private static string LeastApi(EngineVersion v) => v.AtLeast(29, 3) ? "1.40" : v.AtLeast(29) ? "1.44" : v.AtLeast(25) ? "1.24" : "1.12";

    private static void Version(Daemon d, ParsedLine line, Reply reply)
    {
        string v = d.Version.ToString(), api = Api(d.Version);
        var data = new JsonObject
        {
            ["Client"] = new JsonObject { ["Version"] = v, ["ApiVersion"] = api, ["DefaultAPIVersion"] = api, ["Os"] = "linux", ["Arch"] = "amd64", ["Context"] = "default" },
            ["Server"] = new JsonObject { ["Version"] = v, ["ApiVersion"] = api, ["MinAPIVersion"] = LeastApi(d.Version), ["Os"] = "linux", ["Arch"] = "amd64", ["Experimental"] = false },
        };
        if (line.Text("format") is { Length: > 0 } format) Templates.Inspect(reply, format, data);
        else reply.Text($"Client:\n Version:           {v}\n API version:       {api}\n OS/Arch:           linux/amd64\n\nServer:\n Engine:\n  Version:          {v}\n  API version:      {api}\n  OS/Arch:          linux/amd64\n");
    }

    private static void Info(Daemon d, ParsedLine line, Reply reply)
    {
        var all = d.Containers.All;
        int running = all.Count(c => c.Status == "running"), paused = all.Count(c => c.Status == "paused");
        var data = new JsonObject
        {
            ["Containers"] = all.Count,
            ["ContainersRunning"] = running,
            ["ContainersPaused"] = paused,
            ["ContainersStopped"] = all.Count - running - paused,
            ["Driver"] = "overlay2",
            ["IPv4Forwarding"] = d.Settings.IpForward,
            ["Name"] = d.Host.Hostname,
            ["ServerVersion"] = d.Version.ToString(),
            ["OperatingSystem"] = "NetSim",
            ["OSType"] = "linux",
            ["Architecture"] = "x86_64",
            ["DefaultAddressPools"] = d.Settings.AddressPools.Count == 0 ? null : new JsonArray(d.Settings.AddressPools.Select(p => (JsonNode)new JsonObject { ["Base"] = p.Base.ToString(), ["Size"] = p.Size }).ToArray()),
        };
        // Up to 28 it tells of br_netfilter, from 28.1 (API 1.49) who makes the rules. Source: moby v28.1.1 daemon/info.go, docker-v29.0.0 api/types/system/info.go.
        if (!d.Version.AtLeast(29)) (data["BridgeNfIptables"], data["BridgeNfIp6tables"]) = (true, true);
        if (d.Version.AtLeast(28, 1)) data["FirewallBackend"] = Firewall(d);
        if (line.Text("format") is { Length: > 0 } format) Templates.Inspect(reply, format, data);
        else reply.Text($"Server:\n Containers: {all.Count}\n  Running: {running}\n  Paused: {paused}\n  Stopped: {all.Count - running - paused}\n Server Version: {d.Version}\n Network: bridge host ipvlan macvlan null overlay\n Name: {d.Host.Hostname}\n");
    }

    /// <summary>From 29.5 it tells of docker-proxy too. Source: moby docker-v29.7.2 daemon/libnetwork/controller_linux.go FirewallBackend.</summary>
    private static JsonObject Firewall(Daemon d)
    {
        var backend = new JsonObject { ["Driver"] = d.Firewall.Settings.Nftables ? "nftables" : "iptables" };
        if (d.Version.AtLeast(29, 5) && d.Settings.UserlandProxy) backend["Info"] = new JsonArray(new JsonArray("EnableUserlandProxy", "true"));
        return backend;
    }

    private static void Events(Daemon d, ParsedLine line, Reply reply)
    {
        foreach (var e in d.Events.Events.Where(e => Match(e, line.List("filter"))))
        {
            var actor = new JsonObject { ["ID"] = e.Id, ["Attributes"] = Json.Map(e.Attributes.Select(a => KeyValuePair.Create(a.Name, a.Value))) };
            if (line.Text("format") is { Length: > 0 } format)
            {
                long nano = Timestamps.Unix(e.Time) * 1_000_000_000 + e.Time.Nanoseconds % 1_000_000_000;
                Templates.Inspect(reply, format, new JsonObject { ["Type"] = e.Type, ["Action"] = e.Action, ["Actor"] = actor, ["scope"] = "local", ["time"] = Timestamps.Unix(e.Time), ["timeNano"] = nano });
            }
            else reply.Line($"{Timestamps.Event(e.Time)} {e.Type} {e.Action} {e.Id} ({string.Join(", ", e.Attributes.Select(a => $"{a.Name}={a.Value}"))})");
        }
    }

    private static bool Match(DockerEvent e, IReadOnlyList<string> filters) => filters.Select(f => f.Split('=', 2)).Where(f => f.Length == 2).GroupBy(f => f[0], StringComparer.Ordinal)
        .All(g => g.Any(f => f[0] switch
        {
            "type" => e.Type == f[1],
            "event" => e.Action == f[1],
            "container" or "network" => e.Type == f[0] && (e.Id.StartsWith(f[1], StringComparison.Ordinal) || e.Attributes.Any(a => a.Name == "name" && a.Value == f[1])),
            _ => true,
        }));
}
