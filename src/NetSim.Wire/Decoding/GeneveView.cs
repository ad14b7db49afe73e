using System.Buffers.Binary;

namespace NetSim.Wire.Decoding;

/// <summary>GENEVE (RFC 8926, section 3.4).</summary>
public readonly ref struct GeneveView
{
    /// <summary>UDP port by IANA.</summary>
    public const int Port = 6081;

    private readonly ReadOnlySpan<byte> _bytes;

    private GeneveView(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>Reads a header with its options; false when it does not fit or the version is not 0.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out GeneveView view)
    {
        view = default;
        if (bytes.Length < 8 || bytes[0] >> 6 != 0 || bytes.Length < 8 + (bytes[0] & 0x3F) * 4) return false;
        view = new(bytes);
        return true;
    }

    /// <summary>Bytes of header and options.</summary>
    public int HeaderLength => 8 + (_bytes[0] & 0x3F) * 4;

    /// <summary>What it carries, as EtherType; 0x6558 is Ethernet.</summary>
    public ushort Protocol => BinaryPrimitives.ReadUInt16BigEndian(_bytes[2..]);

    /// <summary>Virtual network identifier: 24 bits.</summary>
    public uint NetworkIdentifier => BinaryPrimitives.ReadUInt32BigEndian(_bytes[4..]) >> 8;
}
