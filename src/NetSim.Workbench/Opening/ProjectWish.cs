namespace NetSim.Workbench.Opening;

/// <summary>What may be said of a Compose project besides its file, as `docker compose` takes it.</summary>
public sealed record ProjectWish
{
    /// <summary>Files that are laid over the first one, in order (-f).</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>Profiles that are active (--profile).</summary>
    public IReadOnlyList<string> Profiles { get; init; } = [];

    /// <summary>Files of variables in place of .env (--env-file).</summary>
    public IReadOnlyList<string> EnvFiles { get; init; } = [];

    /// <summary>The project's name (--project-name), or null.</summary>
    public string? Name { get; init; }

    /// <summary>Is nothing said?</summary>
    public bool IsEmpty => Files.Count == 0 && Profiles.Count == 0 && EnvFiles.Count == 0 && Name is null;
}
