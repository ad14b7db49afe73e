namespace NetSim.Docker.Compose.Reading;

/// <summary>The way from the top of a Compose file to a value: services.web.ports.</summary>
internal sealed class ComposePath
{
    private readonly string[] _parts;

    private ComposePath(string[] parts) => _parts = parts;

    /// <summary>The top.</summary>
    public static ComposePath Top { get; } = new([]);

    /// <summary>The way to a key below; "[]" stands for the items of a list.</summary>
    public ComposePath Next(string key) => new([.. _parts, key]);

    /// <summary>Does it fit a pattern, where * stands for any key?</summary>
    public bool Fits(string pattern)
    {
        var parts = pattern.Split('.');
        return parts.Length == _parts.Length && !parts.Where((p, i) => p != "*" && p != _parts[i]).Any();
    }

    /// <summary>"services.web.ports".</summary>
    public override string ToString() => string.Join('.', _parts).Replace(".[", "[", StringComparison.Ordinal);
}
