using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NetSim.Docker.GoTemplates;

/// <summary>A value in a template: a string, long, double, bool, JsonArray, JsonObject, list of strings, or null; and what it is called where it was found, which tells maps from structs.</summary>
/// <param name="Value">The value.</param>
/// <param name="Name">The field's name, or empty.</param>
/// <param name="Missing">Was there none?</param>
internal readonly record struct GoValue(object? Value, string Name = "", bool Missing = false)
{
    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Names of pointers among the nulls of docker inspect; the others are slices or maps.</summary>
    private static readonly HashSet<string> Pointers = new(StringComparer.Ordinal) { "IPAMConfig", "Health", "Healthcheck", "Init", "MemorySwappiness", "OomKillDisable", "PidsLimit", "StopTimeout", "NetworkingConfig" };

    /// <summary>Nothing is there.</summary>
    public static GoValue None { get; } = new(null, Missing: true);

    /// <summary>The value of JSON.</summary>
    public static GoValue Of(JsonNode? json, string name = "") => json switch
    {
        JsonValue v when v.GetValueKind() == JsonValueKind.String => new(v.GetValue<string>(), name),
        JsonValue v when v.GetValueKind() is JsonValueKind.True or JsonValueKind.False => new(v.GetValueKind() == JsonValueKind.True, name),
        JsonValue v => new(GoLiteral.Number(v.ToJsonString()) ?? v.ToJsonString(), name),
        _ => new(json, name),
    };

    /// <summary>Is it a map of Go (else, a struct)?</summary>
    public bool IsMap(IReadOnlySet<string>? maps) => Value is JsonObject && (maps is null || maps.Contains(Name));

    /// <summary>Does {{if}} take it for true?</summary>
    public bool IsTrue => Value switch
    {
        null => false,
        bool b => b,
        long n => n != 0,
        double d => d != 0,
        string s => s.Length > 0,
        JsonArray a => a.Count > 0,
        JsonObject o => o.Count > 0,
        IReadOnlyList<string> l => l.Count > 0,
        _ => true,
    };

    /// <summary>As {{json}} writes it.</summary>
    public string ToJson() => Value switch
    {
        JsonNode node => node.ToJsonString(Compact),
        IReadOnlyList<string> list => JsonSerializer.Serialize(list, Compact),
        _ => JsonSerializer.Serialize(Value, Compact),
    };

    /// <summary>As fmt prints it with %v.</summary>
    public string Print(IReadOnlySet<string>? maps) => Value switch
    {
        null when Missing => "<no value>",
        null when maps is null || Pointers.Contains(Name) => maps is null ? "<no value>" : "<nil>",
        null => maps.Contains(Name) ? "map[]" : "[]",
        bool b => b ? "true" : "false",
        string s => s,
        long n => n.ToString(CultureInfo.InvariantCulture),
        double d => Real(d),
        JsonArray a => $"[{string.Join(' ', Items(a).Select(i => i.Print(maps)))}]",
        JsonObject o when IsMap(maps) => $"map[{string.Join(' ', o.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => $"{p.Key}:{Of(p.Value, p.Key).Print(maps)}"))}]",
        JsonObject o => $"{{{string.Join(' ', o.Select(p => Of(p.Value, p.Key).Print(maps)))}}}",
        IReadOnlyList<string> l => $"[{string.Join(' ', l)}]",
        _ => Value.ToString() ?? "",
    };

    /// <summary>The Go type, for messages.</summary>
    public string TypeName => Value switch { null => "interface {}", string => "string", long => "int", double => "float64", bool => "bool", JsonArray => "[]interface {}", JsonObject => "map[string]interface {}", _ => "[]string" };

    /// <summary>The elements of an array.</summary>
    public static IEnumerable<GoValue> Items(JsonArray array) => array.Select(i => Of(i));

    private static string Real(double d)
    {
        double size = Math.Abs(d);
        if (d == 0 || size is >= 1e-4 and < 1e21) return d.ToString("0.####################", CultureInfo.InvariantCulture);
        return d.ToString("0.################e+00", CultureInfo.InvariantCulture);
    }
}
