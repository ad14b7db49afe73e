namespace NetSim.Docker.Compose;

/// <summary>What is chosen about an `up` or `down`.</summary>
public sealed record ComposeChoice
{
    /// <summary>These services alone, with what they depend on; empty: all.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>Numbers of containers by service (--scale).</summary>
    public IReadOnlyDictionary<string, int> Scale { get; init; } = new Dictionary<string, int>(StringComparer.Ordinal);

    /// <summary>--no-start: made, not started.</summary>
    public bool NoStart { get; init; }

    /// <summary>--no-deps: without what the services depend on.</summary>
    public bool NoDependencies { get; init; }

    /// <summary>--force-recreate.</summary>
    public bool ForceRecreate { get; init; }

    /// <summary>--no-recreate.</summary>
    public bool NoRecreate { get; init; }

    /// <summary>--remove-orphans.</summary>
    public bool RemoveOrphans { get; init; }
}

/// <summary>What Compose is going to do.</summary>
/// <param name="Operations">In order.</param>
/// <param name="Error">Why it can't be done; empty when it can.</param>
/// <param name="Warnings">What it warns of.</param>
public sealed record ComposePlan(IReadOnlyList<ComposeOperation> Operations, string Error, IReadOnlyList<string> Warnings);
