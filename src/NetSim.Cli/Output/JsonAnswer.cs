using System.Text.Json;

namespace NetSim.Cli.Output;

/// <summary>An answer as one JSON document.</summary>
internal static class JsonAnswer
{
    /// <summary>How JSON answers are written: names in snake case.</summary>
    public static JsonSerializerOptions Options { get; } = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
}
