using System.Buffers.Binary;

namespace NetSim.Wire.Decoding;

/// <summary>The head of a TCP segment of which a snap length or an ICMP error may have left only a part (RFC 9293, section 3.1).</summary>
public readonly ref struct TcpHeaderView
{
    /// <summary>Bytes up to and with the window, fewer of which are not read.</summary>
    public const int LeastLength = 16;

    private readonly ReadOnlySpan<byte> _segment;

    private TcpHeaderView(ReadOnlySpan<byte> segment) => _segment = segment;

    /// <summary>Reads what is there; false when it ends before the window.</summary>
    public static bool TryRead(ReadOnlySpan<byte> segment, out TcpHeaderView view)
    {
        view = segment.Length < LeastLength ? default : new(segment);
        return segment.Length >= LeastLength;
    }

    /// <summary>Source port.</summary>
    public ushort SourcePort => BinaryPrimitives.ReadUInt16BigEndian(_segment);

    /// <summary>Destination port.</summary>
    public ushort DestinationPort => BinaryPrimitives.ReadUInt16BigEndian(_segment[2..]);

    /// <summary>Sequence number.</summary>
    public uint SequenceNumber => BinaryPrimitives.ReadUInt32BigEndian(_segment[4..]);

    /// <summary>Acknowledgment number as it stands there, also without ACK.</summary>
    public uint AcknowledgmentNumber => BinaryPrimitives.ReadUInt32BigEndian(_segment[8..]);

    /// <summary>Data offset in bytes: 0 to 60, below 20 is no header.</summary>
    public int HeaderLength => (_segment[12] >> 4) * 4;

    /// <summary>Does the data offset make sense?</summary>
    public bool HasWholeHeader => HeaderLength >= TcpView.LeastHeaderLength;

    /// <summary>Control bits.</summary>
    public TcpFlags Flags => (TcpFlags)(BinaryPrimitives.ReadUInt16BigEndian(_segment[12..]) & 0x1FF);

    /// <summary>Window as it stands there.</summary>
    public ushort Window => BinaryPrimitives.ReadUInt16BigEndian(_segment[14..]);

    /// <summary>Options, as far as they are there.</summary>
    public TcpOptions Options => HeaderLength <= TcpView.LeastHeaderLength || _segment.Length <= TcpView.LeastHeaderLength
        ? default
        : TcpOptions.Read(_segment[TcpView.LeastHeaderLength..Math.Min(HeaderLength, _segment.Length)]);
}
