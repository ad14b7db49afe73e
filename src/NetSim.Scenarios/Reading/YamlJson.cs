using System.Globalization;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace NetSim.Scenarios.Reading;

/// <summary>A YAML mapping as the JSON object that says the same.</summary>
internal static class YamlJson
{
    /// <summary>The JSON text.</summary>
    public static string Write(YamlMap map)
    {
        var o = new JsonObject();
        foreach (var (key, value) in map.Entries) o[key] = Convert(value);
        return o.ToJsonString();
    }

    private static JsonNode? Convert(YamlNode node)
    {
        if (node is YamlSequenceNode s) return new JsonArray(s.Children.Select(Convert).ToArray());
        if (node is not YamlMappingNode m) return Scalar((YamlScalarNode)node);
        var o = new JsonObject();
        foreach (var (key, value) in m.Children) o[(key as YamlScalarNode)?.Value ?? ""] = Convert(value);
        return o;
    }

    private static JsonValue? Scalar(YamlScalarNode n) => n.Style != ScalarStyle.Plain ? JsonValue.Create(n.Value) : n.Value switch
    {
        "true" => JsonValue.Create(true),
        "false" => JsonValue.Create(false),
        null or "" or "null" or "~" => null,
        var t when long.TryParse(t, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long i) => JsonValue.Create(i),
        var t => JsonValue.Create(t),
    };
}
