using System.Text.Json;

namespace NetSim.Workbench.Opening;

/// <summary>Finds the line of a value in JSON text, by its path.</summary>
internal static class JsonPlace
{
    private const string Special = ". '/\"[]()\t\n\r\f\b\\\u0085\u2028\u2029";

    /// <summary>The line (from 1) where the value of a path such as "$[0].IPAM.Config" begins; 0 when there is none.</summary>
    public static int Line(ReadOnlySpan<byte> json, string path)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 64, AllowTrailingCommas = true });
        var steps = new Stack<(string Prefix, int Index)>();
        string at = "$";
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray) steps.Pop();
            if (reader.TokenType is JsonTokenType.PropertyName or JsonTokenType.EndObject or JsonTokenType.EndArray)
            {
                if (reader.TokenType == JsonTokenType.PropertyName) at = steps.Peek().Prefix + Name(reader.GetString() ?? "");
                continue;
            }
            if (steps.Count > 0 && steps.Peek() is (var prefix, >= 0 and var index))
            {
                at = $"{prefix}[{index}]";
                steps.Pop();
                steps.Push((prefix, index + 1));
            }
            if (at == path) return json[..(int)reader.TokenStartIndex].Count((byte)'\n') + 1;
            if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray) steps.Push((at, reader.TokenType == JsonTokenType.StartArray ? 0 : -1));
        }
        return 0;
    }

    private static string Name(string key) => key.AsSpan().IndexOfAny(Special) >= 0 ? $"['{key}']" : "." + key;
}
