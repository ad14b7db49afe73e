namespace NetSim.Capture.Live;

/// <summary>When a capture goes on in another file, and how many are kept.</summary>
public sealed record FileRing
{
    /// <summary>Another file when this one has so many bytes; null: no matter.</summary>
    public long? Bytes { get; init; }

    /// <summary>Another file after so long; null: no matter.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>Another file after so many packets; null: no matter.</summary>
    public long? Packets { get; init; }

    /// <summary>How many files are kept; the oldest goes first. Null: all.</summary>
    public int? Files { get; init; }

    /// <summary>Does anything ask for several files?</summary>
    public bool IsAsked => Bytes is not null || Duration is not null || Packets is not null;
}
