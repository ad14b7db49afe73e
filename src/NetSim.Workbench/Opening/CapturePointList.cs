using System.Text.Json;
using NetSim.Model.Addressing;
using NetSim.Model.Input;
using NetSim.Model.Topology;
using NetSim.Model.Tracing;

namespace NetSim.Workbench.Opening;

/// <summary>The captures.json of a recorded folder: which file was taken on which interface of which namespace.</summary>
internal sealed class CapturePointList
{
    private const string FileName = "captures.json";
    private readonly List<Entry> _entries = [];

    private sealed record Entry(string Namespace, string Interface, int Index, int PeerIndex, MacAddress Mac, string? Network, string? Container, string File);

    /// <summary>Places by file, relative to the folder.</summary>
    public IReadOnlyDictionary<string, Place> Files => _entries.GroupBy(e => e.File, StringComparer.Ordinal).ToDictionary(g => g.Key, g => new Place(g.First().Namespace, g.First().Interface), StringComparer.Ordinal);

    /// <summary>Reads the list of a folder; null when it has none.</summary>
    /// <exception cref="InputException">It is no such list.</exception>
    public static CapturePointList? Read(string folder)
    {
        string path = Path.Combine(folder, FileName);
        if (!File.Exists(path)) return null;
        var list = new CapturePointList();
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            foreach (var e in json.RootElement.EnumerateArray()) list._entries.Add(EntryOf(e));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new InputException(path, "", "is not a list of captures: [{\"netns\": \"host\", \"ifname\": \"docker0\", \"ifindex\": 3, \"mac\": \"02:42:…\", \"file\": \"pcap/host.docker0.pcap\"}, …] was expected");
        }
        return list;
    }

    /// <summary>What builds the links that it tells of: bridges, cables, and who is plugged in where.</summary>
    public IReadOnlyList<Change> Changes()
    {
        var changes = new List<Change> { new Change.NamespaceMade("host", NamespaceKind.Host, "host") };
        foreach (var e in _entries.Where(e => e.Namespace == "host" && e.Container is null)) AddHostLink(changes, e);
        foreach (string space in _entries.Select(e => e.Namespace).Where(n => n != "host").Distinct(StringComparer.Ordinal)) changes.Add(new Change.NamespaceMade(space, NamespaceKind.Container, space));
        foreach (var e in _entries.Where(e => e.Namespace != "host")) AddContainerLink(changes, e);
        return changes;
    }

    private static Entry EntryOf(JsonElement e) => new(
        Text(e, "netns") ?? "host",
        Text(e, "ifname") ?? throw new KeyNotFoundException(),
        Number(e, "ifindex"),
        Number(e, "peer_ifindex"),
        MacAddress.TryParse(Text(e, "mac"), out var mac) ? mac : default,
        Text(e, "network"),
        Text(e, "container"),
        Text(e, "file") ?? throw new KeyNotFoundException());

    private static string? Text(JsonElement e, string key) => e.TryGetProperty(key, out var v) && v.ValueKind == JsonValueKind.String ? v.GetString() : null;

    private static int Number(JsonElement e, string key) => e.TryGetProperty(key, out var v) && v.ValueKind == JsonValueKind.Number ? v.GetInt32() : 0;

    private static void AddHostLink(List<Change> changes, Entry e)
    {
        var kind = e.Network is null ? InterfaceKind.Physical : InterfaceKind.Bridge;
        changes.Add(new Change.InterfaceMade("host", new() { Name = e.Interface, Index = e.Index, Kind = kind, Mac = e.Mac }));
        changes.Add(new Change.InterfaceChanged("host", e.Interface, Up: true));
    }

    private void AddContainerLink(List<Change> changes, Entry e)
    {
        var spec = new InterfaceSpec { Name = e.Interface, Index = e.Index, Kind = e.Interface == "lo" ? InterfaceKind.Loopback : InterfaceKind.Veth, Mac = e.Mac };
        if (_entries.Find(h => h.Namespace == "host" && h.Container is not null && h.Index == e.PeerIndex && h.PeerIndex == e.Index) is { } end)
        {
            string? bridge = _entries.Find(b => b.Namespace == "host" && b.Container is null && b.Network == end.Network)?.Interface;
            changes.Add(new Change.VethMade("host", new() { Name = end.Interface, Index = end.Index, Kind = InterfaceKind.Veth, Mac = end.Mac }, e.Namespace, spec));
            changes.Add(new Change.InterfaceChanged("host", end.Interface, Up: true, Master: bridge));
        }
        else changes.Add(new Change.InterfaceMade(e.Namespace, spec));
        changes.Add(new Change.InterfaceChanged(e.Namespace, e.Interface, Up: true));
    }
}
