namespace NetSim.Capture.Files;

/// <summary>A packet of a capture. Its bytes lie in the reader's buffer and are gone with the next read.</summary>
public readonly ref struct CapturedPacket
{
    /// <summary>What was captured, from the link header on.</summary>
    public ReadOnlySpan<byte> Bytes { get; init; }

    /// <summary>Length on the wire, in bytes: more than was captured when a snap length cut it.</summary>
    public int OriginalLength { get; init; }

    /// <summary>When, in nanoseconds since 1970; 0 without a time.</summary>
    public long UnixNanoseconds { get; init; }

    /// <summary>False for a simple packet of pcapng, which has no time.</summary>
    public bool HasTime { get; init; }

    /// <summary>Index into <see cref="CaptureReader.Interfaces"/>.</summary>
    public int Interface { get; init; }

    /// <summary>Did the interface send it? Null when the file does not say (epb_flags of pcapng).</summary>
    public bool? Outbound { get; init; }
}
