using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NetSim.Docker.Inspect;

/// <summary>JSON as Docker's client prints it.</summary>
internal static class Json
{
    private static readonly JsonSerializerOptions Pretty = new() { WriteIndented = true, IndentSize = 4, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" };
    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Indented by four blanks.</summary>
    public static string Indented(JsonNode node) => node.ToJsonString(Pretty);

    /// <summary>On one line.</summary>
    public static string OneLine(JsonNode? node) => node is null ? "null" : node.ToJsonString(Compact);

    /// <summary>A list of texts, or null.</summary>
    public static JsonArray? Texts(IEnumerable<string>? texts) => texts is null ? null : new JsonArray(texts.Select(t => (JsonNode?)JsonValue.Create(t)).ToArray());

    /// <summary>A list of texts; an empty one is null.</summary>
    public static JsonArray? TextsOrNull(IReadOnlyCollection<string> texts) => texts.Count == 0 ? null : Texts(texts);

    /// <summary>A map of texts.</summary>
    public static JsonObject Map(IEnumerable<KeyValuePair<string, string>> map) => new(map.Select(e => new KeyValuePair<string, JsonNode?>(e.Key, JsonValue.Create(e.Value))));
}
