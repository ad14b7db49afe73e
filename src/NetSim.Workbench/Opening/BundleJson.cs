using System.Text.Json;
using System.Text.Json.Nodes;
using NetSim.Model.Addressing;
using NetSim.Model.Input;

namespace NetSim.Workbench.Opening;

/// <summary>A value in a bundle's file, and the file's name. What is not there is read as empty; what is of the wrong kind is refused with its place.</summary>
/// <param name="File">For messages.</param>
/// <param name="Value">The value, or null.</param>
internal readonly record struct BundleJson(string File, JsonNode? Value)
{
    /// <summary>A field of an object.</summary>
    public BundleJson this[string key] => Value switch
    {
        null => new(File, null),
        JsonObject o => new(File, o[key]),
        _ => throw Wrong("an object"),
    };

    /// <summary>The elements of an array.</summary>
    public IEnumerable<BundleJson> Items
    {
        get
        {
            string file = File;
            return Value switch { null => [], JsonArray a => a.Select(i => new BundleJson(file, i)), _ => throw Wrong("an array") };
        }
    }

    /// <summary>The fields of an object, in the file's order.</summary>
    public IEnumerable<(string Key, BundleJson Value)> Fields
    {
        get
        {
            string file = File;
            return Value switch { null => [], JsonObject o => o.Select(p => (p.Key, new BundleJson(file, p.Value))), _ => throw Wrong("an object") };
        }
    }

    /// <summary>A string; empty when it is not there.</summary>
    public string Text => Value switch
    {
        null => "",
        JsonValue v when v.GetValueKind() == JsonValueKind.String => v.GetValue<string>(),
        _ => throw Wrong("a string"),
    };

    /// <summary>true or false; false when it is not there.</summary>
    public bool Flag => Value is not null && (Value.GetValueKind() is JsonValueKind.True or JsonValueKind.False ? Value.GetValue<bool>() : throw Wrong("true or false"));

    /// <summary>A whole number; 0 when it is not there.</summary>
    public int Number => Value is null ? 0 : Value is JsonValue v && v.GetValueKind() == JsonValueKind.Number && v.TryGetValue(out int n) ? n : throw Wrong("a whole number");

    /// <summary>An address, with or without a prefix length behind it; null when the text is empty.</summary>
    public IpAddress? Address => Text.Length == 0 ? null : IpAddress.TryParse(Text.Split('/')[0], out var a) ? a : throw Wrong("an address such as 172.18.0.2");

    /// <summary>A subnet; null when the text is empty.</summary>
    public Subnet? Subnet => Text.Length == 0 ? null : Model.Addressing.Subnet.TryParse(Text, out var s) ? s : throw Wrong("a subnet such as 172.18.0.0/16");

    /// <summary>A MAC address; zero when the text is empty.</summary>
    public MacAddress Mac => Text.Length == 0 ? default : MacAddress.TryParse(Text, out var m) ? m : throw Wrong("a MAC address such as 02:42:ac:12:00:02");

    private InputException Wrong(string wanted) => new(File, Value?.GetPath() ?? "", $"{wanted} was expected");
}
