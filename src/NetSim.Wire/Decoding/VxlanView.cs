using System.Buffers.Binary;

namespace NetSim.Wire.Decoding;

/// <summary>VXLAN (RFC 7348, section 5).</summary>
public readonly ref struct VxlanView
{
    /// <summary>UDP port by IANA.</summary>
    public const int Port = 4789;

    /// <summary>Bytes of the header.</summary>
    public const int HeaderLength = 8;

    private readonly ReadOnlySpan<byte> _bytes;

    private VxlanView(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>Reads a header; false when it does not fit.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out VxlanView view)
    {
        view = bytes.Length < HeaderLength ? default : new(bytes);
        return bytes.Length >= HeaderLength;
    }

    /// <summary>VXLAN network identifier: 24 bits.</summary>
    public uint NetworkIdentifier => BinaryPrimitives.ReadUInt32BigEndian(_bytes[4..]) >> 8;

    /// <summary>The Ethernet frame inside.</summary>
    public ReadOnlySpan<byte> Payload => _bytes[HeaderLength..];
}
