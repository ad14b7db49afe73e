using System.Text.Json;

namespace NetSim.Scenarios.Format;

/// <summary>Settings of daemon.json.</summary>
internal static class DaemonJson
{
    /// <summary>Is the text a JSON object?</summary>
    public static bool IsObject(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
