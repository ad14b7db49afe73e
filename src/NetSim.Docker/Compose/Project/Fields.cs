using System.Globalization;
using NetSim.Docker.Compose.Language;
using NetSim.Docker.Compose.Reading;

namespace NetSim.Docker.Compose.Project;

/// <summary>The fields of a mapping, read as what they should be. The shape was checked before; here numbers and booleans that variables made as texts are taken for what they are.</summary>
internal sealed class Fields(ComposeMap map, ComposePath path)
{
    /// <summary>Where the mapping begins.</summary>
    public ComposePlace Place => map.Place;

    /// <summary>The mapping itself.</summary>
    public ComposeMap Map => map;

    /// <summary>The way to a field.</summary>
    public ComposePath PathOf(string key) => path.Next(key);

    /// <summary>Is it there?</summary>
    public bool Has(string key) => map[key] is not null;

    /// <summary>Where a field stands.</summary>
    public ComposePlace PlaceOf(string key) => map.Find(key)?.Value.Place ?? map.Place;

    /// <summary>A text; empty when it is not there.</summary>
    public string Text(string key) => (map[key] as ComposeScalar)?.Text ?? "";

    /// <summary>A boolean.</summary>
    /// <exception cref="Model.Input.InputException">It says neither.</exception>
    public bool? Flag(string key)
    {
        if (map[key] is not ComposeScalar s) return null;
        return s.Text.ToLowerInvariant() switch
        {
            "true" or "yes" or "y" or "on" or "1" => true,
            "false" or "no" or "n" or "off" or "0" => false,
            _ => throw s.Place.Wrong($"{path.Next(key)}: invalid boolean: \"{s.Text}\"; it should be true or false"),
        };
    }

    /// <summary>A whole number.</summary>
    /// <exception cref="Model.Input.InputException">It is none.</exception>
    public int? Integer(string key)
    {
        if (map[key] is not ComposeScalar s) return null;
        if (int.TryParse(s.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int n)) return n;
        throw s.Place.Wrong($"{path.Next(key)} should be a whole number, but it is \"{s.Text}\"");
    }

    /// <summary>A list of single values, or one.</summary>
    public IReadOnlyList<ComposeScalar> Scalars(string key) => map[key] switch
    {
        ComposeScalar s => [s],
        ComposeList l => l.Items.OfType<ComposeScalar>().Where(s => s.Type != ScalarKind.Null).ToList(),
        _ => [],
    };

    /// <summary>Their texts.</summary>
    public IReadOnlyList<string> Texts(string key) => Scalars(key).Select(s => s.Text).ToList();

    /// <summary>A mapping or a list of "key=value", sorted by key as Compose's maps come out; null for a key without a value.</summary>
    public SortedDictionary<string, string?> Pairs(string key)
    {
        var pairs = new SortedDictionary<string, string?>(StringComparer.Ordinal);
        if (map[key] is ComposeMap m)
            foreach (var e in m.Entries) pairs[e.Key] = e.Value is ComposeScalar { Type: not ScalarKind.Null } s ? s.Text : null;
        if (map[key] is ComposeList l)
            foreach (string word in l.Items.OfType<ComposeScalar>().Select(s => s.Text))
            {
                int equals = word.IndexOf('=', StringComparison.Ordinal);
                pairs[equals < 0 ? word : word[..equals]] = equals < 0 ? null : word[(equals + 1)..];
            }
        return pairs;
    }

    /// <summary>The same with an empty text for no value.</summary>
    public SortedDictionary<string, string> TextMap(string key) => new(Pairs(key).ToDictionary(p => p.Key, p => p.Value ?? "", StringComparer.Ordinal), StringComparer.Ordinal);

    /// <summary>The fields of a mapping below, or null.</summary>
    public Fields? Below(string key) => map[key] is ComposeMap m ? new(m, path.Next(key)) : null;

    /// <summary>The mappings of a list below.</summary>
    public IEnumerable<Fields> Items(string key) => map[key] is ComposeList l ? l.Items.OfType<ComposeMap>().Select(m => new Fields(m, path.Next(key))) : [];

    /// <summary>A mapping of names to mappings or nothing, or a list of names.</summary>
    public IEnumerable<(string Name, ComposePlace Place, Fields? Value)> Named(string key) =>
        map[key] is { } node ? Merging.AsMap(node).Entries.Select(e => (e.Key, e.Place, e.Value is ComposeMap m ? new Fields(m, path.Next(key).Next(e.Key)) : null)) : [];
}
