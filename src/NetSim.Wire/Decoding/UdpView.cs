using System.Buffers.Binary;

namespace NetSim.Wire.Decoding;

/// <summary>A UDP datagram (RFC 768, "Format").</summary>
public readonly ref struct UdpView
{
    /// <summary>Bytes of the header.</summary>
    public const int HeaderLength = 8;

    private readonly ReadOnlySpan<byte> _datagram;

    private UdpView(ReadOnlySpan<byte> datagram) => _datagram = datagram;

    /// <summary>Reads a datagram; false when it is shorter than its header or says so. Bytes beyond its length are left out.</summary>
    public static bool TryRead(ReadOnlySpan<byte> datagram, out UdpView view)
    {
        view = default;
        if (datagram.Length < HeaderLength) return false;
        int length = BinaryPrimitives.ReadUInt16BigEndian(datagram[4..]);
        if (length is > 0 and < HeaderLength) return false;
        view = new(length == 0 || length > datagram.Length ? datagram : datagram[..length]);
        return true;
    }

    /// <summary>Header and data.</summary>
    public ReadOnlySpan<byte> Bytes => _datagram;

    /// <summary>Source port.</summary>
    public ushort SourcePort => BinaryPrimitives.ReadUInt16BigEndian(_datagram);

    /// <summary>Destination port.</summary>
    public ushort DestinationPort => BinaryPrimitives.ReadUInt16BigEndian(_datagram[2..]);

    /// <summary>Length as the header says it, header included.</summary>
    public ushort Length => BinaryPrimitives.ReadUInt16BigEndian(_datagram[4..]);

    /// <summary>Checksum as it stands there; 0 means the sender made none.</summary>
    public ushort Checksum => BinaryPrimitives.ReadUInt16BigEndian(_datagram[6..]);

    /// <summary>The data.</summary>
    public ReadOnlySpan<byte> Payload => _datagram[HeaderLength..];
}
