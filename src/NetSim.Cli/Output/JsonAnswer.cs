using System.Text.Json;

namespace NetSim.Cli.Output;

/// <summary>An answer as one JSON document.</summary>
internal static class JsonAnswer
{
    /// <summary>For forms that others laid down: names as they are written.</summary>
    public static JsonSerializerOptions AsNamed { get; } = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>How JSON answers are written: names in snake case.</summary>
    public static JsonSerializerOptions Options { get; } = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
}
