namespace NetSim.Workbench.Analysing;

/// <summary>What is asked of an analysis.</summary>
public sealed record AnalysisWish
{
    /// <summary>Capture files; "-" is standard input. At least one.</summary>
    public required IReadOnlyList<string> Paths { get; init; }

    /// <summary>A bundle or scenario that names the addresses, or null.</summary>
    public string? Topology { get; init; }

    /// <summary>A filter in tcpdump's language, or null.</summary>
    public string? Filter { get; init; }

    /// <summary>Packets from then on; null: from the first.</summary>
    public CaptureMoment? From { get; init; }

    /// <summary>Packets up to then; null: to the last.</summary>
    public CaptureMoment? To { get; init; }

    /// <summary>Wait for more at the end of the file?</summary>
    public bool Follow { get; init; }

    /// <summary>How many streams to list singly.</summary>
    public int Streams { get; init; } = 300;

    /// <summary>Called now and then while packets are read.</summary>
    public Action<AnalysisProgress>? Progress { get; init; }

    /// <summary>Called with the figures so far whenever a followed file has nothing new.</summary>
    public Action<AnalysedCapture>? Idle { get; init; }
}

/// <summary>How far an analysis is.</summary>
/// <param name="Packets">Packets so far.</param>
/// <param name="Share">Of the files' bytes, 0 to 1; null when that isn't known.</param>
public readonly record struct AnalysisProgress(long Packets, double? Share);

/// <summary>A moment of a capture: a time of day, or so long after its first packet.</summary>
/// <param name="Nanoseconds">Since 1970, or since the first packet.</param>
/// <param name="IsRelative">Since the first packet?</param>
public readonly record struct CaptureMoment(long Nanoseconds, bool IsRelative)
{
    private const double LeastUnixSeconds = 100_000_000;

    /// <summary>"2.5" (seconds after the first packet), "1730555435.5" (Unix time) or "2024-11-02T13:50:35Z".</summary>
    public static CaptureMoment? Parse(string text)
    {
        var invariant = System.Globalization.CultureInfo.InvariantCulture;
        if (double.TryParse(text.TrimEnd('s'), System.Globalization.NumberStyles.AllowDecimalPoint, invariant, out double seconds) && seconds < 9_000_000_000)
            return new((long)(decimal)(seconds * 1e9), seconds < LeastUnixSeconds);
        const System.Globalization.DateTimeStyles Utc = System.Globalization.DateTimeStyles.AssumeUniversal | System.Globalization.DateTimeStyles.AdjustToUniversal;
        return DateTime.TryParse(text, invariant, Utc, out var time) ? new((time - DateTime.UnixEpoch).Ticks * 100, false) : null;
    }

    /// <summary>As nanoseconds since 1970.</summary>
    public long At(long first) => IsRelative ? first + Nanoseconds : Nanoseconds;
}
