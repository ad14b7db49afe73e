namespace NetSim.Capture.Live;

/// <summary>A live packet where the kernel or libpcap put it; there until its source is asked for the next.</summary>
internal unsafe struct RawPacket
{
    /// <summary>Its first byte.</summary>
    public byte* Bytes;

    /// <summary>Bytes that are there.</summary>
    public int Captured;

    /// <summary>Bytes on the wire.</summary>
    public int Length;

    /// <summary>Nanoseconds since 1970.</summary>
    public long UnixNanoseconds;

    /// <summary>Did the interface send it? Null: not known.</summary>
    public bool? Outbound;
}
