namespace NetSim.Docker.Compose.Reading;

/// <summary>How a value meets what an earlier file said of the same thing. Source: compose-spec 13-merge.md, "Reset value" and "Replace value".</summary>
internal enum Meeting
{
    /// <summary>By the rules of merging.</summary>
    Merged,
    /// <summary>!reset: the earlier value goes.</summary>
    Reset,
    /// <summary>!override: this value alone stays.</summary>
    Override,
}

/// <summary>What a single value is.</summary>
[Flags]
internal enum ScalarKind
{
    /// <summary>No value.</summary>
    Null = 1,
    /// <summary>true, false.</summary>
    Boolean = 2,
    /// <summary>80.</summary>
    Integer = 4,
    /// <summary>0.5.</summary>
    Float = 8,
    /// <summary>Anything else, and all that is in quotes.</summary>
    Text = 16,
}

/// <summary>A value of a Compose file that knows its place. Values never change; merging makes new ones.</summary>
internal abstract record ComposeValue(ComposePlace Place)
{
    /// <summary>How it meets an earlier value.</summary>
    public Meeting Meeting { get; init; }

    /// <summary>"a list", for complaints.</summary>
    public abstract string Kind { get; }

    /// <summary>Is it there at all (not null)?</summary>
    public bool IsNull => this is ComposeScalar { Type: ScalarKind.Null };
}

/// <summary>A single value. Numbers and booleans have the text that Go prints of them.</summary>
internal sealed record ComposeScalar(ComposePlace Place, string Text, ScalarKind Type) : ComposeValue(Place)
{
    /// <inheritdoc/>
    public override string Kind => Type switch { ScalarKind.Null => "empty", ScalarKind.Boolean => "a boolean", ScalarKind.Integer or ScalarKind.Float => "a number", _ => "a string" };
}

/// <summary>A list.</summary>
internal sealed record ComposeList(ComposePlace Place, IReadOnlyList<ComposeValue> Items) : ComposeValue(Place)
{
    /// <inheritdoc/>
    public override string Kind => "a list";
}

/// <summary>A key and its value.</summary>
internal sealed record ComposeEntry(string Key, ComposePlace Place, ComposeValue Value);

/// <summary>A mapping; its entries keep their order.</summary>
internal sealed record ComposeMap(ComposePlace Place, IReadOnlyList<ComposeEntry> Entries) : ComposeValue(Place)
{
    private Dictionary<string, ComposeEntry>? _byKey;

    /// <inheritdoc/>
    public override string Kind => "a mapping";

    /// <summary>The entry of a key, or null.</summary>
    public ComposeEntry? Find(string key)
    {
        _byKey ??= Entries.ToDictionary(e => e.Key, StringComparer.Ordinal);
        return _byKey.GetValueOrDefault(key);
    }

    /// <summary>The value of a key, or null; an empty value counts as none.</summary>
    public ComposeValue? this[string key] => Find(key) is { Value.IsNull: false } e ? e.Value : null;

    /// <summary>The same without some keys.</summary>
    public ComposeMap Without(params string[] keys) => new(Place, Entries.Where(e => !keys.Contains(e.Key)).ToList()) { Meeting = Meeting };

    /// <summary>The same with a value in place of a key's, or at the end.</summary>
    public ComposeMap With(string key, ComposeValue value)
    {
        var entry = new ComposeEntry(key, Find(key)?.Place ?? value.Place, value);
        return Find(key) is null ? new(Place, [.. Entries, entry]) { Meeting = Meeting } : new(Place, Entries.Select(e => e.Key == key ? entry : e).ToList()) { Meeting = Meeting };
    }
}
