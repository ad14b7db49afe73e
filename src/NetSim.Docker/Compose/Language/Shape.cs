using NetSim.Docker.Compose.Reading;
using NetSim.Model.Input;

namespace NetSim.Docker.Compose.Language;

/// <summary>What a value may be: single values of some kinds, a list of a shape, a mapping with these keys.</summary>
internal sealed class Shape
{
    private readonly Dictionary<string, Shape> _keys = new(StringComparer.Ordinal);
    private ScalarKind _scalars;
    private Shape? _items;
    private Shape? _rest;
    private bool _map;
    private bool _free;
    private string[] _words = [];
    private string[] _required = [];

    private Shape()
    {
    }

    /// <summary>Anything.</summary>
    public static Shape Anything { get; } = new() { _free = true };

    /// <summary>Single values of these kinds. A text is always one too where a number or boolean is: a variable may have made it.</summary>
    public static Shape Of(ScalarKind kinds) => new() { _scalars = kinds };

    /// <summary>One of these words.</summary>
    public static Shape Word(params string[] words) => new() { _scalars = ScalarKind.Text, _words = words };

    /// <summary>A mapping; its keys are added with <see cref="With(Shape, string[])"/>.</summary>
    public static Shape Map() => new() { _map = true };

    /// <summary>A mapping whose keys are the user's.</summary>
    public static Shape MapOf(Shape values) => new() { _map = true, _rest = values };

    /// <summary>A list.</summary>
    public static Shape ListOf(Shape items) => new() { _items = items };

    /// <summary>Keys of the mapping.</summary>
    public Shape With(Shape shape, params string[] keys)
    {
        foreach (string key in keys) _keys[key] = shape;
        return this;
    }

    /// <summary>Keys that must be there.</summary>
    public Shape Requiring(params string[] keys)
    {
        _required = keys;
        return this;
    }

    /// <summary>This or another; mappings and lists are taken from whichever has them.</summary>
    public Shape Or(Shape other)
    {
        var both = new Shape { _scalars = _scalars | other._scalars, _items = _items ?? other._items, _map = _map || other._map, _rest = _rest ?? other._rest, _words = [.. _words, .. other._words], _required = [.. _required, .. other._required] };
        foreach (var (key, shape) in _keys.Concat(other._keys)) both._keys[key] = shape;
        return both;
    }

    /// <summary>Complains about the first thing that does not fit.</summary>
    /// <exception cref="InputException">Something does not fit.</exception>
    public void Check(ComposeValue node, ComposePath path)
    {
        if (_free) return;
        switch (node)
        {
            case ComposeScalar s when _scalars.HasFlag(s.Type): Known(s, path); break;
            case ComposeList l when _items is not null: Items(l, path); break;
            case ComposeMap m when _map: Keys(m, path); break;
            default: throw node.Place.Wrong($"{path} must be {Wanted()}, but it is {node.Kind}");
        }
    }

    private void Known(ComposeScalar s, ComposePath path)
    {
        if (_words.Length == 0 || s.Type != ScalarKind.Text || _words.Contains(s.Text)) return;
        string hint = Suggestion.For(s.Text, _words);
        throw s.Place.Wrong($"{path} must be one of {string.Join(", ", _words)}, but it is \"{s.Text}\"{hint}");
    }

    private void Items(ComposeList l, ComposePath path)
    {
        for (int i = 0; i < l.Items.Count; i++) _items!.Check(l.Items[i], path.Next($"[{i}]"));
    }

    private void Keys(ComposeMap m, ComposePath path)
    {
        foreach (var e in m.Entries)
        {
            if (_keys.TryGetValue(e.Key, out var shape)) shape.Check(e.Value, path.Next(e.Key));
            else if (_rest is not null) _rest.Check(e.Value, path.Next(e.Key));
            else if (!e.Key.StartsWith("x-", StringComparison.Ordinal)) throw e.Place.Wrong($"{path.Next(e.Key)}: additional properties '{e.Key}' not allowed{Suggestion.For(e.Key, _keys.Keys)}");
        }
        if (_required.FirstOrDefault(r => m.Find(r) is null) is { } missing) throw m.Place.Wrong($"{path}: missing property '{missing}'");
    }

    private string Wanted()
    {
        var kinds = new List<string>();
        if (_map) kinds.Add("a mapping");
        if (_items is not null) kinds.Add("a list");
        if (_scalars.HasFlag(ScalarKind.Boolean)) kinds.Add("a boolean");
        if (_scalars.HasFlag(ScalarKind.Integer) || _scalars.HasFlag(ScalarKind.Float)) kinds.Add("a number");
        if (_scalars.HasFlag(ScalarKind.Text)) kinds.Add("a string");
        return kinds.Count < 2 ? string.Concat(kinds) : $"{string.Join(", ", kinds.Take(kinds.Count - 1))} or {kinds[^1]}";
    }
}
