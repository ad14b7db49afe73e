using NetSim.Model.Input;
using YamlDotNet.RepresentationModel;

namespace NetSim.Scenarios.Reading;

/// <summary>A mapping of a YAML file that knows its place, so that every complaint names file and line.</summary>
internal sealed class YamlMap(string file, YamlMappingNode node)
{
    /// <summary>The file as the user named it.</summary>
    public string File { get; } = file;

    /// <summary>Where it begins, from 1.</summary>
    public int Line => LineOf(node);

    /// <summary>Keys as written, in order.</summary>
    public IEnumerable<string> Keys => node.Children.Keys.OfType<YamlScalarNode>().Select(k => k.Value ?? "");

    /// <summary>Line of a node, from 1.</summary>
    public static int LineOf(YamlNode node) => (int)node.Start.Line;

    /// <summary>A complaint about a line.</summary>
    public InputException Wrong(int line, string problem) => new(File, line.ToString(System.Globalization.CultureInfo.InvariantCulture), problem);

    /// <summary>A complaint about a node.</summary>
    public InputException Wrong(YamlNode at, string problem) => Wrong(LineOf(at), problem);

    /// <summary>Complains about the first key that is not among <paramref name="known"/>.</summary>
    public YamlMap Only(string what, params string[] known)
    {
        foreach (var k in node.Children.Keys)
        {
            string word = (k as YamlScalarNode)?.Value ?? "";
            if (known.Contains(word)) continue;
            string hint = Suggestion.For(word, known);
            throw Wrong(k, $"{what} has no key \"{word}\"{(hint.Length > 0 ? hint : "; it knows " + string.Join(", ", known))}");
        }
        return this;
    }

    /// <summary>The node of a key, or null.</summary>
    public YamlNode? Find(string key) => node.Children.FirstOrDefault(c => (c.Key as YamlScalarNode)?.Value == key).Value;

    /// <summary>Is there such a key?</summary>
    public bool Has(string key) => Find(key) is not null;

    /// <summary>The text of a key, or null.</summary>
    public string? Text(string key) => Find(key) is { } n ? Scalar(n, key) : null;

    /// <summary>Line of a key's value.</summary>
    public int LineOf(string key) => Find(key) is { } n ? LineOf(n) : Line;

    /// <summary>The mapping of a key, or null.</summary>
    public YamlMap? Map(string key) => Find(key) is { } n ? AsMap(n, key) : null;

    /// <summary>The items of a key's list; a single value is a list of one; empty when the key is missing.</summary>
    public IReadOnlyList<YamlNode> Items(string key) => Find(key) switch
    {
        null => [],
        YamlSequenceNode s => [.. s.Children],
        YamlScalarNode { Value: null or "" } => [],
        var one => [one],
    };

    /// <summary>The texts of a key's list.</summary>
    public IReadOnlyList<string> Texts(string key) => Items(key).Select(n => Scalar(n, key)).ToList();

    /// <summary>Key and value of each entry.</summary>
    public IEnumerable<(string Key, YamlNode Value)> Entries => node.Children.Select(c => ((c.Key as YamlScalarNode)?.Value ?? "", c.Value));

    /// <summary>A mapping, or a complaint.</summary>
    public YamlMap AsMap(YamlNode n, string what) =>
        n is YamlMappingNode m ? new(File, m) : throw Wrong(n, $"\"{what}\" should be a mapping (key: value), but it is {Kind(n)}");

    /// <summary>A text, or a complaint.</summary>
    public string Scalar(YamlNode n, string what) =>
        n is YamlScalarNode s ? s.Value ?? "" : throw Wrong(n, $"\"{what}\" should be a text, but it is {Kind(n)}");

    private static string Kind(YamlNode n) => n switch { YamlMappingNode => "a mapping", YamlSequenceNode => "a list", _ => "a single value" };
}
