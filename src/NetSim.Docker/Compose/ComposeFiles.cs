namespace NetSim.Docker.Compose;

/// <summary>The files and the environment that a Compose project is read from.</summary>
public sealed class ComposeFiles
{
    /// <summary>The text of a file by its path as the user named it; null where there is no such file.</summary>
    /// <exception cref="Model.Input.InputException">It is there and can't be read.</exception>
    public required Func<string, string?> Read { get; init; }

    /// <summary>Variables of the environment: they fill in ${A}, and COMPOSE_PROJECT_NAME and COMPOSE_PROFILES count.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}

/// <summary>Which Compose project is meant.</summary>
public sealed record ComposeWish
{
    /// <summary>The files in order, later ones laid over earlier ones (-f); with <see cref="Folder"/> alone the usual names are looked for.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>Were the files named with -f, so that no compose.override.yaml is looked for?</summary>
    public bool FilesAlone { get; init; }

    /// <summary>The project's folder; null: that of the first file.</summary>
    public string? Folder { get; init; }

    /// <summary>The project's name (-p); null: COMPOSE_PROJECT_NAME, else `name:`, else the folder's name.</summary>
    public string? Name { get; init; }

    /// <summary>Profiles that are active (--profile); none: COMPOSE_PROFILES.</summary>
    public IReadOnlyList<string> Profiles { get; init; } = [];

    /// <summary>Files of variables (--env-file) in place of .env.</summary>
    public IReadOnlyList<string> EnvFiles { get; init; } = [];
}
