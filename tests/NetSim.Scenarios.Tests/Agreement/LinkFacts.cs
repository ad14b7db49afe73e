using System.Text.Json.Nodes;

namespace NetSim.Scenarios.Tests.Agreement;

/// <summary>Interfaces of the host and of each container: kind, MTU, state, MAC, addresses, bridges and their ports, the two ends of each veth pair.</summary>
internal static class LinkFacts
{
    private const string Category = "links";
    private static readonly string[] BridgeSettings = ["stp_state", "forward_delay", "ageing_time", "priority", "vlan_filtering", "mcast_snooping", "mcast_querier"];
    private static readonly string[] PortSettings = ["state", "priority", "cost", "hairpin", "learning", "flood"];

    public static void Add(Recording recording, Names names, Facts facts)
    {
        var links = recording.Host.Rows("link").OrderBy(l => l.Int("ifindex")).ToList();
        foreach (var l in links) OfHost(recording, links, l, names, facts);
        for (int i = 1; i < links.Count; i++) facts.Add(Category, "host", $"next ifindex after {names.Link(links[i - 1].Str("ifname"))}", names.Link(links[i].Str("ifname")));
        foreach (var (name, state) in recording.Inside) OfContainer(links, name, state, names, facts);
    }

    private static void OfHost(Recording recording, List<JsonObject> links, JsonObject link, Names names, Facts facts)
    {
        string device = link.Str("ifname"), who = "host " + names.Link(device), kind = link.Obj("linkinfo").Str("info_kind");
        if (names.NetworkOf(device) is { } network && network != "bridge") facts.Add(Category, who, "name", NameOfBridge(recording, network, device));
        if (device.StartsWith("veth", StringComparison.Ordinal)) facts.Add(Category, who, "name", Names.IsVeth(device) ? "veth and 7 hex digits" : device);
        KindAndState(link, kind, who, "", names, facts);
        facts.Add(Category, who, "flags", link.Strings("flags").Order(StringComparer.Ordinal));
        facts.Add(Category, who, "mac", names.MacValue(link.Str("address")));
        if (kind == "bridge") OfBridge(links, link, who, names, facts);
        else if (link.Str("master").Length > 0) facts.Add(Category, who, "bridge", names.Link(link.Str("master")));
        if (Names.IsVeth(device)) OfVeth(recording, link, who, facts);
        Addresses(recording.Host, link, who, "", names, facts);
    }

    private static void OfBridge(List<JsonObject> links, JsonObject bridge, string who, Names names, Facts facts)
    {
        facts.Add(Category, who, "members", links.Where(l => l.Str("master") == bridge.Str("ifname")).Select(l => names.Link(l.Str("ifname"))).Order(StringComparer.Ordinal));
        var settings = bridge.Obj("linkinfo").Obj("info_data");
        foreach (string k in BridgeSettings.Where(k => settings.Has(k))) facts.Add(Category, who, k, settings.Str(k));
    }

    private static void OfVeth(Recording recording, JsonObject veth, string who, Facts facts)
    {
        var peers = from c in recording.Inside
                    from l in c.State.Rows("link")
                    where l.Int("link_index") == veth.Int("ifindex") && l.Int("ifindex") == veth.Int("link_index")
                    select $"{c.Name}'s {l.Str("ifname")}";
        facts.Add(Category, who, "peer", peers.FirstOrDefault("none in the containers"));
        var port = recording.Host.Rows("bridge_link").FirstOrDefault(p => p.Str("ifname") == veth.Str("ifname"));
        foreach (string k in PortSettings.Where(k => port.Has(k))) facts.Add(Category, who, "port " + k, port.Str(k));
    }

    private static void OfContainer(List<JsonObject> hostLinks, string name, JsonObject state, Names names, Facts facts)
    {
        string who = "container " + name;
        facts.Add(Category, who, "network mode", names.Text(state.Str("network_mode")));
        facts.Add(Category, who, "running", state.Str("running"));
        facts.Add(Category, who, "interfaces", state.Rows("link").Select(l => l.Str("ifname")).Order(StringComparer.Ordinal));
        foreach (var l in state.Rows("link"))
        {
            string prefix = l.Str("ifname") + ": ", kind = l.Obj("linkinfo").Str("info_kind");
            KindAndState(l, kind, who, prefix, names, facts);
            if (l.Str("ifname") != "lo") facts.Add(Category, who, prefix + "mac", names.MacValue(l.Str("address")));
            var peer = hostLinks.FirstOrDefault(h => h.Int("ifindex") == l.Int("link_index") && h.Int("link_index") == l.Int("ifindex"));
            if (kind == "veth") facts.Add(Category, who, prefix + "peer", peer is null ? "none on the host" : names.Link(peer.Str("master")));
            Addresses(state, l, who, prefix, names, facts);
        }
    }

    private static void KindAndState(JsonObject link, string kind, string who, string prefix, Names names, Facts facts)
    {
        if (kind.Length > 0) facts.Add(Category, who, prefix + "kind", kind);
        foreach (string k in new[] { "mtu", "operstate" }) facts.Add(Category, who, prefix + k, names.Text(link.Str(k)));
    }

    private static void Addresses(JsonObject state, JsonObject link, string who, string prefix, Names names, Facts facts)
    {
        var row = state.Rows("addr").FirstOrDefault(a => a.Str("ifname") == link.Str("ifname"));
        if (row is null) return;
        facts.Add(Category, who, prefix + "addresses", row.Rows("addr_info").Select(a => names.Text($"{a.Str("local")}/{a.Str("prefixlen")}")).Distinct().Order(StringComparer.Ordinal));
    }

    private static string NameOfBridge(Recording recording, string network, string device)
    {
        string id = recording.Networks.FirstOrDefault(n => n.Str("Name") == network).Str("Id");
        return id.Length >= 12 && device == "br-" + id[..12] ? "br- and 12 digits of the network's id" : device;
    }
}
