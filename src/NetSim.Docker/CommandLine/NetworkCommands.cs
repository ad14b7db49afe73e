using System.Text.Json.Nodes;
using NetSim.Docker.Books;
using NetSim.Docker.Containers;
using NetSim.Docker.Inspect;
using NetSim.Docker.Networks;
using NetSim.Model.Addressing;

namespace NetSim.Docker.CommandLine;

/// <summary>docker network ls, inspect, rm, prune, connect, disconnect. Recorded in 07-subnet-order, 11-errors, 12-connect-disconnect.</summary>
internal static class NetworkCommands
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<Command> All { get; } =
    [
        new("network ls", "[OPTIONS]", 0, 0, new FlagSet().Switches("quiet q", "no-trunc").Lists("filter f").Texts("format"), Ls),
        new("network inspect", "[OPTIONS] NETWORK [NETWORK...]", 1, int.MaxValue, new FlagSet().Texts("format f").Switches("verbose v"), Inspect),
        new("network rm", "NETWORK [NETWORK...]", 1, int.MaxValue, new FlagSet().Switches("force f"), Rm),
        new("network prune", "[OPTIONS]", 0, 0, new FlagSet().Switches("force f").Lists("filter"), PruneNetworks),
        new("network connect", "[OPTIONS] NETWORK CONTAINER", 2, 2,
            new FlagSet().Texts("ip", "ip6", "mac-address", "gw-priority").Lists("alias", "link", "link-local-ip", "driver-opt").Since(28, "gw-priority"), Connect),
        new("network disconnect", "[OPTIONS] NETWORK CONTAINER", 2, 2, new FlagSet().Switches("force f"), Disconnect),
    ];

    private static void Ls(Daemon d, ParsedLine line, Reply reply)
    {
        var networks = d.Networks.All.Where(n => NetworkFilters.Match(n, line.List("filter"))).OrderBy(n => n.Name, StringComparer.Ordinal).ToList();
        string Id(Network n) => line.Is("no-trunc") ? n.Id : n.Id[..12];
        if (line.Is("quiet") && !line.Has("format")) networks.ForEach(n => reply.Line(Id(n)));
        else if (line.Text("format") is { Length: > 0 } format && format != "table") Templates.Rows(reply, format, networks.Select(n => Row(n, Id(n))), Header, "networkContext");
        else reply.Text(Listing(networks, Id));
    }

    /// <summary>The table of network ls.</summary>
    public static string Listing(IEnumerable<Network> networks, Func<Network, string> id) =>
        Table.Write([["NETWORK ID", "NAME", "DRIVER", "SCOPE"], .. networks.Select(n => (IReadOnlyList<string>)[id(n), n.Name, n.Driver, "local"])]);

    private static JsonObject Header => new() { ["ID"] = "NETWORK ID", ["Name"] = "NAME", ["Driver"] = "DRIVER", ["Scope"] = "SCOPE", ["IPv6"] = "IPV6", ["Internal"] = "INTERNAL", ["Labels"] = "LABELS", ["CreatedAt"] = "CREATED AT" };

    private static JsonObject Row(Network n, string id) => new()
    {
        ["CreatedAt"] = Timestamps.Listing(n.Created),
        ["Driver"] = n.Driver,
        ["ID"] = id,
        ["IPv6"] = n.EnableIpv6 ? "true" : "false",
        ["Internal"] = n.Internal ? "true" : "false",
        ["Labels"] = string.Join(',', n.Labels.Select(l => $"{l.Key}={l.Value}")),
        ["Name"] = n.Name,
        ["Scope"] = "local",
    };

    private static void Inspect(Daemon d, ParsedLine line, Reply reply)
    {
        var found = new List<Network>();
        var faults = new List<string>();
        foreach (string name in line.Arguments)
        {
            try
            {
                found.Add(d.Networks.Get(name));
            }
            catch (DaemonException fault)
            {
                faults.Add(Refusals.NotFound(d, "network", name, fault));
            }
        }
        if (line.Text("format") is { Length: > 0 } format)
        {
            foreach (var n in found) Templates.Inspect(reply, format, NetworkJson.Write(d, n), NetworkJson.ForTemplate(d, n));
            if (found.Count == 0) reply.Line("");
        }
        else reply.Line(Json.Indented(new JsonArray(found.Select(n => (JsonNode)NetworkJson.Write(d, n)).ToArray())));
        if (faults.Count == 0) return;
        foreach (string fault in faults) reply.ErrorLine(fault);
        reply.ExitCode = 1;
    }

    private static void Rm(Daemon d, ParsedLine line, Reply reply)
    {
        bool force = line.Is("force");
        foreach (string name in line.Arguments)
        {
            try
            {
                NetworkRemover.Remove(d, d.Networks.Get(name));
                reply.Line(name);
            }
            catch (DaemonException fault)
            {
                bool missing = fault.Message == $"network {name} not found";
                if (force && missing) continue;
                reply.ErrorLine(Refusals.NotFound(d, "network", name, fault));
                reply.ExitCode = 1;
            }
        }
        if (reply.ExitCode != 0 && d.Version.AtLeast(28)) reply.ErrorLine("exit status 1");
    }

    /// <summary>Removes all networks that nobody is on and says which.</summary>
    internal static void PruneNetworks(Daemon d, ParsedLine line, Reply reply)
    {
        var unused = d.Networks.All.Where(n => n.IsUserDefined && n.Endpoints.Count == 0 && NetworkFilters.Match(n, line.List("filter"))).ToList();
        if (unused.Count == 0) return;
        reply.Line("Deleted Networks:");
        foreach (var n in unused)
        {
            NetworkRemover.Remove(d, n);
            reply.Line(n.Name);
        }
        reply.Line("");
    }

    private static void Connect(Daemon d, ParsedLine line, Reply reply)
    {
        _ = reply;
        var container = Find(d, line, out var network);
        var settings = new EndpointSettings(network.Name)
        {
            Ipv4 = line.Text("ip"),
            Ipv6 = line.Text("ip6"),
            Aliases = line.Has("alias") ? [.. line.List("alias")] : null,
            Links = line.Has("link") ? [.. line.List("link")] : null,
            LinkLocal = [.. line.List("link-local-ip")],
            DriverOptions = line.Has("driver-opt") ? new(line.Map("driver-opt"), StringComparer.Ordinal) : null,
            GatewayPriority = int.TryParse(line.Text("gw-priority"), out int priority) ? priority : 0,
            Mac = MacAddress.TryParse(line.Text("mac-address"), out var mac) ? mac : null,
        };
        NetworkConnect.Connect(d, network, container, settings);
    }

    private static void Disconnect(Daemon d, ParsedLine line, Reply reply)
    {
        _ = reply;
        if (line.Is("force") && d.Containers.Find(line.Arguments[1]) is null && d.Networks.Get(line.Arguments[0]) is not null)
            throw new DaemonException($"endpoint {line.Arguments[1]} not found");
        var container = Find(d, line, out var network);
        NetworkConnect.Disconnect(d, network, container);
    }

    private static Container Find(Daemon d, ParsedLine line, out Network network)
    {
        network = d.Networks.Get(line.Arguments[0]);
        return d.Containers.Get(line.Arguments[1]);
    }
}
