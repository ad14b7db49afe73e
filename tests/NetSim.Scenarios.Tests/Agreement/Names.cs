using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace NetSim.Scenarios.Tests.Agreement;

/// <summary>Puts names in the place of what is random in an engine: ids, names of bridges and veths, MAC addresses, ports of the resolver.</summary>
internal sealed partial class Names
{
    private static readonly Dictionary<string, string> KnownMacs = new(StringComparer.Ordinal)
    {
        ["02:00:cb:00:71:01"] = "mac(outside)",
        ["02:00:cb:00:71:02"] = "mac(up0)",
        ["ff:ff:ff:ff:ff:ff"] = "broadcast",
        ["00:00:00:00:00:00"] = "-",
    };

    private readonly Dictionary<string, string> _ids = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _bridges = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _veths = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SortedSet<string>> _macs = new(StringComparer.Ordinal);
    private readonly HashSet<string> _addresses = new(StringComparer.Ordinal);

    public Names(Recording recording)
    {
        foreach (var n in recording.Networks) NameNetwork(n);
        foreach (var c in recording.Containers) NameContainer(c);
        foreach (var c in recording.Captures) NameCapture(c);
        foreach (var (name, inside) in recording.Inside) NameInside(recording, name, inside);
        foreach (var l in recording.Host.Rows("link"))
            if (_bridges.TryGetValue(l.Str("ifname"), out string? network)) Own(l.Str("address"), $"bridge {network}");
        foreach (var s in recording.Steps)
            foreach (Match m in Quad().Matches(s.Str("stdout"))) _addresses.Add(m.Value);
    }

    /// <summary>The network of a bridge's name, or null.</summary>
    public string? NetworkOf(string bridge) => _bridges.GetValueOrDefault(bridge);

    /// <summary>"bridge(app)", "veth(web.app)", or the name as it is.</summary>
    public string Link(string name) => _bridges.TryGetValue(name, out string? network) ? $"bridge({network})"
        : IsVeth(name) ? _veths.GetValueOrDefault(name, "veth") : name;

    public static bool IsVeth(string name) => WholeVeth().IsMatch(name);

    /// <summary>Whose an address is.</summary>
    public string Mac(string mac) => KnownMacs.TryGetValue(mac, out string? known) ? known
        : _macs.TryGetValue(mac, out var owners) ? $"mac({string.Join('|', owners)})" : "mac(?)";

    /// <summary>The address itself when it follows from an IPv4 address or is a fixed one, else only that it is random.</summary>
    public string MacValue(string mac)
    {
        if (KnownMacs.ContainsKey(mac) || mac.Length == 0) return mac;
        var octets = mac.Split(':').Select(o => byte.TryParse(o, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out byte b) ? b : (byte)0).ToArray();
        if (octets is [2, 0x42, var a, var b, var c, var d] && _addresses.Contains($"{a}.{b}.{c}.{d}")) return mac;
        return (octets[0] & 1) != 0 ? mac : (octets[0] & 2) != 0 ? "<random>" : "<random, not local>";
    }

    /// <summary>A text with names in place of what is random. MAC addresses that follow from an address stay.</summary>
    public string Text(string text)
    {
        text = LongId().Replace(text, m => $"<{_ids.GetValueOrDefault(m.Value, "id")}>");
        text = BridgeName().Replace(text, m => Link(m.Value));
        text = VethName().Replace(text, m => Link(m.Value));
        text = ShortId().Replace(text, m => $"<{_ids.GetValueOrDefault(m.Value, "id")}>");
        text = AutomaticPrefix().Replace(text, "<ula>::");
        text = LinkLocal().Replace(text, "fe80::<mac>");
        text = MacText().Replace(text, m => MacValue(m.Value.ToLowerInvariant()));
        return ResolverPort().Replace(text, "127.0.0.11:<port>");
    }

    private void NameNetwork(JsonObject network)
    {
        string id = network.Str("Id"), name = network.Str("Name");
        NameId(id, "network " + name);
        string own = network.Obj("Options").Str("com.docker.network.bridge.name");
        _bridges[own.Length > 0 ? own : "br-" + id[..Math.Min(12, id.Length)]] = name;
    }

    private void NameContainer(JsonObject container)
    {
        string name = container.Str("Name").TrimStart('/');
        NameId(container.Str("Id"), "container " + name);
        foreach (var (network, e) in container.Obj("NetworkSettings").Pairs("Networks"))
        {
            Own(e.Str("MacAddress"), $"{name}.{network}");
            if (e.Str("IPAddress").Length > 0) _addresses.Add(e.Str("IPAddress"));
        }
    }

    private void NameCapture(JsonObject capture)
    {
        string where = capture.Str("netns"), network = capture.Str("network"), container = capture.Str("container"), device = capture.Str("ifname");
        if (where != "host") Own(capture.Str("mac"), $"{where}.{(network.Length > 0 ? network : device)}");
        else if (container.Length > 0) Own(capture.Str("mac"), $"veth {container}.{network}");
        else if (network.Length > 0) Own(capture.Str("mac"), $"bridge {network}");
        if (container.Length > 0 && IsVeth(device)) _veths[device] = $"veth({container}.{network})";
    }

    private void NameInside(Recording recording, string name, JsonObject inside)
    {
        foreach (var l in inside.Rows("link"))
        {
            var host = recording.Host.Rows("link").FirstOrDefault(h => IsVeth(h.Str("ifname")) && h.Int("ifindex") == l.Int("link_index") && h.Int("link_index") == l.Int("ifindex"));
            if (host is null) continue;
            string network = _bridges.GetValueOrDefault(host.Str("master"), "?");
            _veths.TryAdd(host.Str("ifname"), $"veth({name}.{network})");
            Own(host.Str("address"), $"veth {name}.{network}");
        }
    }

    private void NameId(string id, string name)
    {
        if (id.Length < 12) return;
        _ids[id] = name;
        _ids[id[..12]] = name;
    }

    private void Own(string mac, string label)
    {
        if (mac.Length == 0 || KnownMacs.ContainsKey(mac)) return;
        if (!_macs.TryGetValue(mac, out var labels)) _macs[mac] = labels = new(StringComparer.Ordinal);
        labels.Add(label);
    }

    [GeneratedRegex(@"\b[0-9a-f]{64}\b")]
    private static partial Regex LongId();

    [GeneratedRegex(@"\b[0-9a-f]{12}\b")]
    private static partial Regex ShortId();

    /// <summary>The prefix that an engine makes for itself; what users choose is shorter in these recordings.</summary>
    [GeneratedRegex(@"\bfd[0-9a-f]{2}:[0-9a-f]{1,4}:[0-9a-f]{1,4}::")]
    private static partial Regex AutomaticPrefix();

    [GeneratedRegex(@"\bbr-[0-9a-f]{12}\b")]
    private static partial Regex BridgeName();

    [GeneratedRegex(@"\bveth[0-9a-f]{7}\b")]
    private static partial Regex VethName();

    [GeneratedRegex(@"^veth[0-9a-f]{7}\z")]
    private static partial Regex WholeVeth();

    [GeneratedRegex(@"fe80::[0-9a-f:]*\b")]
    private static partial Regex LinkLocal();

    [GeneratedRegex(@"\b(?:[0-9a-fA-F]{2}:){5}[0-9a-fA-F]{2}\b")]
    private static partial Regex MacText();

    [GeneratedRegex(@"127\.0\.0\.11:(?!53\b)\d+")]
    private static partial Regex ResolverPort();

    [GeneratedRegex(@"\b\d+\.\d+\.\d+\.\d+\b")]
    private static partial Regex Quad();
}
