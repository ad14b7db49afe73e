using System.Buffers.Binary;

namespace NetSim.Wire.Decoding;

/// <summary>A TCP segment (RFC 9293, section 3.1).</summary>
public readonly ref struct TcpView
{
    /// <summary>Bytes of a header without options.</summary>
    public const int LeastHeaderLength = 20;

    private readonly ReadOnlySpan<byte> _segment;

    private TcpView(ReadOnlySpan<byte> segment) => _segment = segment;

    /// <summary>Reads a segment; false when its header does not fit.</summary>
    public static bool TryRead(ReadOnlySpan<byte> segment, out TcpView view)
    {
        view = default;
        if (segment.Length < LeastHeaderLength) return false;
        int header = (segment[12] >> 4) * 4;
        if (header < LeastHeaderLength || segment.Length < header) return false;
        view = new(segment);
        return true;
    }

    /// <summary>Header and data.</summary>
    public ReadOnlySpan<byte> Bytes => _segment;

    /// <summary>Source port.</summary>
    public ushort SourcePort => BinaryPrimitives.ReadUInt16BigEndian(_segment);

    /// <summary>Destination port.</summary>
    public ushort DestinationPort => BinaryPrimitives.ReadUInt16BigEndian(_segment[2..]);

    /// <summary>Sequence number of the first data byte (or of SYN).</summary>
    public uint SequenceNumber => BinaryPrimitives.ReadUInt32BigEndian(_segment[4..]);

    /// <summary>The next sequence number that the sender expects; valid with ACK.</summary>
    public uint AcknowledgmentNumber => BinaryPrimitives.ReadUInt32BigEndian(_segment[8..]);

    /// <summary>Data offset in bytes: 20 to 60.</summary>
    public int HeaderLength => (_segment[12] >> 4) * 4;

    /// <summary>Control bits.</summary>
    public TcpFlags Flags => (TcpFlags)(BinaryPrimitives.ReadUInt16BigEndian(_segment[12..]) & 0x1FF);

    /// <summary>Window as it stands there; to be shifted by the window scale agreed on.</summary>
    public ushort Window => BinaryPrimitives.ReadUInt16BigEndian(_segment[14..]);

    /// <summary>Checksum as it stands there.</summary>
    public ushort Checksum => BinaryPrimitives.ReadUInt16BigEndian(_segment[16..]);

    /// <summary>Urgent pointer; valid with URG.</summary>
    public ushort UrgentPointer => BinaryPrimitives.ReadUInt16BigEndian(_segment[18..]);

    /// <summary>Options as they lie there.</summary>
    public ReadOnlySpan<byte> OptionBytes => _segment[LeastHeaderLength..HeaderLength];

    /// <summary>Options, read.</summary>
    public TcpOptions Options => TcpOptions.Read(OptionBytes);

    /// <summary>TSval of the timestamps option (RFC 7323, section 3.2), if it has one.</summary>
    public bool TryTimestamp(out uint value)
    {
        var bytes = OptionBytes;
        if (bytes.Length == 12 && BinaryPrimitives.ReadUInt32BigEndian(bytes) == 0x0101_080A) // NOP NOP timestamps, as nearly all have it
        {
            value = BinaryPrimitives.ReadUInt32BigEndian(bytes[4..]);
            return true;
        }
        var options = Options;
        value = options.TimestampValue;
        return options.HasTimestamps;
    }

    /// <summary>The data.</summary>
    public ReadOnlySpan<byte> Payload => _segment[HeaderLength..];

    /// <summary>Are all of these bits set?</summary>
    public bool Has(TcpFlags flags) => (Flags & flags) == flags;
}

/// <summary>Control bits of TCP (RFC 9293, section 3.1; NS: RFC 3540).</summary>
[Flags]
public enum TcpFlags : ushort
{
    /// <summary>None.</summary>
    None = 0,
    /// <summary>No more data from the sender.</summary>
    Fin = 1,
    /// <summary>Synchronise sequence numbers.</summary>
    Syn = 2,
    /// <summary>Reset the connection.</summary>
    Rst = 4,
    /// <summary>Hand the data on at once.</summary>
    Psh = 8,
    /// <summary>The acknowledgment number is valid.</summary>
    Ack = 16,
    /// <summary>The urgent pointer is valid.</summary>
    Urg = 32,
    /// <summary>ECN echo.</summary>
    Ece = 64,
    /// <summary>Congestion window reduced.</summary>
    Cwr = 128,
    /// <summary>Nonce sum.</summary>
    Ns = 256,
}
