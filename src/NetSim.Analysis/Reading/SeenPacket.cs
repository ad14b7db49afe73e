namespace NetSim.Analysis.Reading;

/// <summary>A packet as a capture shows it, for <see cref="CaptureAnalysis.Add"/>.</summary>
public readonly ref struct SeenPacket
{
    /// <summary>What was captured, from the link header on.</summary>
    public ReadOnlySpan<byte> Bytes { get; init; }

    /// <summary>Length on the wire, in bytes.</summary>
    public int OriginalLength { get; init; }

    /// <summary>When, in nanoseconds since 1970.</summary>
    public long UnixNanoseconds { get; init; }

    /// <summary>False for a packet that has no time.</summary>
    public bool HasTime { get; init; }

    /// <summary>LINKTYPE number.</summary>
    public int LinkType { get; init; }

    /// <summary>The interface's number in the file; -1 where files name none.</summary>
    public int Interface { get; init; }

    /// <summary>Was the same packet seen before at another place? Then it is counted, but not judged: it is no retransmission.</summary>
    public bool IsRepeated { get; init; }
}
