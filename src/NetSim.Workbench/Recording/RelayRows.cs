using System.Text.Json.Nodes;
using NetSim.Model.Topology;

namespace NetSim.Workbench.Recording;

/// <summary>Where a relay in user space loses and delays frames, a recording shows its devices: the container's veth is in no bridge and asks for no addresses; imp0 stands for it,
/// and imp1, the other end of imp0's cable, is the port.</summary>
internal static class RelayRows
{
    /// <summary>Shows them in the host's links.</summary>
    public static void Show(JsonObject host, NetworkNamespace space)
    {
        if (space.Interfaces.Find(i => i.Faults.ContainsKey(FaultPlace.Relay)) is not { Master: { } bridge } end) return;
        var links = host["link"]!.AsArray();
        var row = links.OfType<JsonObject>().First(l => (string?)l["ifname"] == end.Name);
        var port = (JsonObject)row.DeepClone();
        row.Remove("master");
        (row["linkinfo"] as JsonObject)?.Remove("info_slave_kind");
        (row["linkinfo"] as JsonObject)?.Remove("info_slave_data");
        (row["flags"] as JsonArray)?.Insert(2, "NOARP");
        var inner = (JsonObject)row.DeepClone();
        int index = space.Interfaces.Max(i => i.Index);
        Name(port, "imp1", index + 1, "imp0");
        Name(inner, "imp0", index + 2, "imp1");
        links.Add((JsonNode)port);
        links.Add((JsonNode)inner);
        if (host["bridge_link"]!.AsArray().OfType<JsonObject>().FirstOrDefault(l => (string?)l["ifname"] == end.Name) is not { } taken) return;
        taken["ifindex"] = index + 1;
        taken["ifname"] = "imp1";
        taken["master"] = bridge.Name;
    }

    private static void Name(JsonObject row, string name, int index, string other)
    {
        row.Remove("link_index");
        row.Remove("link_netnsid");
        row["ifindex"] = index;
        row["ifname"] = name;
        row["link"] = other;
    }
}
