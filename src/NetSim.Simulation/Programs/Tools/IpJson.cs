using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using NetSim.Model.Addressing;
using NetSim.Model.Routing;
using NetSim.Model.Topology;

namespace NetSim.Simulation.Programs.Tools;

/// <summary>What `ip -j` prints: one line of JSON.</summary>
internal static class IpJson
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The objects of a subject; null when there is no such subject.</summary>
    public static string? Of(string subject, NetworkNamespace space, IReadOnlyList<string> words, bool? v6)
    {
        string? device = IpText.Device(words);
        var links = space.Interfaces.Where(i => device is null || i.Name == device);
        IEnumerable<JsonNode>? all = subject switch
        {
            "route" or "r" or "ro" => space.Routes.Routes.Where(r => r.Destination.Address.IsV6 == (v6 == true)).Select(Route),
            "addr" or "a" or "address" or "ad" => links.Select(i => Link(i, v6, withAddresses: true)),
            "link" or "l" or "li" => links.Select(i => Link(i, v6, withAddresses: false)),
            "neigh" or "n" or "neighbor" or "neighbour" => space.Neighbours.Where(n => n.Value.State.Length > 0 && (v6 is null || n.Key.IsV6 == v6)).Select(n => Neighbour(n.Key, n.Value.Interface, n.Value.Mac, n.Value.State)),
            _ => null,
        };
        return all is null ? null : $"[{string.Join(',', all.Select(n => n.ToJsonString(Plain)))}]\n";
    }

    private static JsonObject Route(Route r)
    {
        var o = new JsonObject { ["dst"] = r.Destination.IsAll ? "default" : r.Destination.PrefixLength == r.Destination.Address.BitLength ? r.Destination.Address.ToString() : r.Destination.ToString() };
        if (r.Type != RouteType.Unicast) o["type"] = r.Type.ToString().ToLowerInvariant();
        if (r.Gateway is { } g) o["gateway"] = g.ToString();
        if (r.Interface.Length > 0) o["dev"] = r.Interface;
        if (r.Protocol.Length > 0 && r.Protocol != "boot") o["protocol"] = r.Protocol;
        if (r.Scope.Length > 0 && r.Scope != "global") o["scope"] = r.Scope;
        if (r.PreferredSource is { } s) o["prefsrc"] = s.ToString();
        if (r.Metric > 0) o["metric"] = r.Metric;
        o["flags"] = new JsonArray();
        if (r.Destination.Address.IsV6) o["pref"] = "medium";
        return o;
    }

    private static JsonObject Link(Interface i, bool? v6, bool withAddresses)
    {
        var o = new JsonObject { ["ifindex"] = i.Index };
        if (i.Peer is { } p) o[ReferenceEquals(p.Namespace, i.Namespace) ? "link" : "link_index"] = ReferenceEquals(p.Namespace, i.Namespace) ? p.Name : p.Index;
        o["ifname"] = i.Name;
        o["flags"] = new JsonArray([.. IpText.FlagWords(i).Select(f => (JsonNode)f)]);
        o["mtu"] = i.Mtu;
        o["qdisc"] = i.Up ? "noqueue" : "noop";
        if (i.Master is { } m) o["master"] = m.Name;
        o["operstate"] = IpText.State(i);
        if (!withAddresses) o["linkmode"] = "DEFAULT";
        o["group"] = "default";
        o["link_type"] = i.Kind == InterfaceKind.Loopback ? "loopback" : "ether";
        o["address"] = i.Mac.ToString();
        o["broadcast"] = i.Kind == InterfaceKind.Loopback ? "00:00:00:00:00:00" : "ff:ff:ff:ff:ff:ff";
        if (withAddresses) o["addr_info"] = new JsonArray([.. i.Addresses.Where(a => v6 is null || a.Address.IsV6 == v6).OrderBy(a => a.Address.IsV6).Select(a => (JsonNode)Address(i, a))]);
        return o;
    }

    private static JsonObject Address(Interface i, InterfaceAddress a)
    {
        var o = new JsonObject { ["family"] = a.Address.IsV6 ? "inet6" : "inet", ["local"] = a.Address.ToString(), ["prefixlen"] = a.PrefixLength };
        if (a.Address.IsV4 && !a.Address.IsLoopback && a.PrefixLength < 31) o["broadcast"] = a.Subnet.Last.ToString();
        o["scope"] = a.Address.IsLoopback ? "host" : a.Address.IsLinkLocal && a.Address.IsV6 ? "link" : "global";
        if (a.Address.IsV4) o["label"] = i.Name;
        (o["valid_life_time"], o["preferred_life_time"]) = (4294967295, 4294967295);
        return o;
    }

    private static JsonObject Neighbour(IpAddress address, string device, MacAddress? mac, string state)
    {
        var o = new JsonObject { ["dst"] = address.ToString(), ["dev"] = device };
        if (mac is { } m) o["lladdr"] = m.ToString();
        o["state"] = new JsonArray(state);
        return o;
    }
}
