namespace NetSim.Capture.Injection;

/// <summary>What was sent, and how far its timing was off.</summary>
public sealed record ReplayOutcome
{
    /// <summary>Frames that the interface took.</summary>
    public long Sent { get; init; }

    /// <summary>Their bytes.</summary>
    public long Bytes { get; init; }

    /// <summary>Frames longer than the interface takes.</summary>
    public long TooLong { get; init; }

    /// <summary>Frames that the interface refused for another reason.</summary>
    public long Refused { get; init; }

    /// <summary>Packets without an Ethernet header to send them with.</summary>
    public long WithoutHeader { get; init; }

    /// <summary>Packets of which the capture holds only a part; they were sent so.</summary>
    public long Cut { get; init; }

    /// <summary>From the first to the last.</summary>
    public TimeSpan Took { get; init; }

    /// <summary>How late frames left after their time: the median, in nanoseconds; 0 at top speed.</summary>
    public long LateMedian { get; init; }

    /// <summary>99 of 100 were not later.</summary>
    public long LateP99 { get; init; }

    /// <summary>The latest.</summary>
    public long LateMost { get; init; }

    /// <summary>Where files stopped making sense.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
