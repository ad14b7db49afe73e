using System.Buffers.Binary;

namespace NetSim.Wire.Decoding;

/// <summary>PPP over Ethernet (RFC 2516, section 4).</summary>
public readonly ref struct PppoeView
{
    /// <summary>EtherType of the discovery stage.</summary>
    public const ushort DiscoveryEtherType = 0x8863;

    /// <summary>EtherType of the session stage.</summary>
    public const ushort SessionEtherType = 0x8864;

    /// <summary>Bytes of the header.</summary>
    public const int HeaderLength = 6;

    private readonly ReadOnlySpan<byte> _bytes;

    private PppoeView(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>Reads a packet; false when its header does not fit.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out PppoeView view)
    {
        view = bytes.Length < HeaderLength ? default : new(bytes);
        return bytes.Length >= HeaderLength;
    }

    /// <summary>0 is a packet of the session stage.</summary>
    public byte Code => _bytes[1];

    /// <summary>Which session.</summary>
    public ushort SessionId => BinaryPrimitives.ReadUInt16BigEndian(_bytes[2..]);

    /// <summary>Length of the payload as the header says it.</summary>
    public ushort Length => BinaryPrimitives.ReadUInt16BigEndian(_bytes[4..]);

    /// <summary>What follows: of the session stage a PPP frame without address and control.</summary>
    public ReadOnlySpan<byte> Payload => _bytes.Slice(HeaderLength, Math.Min(Length, _bytes.Length - HeaderLength));
}
