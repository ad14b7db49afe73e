namespace NetSim.Capture.Injection;

/// <summary>How captures are sent to a wire.</summary>
public sealed record ReplayOptions
{
    /// <summary>The interface, by name.</summary>
    public required string Interface { get; init; }

    /// <summary>The network namespace it is in, as a file; null: this one.</summary>
    public string? NamespaceFile { get; init; }

    /// <summary>So many times as fast as it was captured.</summary>
    public double Speed { get; init; } = 1;

    /// <summary>So many packets a second, evenly, in place of the capture's times; null: as captured.</summary>
    public double? PacketsPerSecond { get; init; }

    /// <summary>As fast as it goes?</summary>
    public bool IsTopSpeed { get; init; }

    /// <summary>How many times over.</summary>
    public int Loops { get; init; } = 1;

    /// <summary>Fits frames to where they are sent; null: they are sent as they are.</summary>
    public FrameFit? Fit { get; init; }
}
