namespace NetSim.Workbench.Live;

/// <summary>What is asked of a replay to a wire.</summary>
public sealed record WireWish
{
    /// <summary>Capture files, one after the other; "-" is standard input. At least one.</summary>
    public required IReadOnlyList<string> Paths { get; init; }

    /// <summary>The interface, by name.</summary>
    public required string Interface { get; init; }

    /// <summary>A name under /run/netns, or a file; null: this namespace.</summary>
    public string? Namespace { get; init; }

    /// <summary>So many times as fast as it was captured.</summary>
    public double Speed { get; init; } = 1;

    /// <summary>So many packets a second; null: as captured.</summary>
    public double? PacketsPerSecond { get; init; }

    /// <summary>As fast as it goes?</summary>
    public bool IsTopSpeed { get; init; }

    /// <summary>How many times over.</summary>
    public int Loops { get; init; } = 1;

    /// <summary>A bundle or scenario whose addresses the frames get; null: they are sent as they are.</summary>
    public string? Topology { get; init; }

    /// <summary>"10.0.0.5=web": which address becomes whose; a container's name, host, or an address.</summary>
    public IReadOnlyList<string> Maps { get; init; } = [];
}

/// <summary>What a replay to a wire came to.</summary>
public sealed record WireOutcome
{
    /// <summary>The interface.</summary>
    public required string Interface { get; init; }

    /// <summary>Frames that it took.</summary>
    public required long Sent { get; init; }

    /// <summary>Their bytes.</summary>
    public required long Bytes { get; init; }

    /// <summary>Frames that were not sent.</summary>
    public required long NotSent { get; init; }

    /// <summary>From the first to the last.</summary>
    public required double Seconds { get; init; }

    /// <summary>How late frames left after their time, in microseconds: the median. Null at top speed.</summary>
    public double? LateMedianUs { get; init; }

    /// <summary>99 of 100 were not later. Null at top speed.</summary>
    public double? LateP99Us { get; init; }

    /// <summary>The latest. Null at top speed.</summary>
    public double? LateMaxUs { get; init; }

    /// <summary>Which address became which, as text.</summary>
    public IReadOnlyDictionary<string, string> Addresses { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>What a user should know.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
