using System.Buffers.Binary;

namespace NetSim.Wire.Decoding;

/// <summary>The head of an SCTP packet (RFC 9260, section 3.1) and of its first chunk.</summary>
public readonly ref struct SctpView
{
    /// <summary>Bytes before the first chunk.</summary>
    public const int HeaderLength = 12;

    private readonly ReadOnlySpan<byte> _bytes;

    private SctpView(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>Reads a packet; false when its header does not fit.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out SctpView view)
    {
        view = bytes.Length < HeaderLength ? default : new(bytes);
        return bytes.Length >= HeaderLength;
    }

    /// <summary>Source port.</summary>
    public ushort SourcePort => BinaryPrimitives.ReadUInt16BigEndian(_bytes);

    /// <summary>Destination port.</summary>
    public ushort DestinationPort => BinaryPrimitives.ReadUInt16BigEndian(_bytes[2..]);

    /// <summary>Which association, to its receiver.</summary>
    public uint VerificationTag => BinaryPrimitives.ReadUInt32BigEndian(_bytes[4..]);

    /// <summary>CRC32c as it stands there.</summary>
    public uint Checksum => BinaryPrimitives.ReadUInt32LittleEndian(_bytes[8..]);

    /// <summary>Type of the first chunk: 0 DATA, 1 INIT, 2 INIT ACK, 3 SACK, 6 ABORT, 7 SHUTDOWN, …; -1 without one.</summary>
    public int FirstChunk => _bytes.Length > HeaderLength ? _bytes[HeaderLength] : -1;
}
