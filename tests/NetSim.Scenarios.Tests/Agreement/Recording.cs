using System.Text.Json;
using System.Text.Json.Nodes;

namespace NetSim.Scenarios.Tests.Agreement;

/// <summary>A folder with what an engine looked like and what was heard on its wires: a real one's, or one that NetSim simulated.</summary>
internal sealed class Recording
{
    public Recording(string folder)
    {
        Folder = folder;
        Steps = Rows(Read("steps.json"));
        Captures = Rows(Read("captures.json"));
        Networks = Rows(Read("network-inspect.json"));
        Containers = Rows(Read("container-inspect.json"));
        Host = Read("host.json") as JsonObject ?? [];
        Snapshots = [.. SnapshotsOf(folder)];
        string inside = Path.Combine(folder, "containers");
        if (!Directory.Exists(inside)) return;
        foreach (string f in Directory.GetFiles(inside, "*.json").Order(StringComparer.Ordinal))
            if (Read(f) is JsonObject o) Inside.Add((Path.GetFileNameWithoutExtension(f), o));
    }

    public string Folder { get; }

    public IReadOnlyList<JsonObject> Steps { get; }

    public IReadOnlyList<JsonObject> Captures { get; }

    public IReadOnlyList<JsonObject> Networks { get; }

    public IReadOnlyList<JsonObject> Containers { get; }

    public JsonObject Host { get; }

    /// <summary>What each container's namespace looked like, by the container's name.</summary>
    public List<(string Name, JsonObject State)> Inside { get; } = [];

    /// <summary>What it looked like in the middle, by label.</summary>
    public IReadOnlyList<(string Label, Recording State)> Snapshots { get; }

    public string Text(string file) => File.Exists(Path.Combine(Folder, file)) ? File.ReadAllText(Path.Combine(Folder, file)) : "";

    private JsonNode? Read(string file)
    {
        string path = Path.Combine(Folder, file);
        if (!File.Exists(path)) return null;
        try
        {
            return JsonNode.Parse(File.ReadAllText(path));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static IEnumerable<(string, Recording)> SnapshotsOf(string folder) => !Directory.Exists(folder) ? []
        : Directory.GetDirectories(folder, "snap-*").Order(StringComparer.Ordinal).Select(f => (Path.GetFileName(f)["snap-".Length..], new Recording(f)));

    private static List<JsonObject> Rows(JsonNode? node) => (node as JsonArray)?.OfType<JsonObject>().ToList() ?? [];
}

/// <summary>JSON read without trust: what is not there is empty.</summary>
internal static class Json
{
    /// <summary>The text of a string, number or truth value; empty for anything else.</summary>
    public static string Str(this JsonNode? node, string key) => (node as JsonObject)?[key] is { } v ? Str(v) : "";

    public static string Str(JsonNode? node) => node is null ? "" : node.GetValueKind() switch
    {
        JsonValueKind.String => node.GetValue<string>(),
        JsonValueKind.Object or JsonValueKind.Array => "",
        _ => node.ToJsonString(),
    };

    public static bool Has(this JsonNode? node, string key) => node is JsonObject o && o.ContainsKey(key);

    /// <summary>The objects of an array.</summary>
    public static IEnumerable<JsonObject> Rows(this JsonNode? node, string key) => ((node as JsonObject)?[key] as JsonArray)?.OfType<JsonObject>() ?? [];

    /// <summary>The texts of an array.</summary>
    public static IEnumerable<string> Strings(this JsonNode? node, string key) => ((node as JsonObject)?[key] as JsonArray)?.Select(Str) ?? [];

    public static JsonObject? Obj(this JsonNode? node, string key) => (node as JsonObject)?[key] as JsonObject;

    /// <summary>Keys and values of an object, by key.</summary>
    public static IEnumerable<(string Key, JsonNode? Value)> Pairs(this JsonNode? node, string key) =>
        (Obj(node, key) ?? []).OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => (p.Key, p.Value));

    public static int Int(this JsonNode? node, string key) => int.TryParse(node.Str(key), out int n) ? n : -1;
}
