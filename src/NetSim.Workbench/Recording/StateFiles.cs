using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using NetSim.Model.Netfilter;
using NetSim.Model.Packets;
using NetSim.Model.Topology;
using NetSim.Scenarios.Running;

namespace NetSim.Workbench.Recording;

/// <summary>The state of an engine and its host at an instant, as files.</summary>
internal static class StateFiles
{
    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes all of them.</summary>
    public static void Write(Topology topology, BooksAt books, string folder)
    {
        Directory.CreateDirectory(folder);
        Dump(folder, "network-inspect.json", books.Networks);
        Dump(folder, "container-inspect.json", books.Containers);
        File.WriteAllText(Path.Combine(folder, "ps.txt"), books.Lists);
        var host = topology["host"];
        Dump(folder, "host.json", Host(topology, host));
        File.WriteAllText(Path.Combine(folder, "host-iptables.txt"), RulesetText.Write(host.Rules));
        File.WriteAllText(Path.Combine(folder, "host-ip6tables.txt"), RulesetText.Write(host.Rules6, IpFamily.V6));
        if (NftText.Write(host.Rules, host.Rules6) is { Length: > 0 } nft) File.WriteAllText(Path.Combine(folder, "host-nftables.txt"), nft);
        foreach (var c in books.Containers.OfType<JsonObject>()) Container(topology, c, folder);
    }

    /// <summary>Writes a JSON file.</summary>
    public static void Dump(string folder, string name, JsonNode json)
    {
        string path = Path.Combine(folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, json.ToJsonString(Options) + "\n");
    }

    private static JsonObject Host(Topology topology, NetworkNamespace host)
    {
        var o = Tables(topology, host);
        o["fdb"] = IpJson.Fdb(host);
        o["bridge_link"] = IpJson.BridgeLinks(host);
        o["sysctl"] = new JsonObject(host.Sysctls.Select(s => KeyValuePair.Create(s.Key, (JsonNode?)s.Value)));
        o["listening"] = Listening(host);
        RelayRows.Show(o, host);
        return o;
    }

    private static JsonObject Tables(Topology topology, NetworkNamespace space) => new()
    {
        ["link"] = IpJson.Links(topology, space),
        ["addr"] = IpJson.Addresses(topology, space),
        ["route"] = IpJson.Routes(space, v6: false),
        ["route6"] = IpJson.Routes(space, v6: true),
        ["neigh"] = IpJson.Neighbours(space),
    };

    private static void Container(Topology topology, JsonObject inspect, string folder)
    {
        string name = ((string?)inspect["Name"] ?? "").TrimStart('/');
        bool running = (bool?)inspect["State"]?["Running"] ?? false;
        string mode = (string?)inspect["HostConfig"]?["NetworkMode"] ?? "";
        var o = new JsonObject
        {
            ["id"] = (string?)inspect["Id"],
            ["running"] = running,
            ["network_mode"] = mode,
            ["resolv_conf"] = File_(topology, name, "/etc/resolv.conf"),
            ["hosts"] = File_(topology, name, "/etc/hosts"),
            ["hostname"] = File_(topology, name, "/etc/hostname"),
        };
        string space = topology.Containers.Find(c => c.Name == name)?.Namespace ?? "";
        if (running && mode != "host" && topology.Find(space) is { } there) Inside(topology, there, o);
        Dump(folder, Path.Combine("containers", name + ".json"), o);
    }

    private static void Inside(Topology topology, NetworkNamespace space, JsonObject o)
    {
        foreach (var (key, table) in Tables(topology, space).ToList()) o[key] = table?.DeepClone();
        o["iptables"] = RulesetText.Write(space.Rules);
        if (NftText.Write(space.Rules, space.Rules6) is { Length: > 0 } nft) o["nftables"] = nft;
        o["listening"] = Listening(space);
        o["disable_ipv6"] = space.Sysctls.GetValueOrDefault("net.ipv6.conf.all.disable_ipv6") ?? "0";
    }

    private static string? File_(Topology topology, string owner, string path) => topology.Files.GetValueOrDefault((owner, path));

    private static JsonArray Listening(NetworkNamespace space) => new(space.Sockets.Where(s => s.Remote is null)
        .Select(s => (JsonNode)new JsonArray(s.Protocol.ToName(), s.Protocol == IpProtocol.Tcp ? "LISTEN" : "UNCONN", "0", "4096", FlowKey.End(s.Address, s.Port), s.Address.IsV6 ? "[::]:*" : "0.0.0.0:*")).ToArray());
}
