using NetSim.Model.Input;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace NetSim.Docker.Compose.Reading;

/// <summary>Reads YAML into values that know their places: anchors, merges ("&lt;&lt;", also of lists of mappings), the tags !reset and !override, several documents in a file.
/// What would never end (an alias inside its own anchor), or be huge (aliases of aliases), is refused.
/// Source: compose-go v2 loader/loader.go loadYamlFile, loader/reset.go ResetProcessor; compose-spec 10-fragments.md.</summary>
internal sealed class ComposeYaml
{
    private const int MostValues = 100_000;
    private const int Deepest = 64;
    private readonly string _file;
    private readonly Parser _parser;
    private readonly Dictionary<string, (ComposeValue Node, int Weight)> _anchors = new(StringComparer.Ordinal);
    private readonly HashSet<string> _open = new(StringComparer.Ordinal);
    private int _values;

    private ComposeYaml(string file, string text) => (_file, _parser) = (file, new Parser(new StringReader(text)));

    /// <summary>The documents of a text; those that are empty are left out.</summary>
    /// <exception cref="InputException">It is no YAML, or YAML that no Compose file can be.</exception>
    public static IReadOnlyList<ComposeMap> Read(string file, string text)
    {
        var reader = new ComposeYaml(file, text);
        try
        {
            return reader.Documents();
        }
        catch (YamlException e)
        {
            throw new ComposePlace(file, (int)e.Start.Line, (int)e.Start.Column).Wrong("this is no valid YAML: " + Reason(e));
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or IndexOutOfRangeException)
        {
            // YamlDotNet's scanner gives up so on some broken flow lists; it does not say where.
            throw new InputException(file, "", "this is no valid YAML; look for a bracket or quote that is not closed");
        }
    }

    private List<ComposeMap> Documents()
    {
        var documents = new List<ComposeMap>();
        _parser.Consume<StreamStart>();
        while (_parser.TryConsume<DocumentStart>(out _))
        {
            _anchors.Clear();
            var top = Node(0);
            _parser.Consume<DocumentEnd>();
            if (top is ComposeMap map) documents.Add(map);
            else if (!top.IsNull) throw top.Place.Wrong($"the top of a Compose file must be a mapping, but it is {top.Kind}");
        }
        return documents;
    }

    private ComposeValue Node(int depth)
    {
        var e = _parser.Consume<ParsingEvent>();
        var place = Place(e);
        if (++_values > MostValues) throw place.Wrong($"the file holds more than {MostValues} values, which no Compose file does");
        if (depth > Deepest) throw place.Wrong($"values are nested more than {Deepest} deep, which no Compose file is");
        if (e is AnchorAlias alias) return Alias(alias, place);
        if (e is not NodeEvent named) throw place.Wrong("this is no valid YAML: a value is missing");
        string anchor = named.Anchor.IsEmpty ? "" : named.Anchor.Value;
        if (anchor.Length > 0) _open.Add(anchor);
        int before = _values;
        ComposeValue node = e switch
        {
            Scalar s => PlainScalar.Of(s, place),
            SequenceStart => List(place, depth),
            _ => Map(place, depth),
        };
        if (!named.Tag.IsEmpty) node = node with { Meeting = named.Tag.Value switch { "!reset" => Meeting.Reset, "!override" => Meeting.Override, _ => Meeting.Merged } };
        if (anchor.Length == 0) return node;
        _open.Remove(anchor);
        _anchors[anchor] = (node, _values - before + 1);
        return node;
    }

    private ComposeValue Alias(AnchorAlias alias, ComposePlace place)
    {
        string name = alias.Value.Value;
        if (_open.Contains(name)) throw place.Wrong($"the alias *{name} stands inside its own anchor, so it would never end");
        if (!_anchors.TryGetValue(name, out var anchored)) throw place.Wrong($"the alias *{name} has no anchor before it{Suggestion.For(name, _anchors.Keys)}");
        _values += anchored.Weight;
        if (_values > MostValues) throw place.Wrong($"aliases make more than {MostValues} values of this file; write fewer of them");
        return anchored.Node;
    }

    private ComposeList List(ComposePlace place, int depth)
    {
        var items = new List<ComposeValue>();
        while (!_parser.TryConsume<SequenceEnd>(out _))
            if (Node(depth + 1) is { Meeting: not Meeting.Reset } item) items.Add(item);
        return new(place, items);
    }

    private ComposeMap Map(ComposePlace place, int depth)
    {
        var entries = new List<ComposeEntry>();
        var places = new Dictionary<string, ComposePlace>(StringComparer.Ordinal);
        var merges = new List<ComposeMap>();
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            var key = Node(depth + 1);
            if (key is not ComposeScalar name) throw key.Place.Wrong($"a key must be a string, but it is {key.Kind}");
            if (!places.TryAdd(name.Text, key.Place)) throw key.Place.Wrong($"the key \"{name.Text}\" is already defined at line {places[name.Text].Line}");
            var value = Node(depth + 1);
            if (name.Text == "<<") merges.AddRange(Merged(value));
            else if (name.Type is ScalarKind.Text) entries.Add(new(name.Text, key.Place, value));
            else throw key.Place.Wrong($"a key must be a string, but this is {name.Kind}; write it in quotes: \"{name.Text}\"");
        }
        var known = entries.Select(e => e.Key).ToHashSet(StringComparer.Ordinal);
        foreach (var entry in merges.SelectMany(m => m.Entries)) if (known.Add(entry.Key)) entries.Add(entry);
        if (entries.Count > MostValues || (_values += merges.Sum(m => m.Entries.Count)) > MostValues) throw place.Wrong($"merges make more than {MostValues} values of this file; write fewer of them");
        return new(place, entries);
    }

    private static IEnumerable<ComposeMap> Merged(ComposeValue value) => value switch
    {
        ComposeMap m => [m],
        ComposeList l when l.Items.All(i => i is ComposeMap) => l.Items.Cast<ComposeMap>(),
        _ => throw value.Place.Wrong($"\"<<\" merges a mapping or a list of mappings, but this is {value.Kind}"),
    };

    private ComposePlace Place(ParsingEvent e) => new(_file, (int)e.Start.Line, (int)e.Start.Column);

    private static string Reason(YamlException e)
    {
        Exception inner = e;
        while (inner.InnerException is { } deeper) inner = deeper;
        string text = inner.Message;
        int at = text.LastIndexOf("): ", StringComparison.Ordinal);
        return (at >= 0 ? text[(at + 3)..] : text).ReplaceLineEndings(" ").TrimEnd('.');
    }
}
