using System.Buffers.Binary;

namespace NetSim.Wire.Decoding;

/// <summary>LLC (IEEE 802.2) with SNAP (RFC 1042).</summary>
public readonly ref struct LlcView
{
    private LlcView(int headerLength, ushort etherType)
    {
        HeaderLength = headerLength;
        EtherType = etherType;
    }

    /// <summary>Reads a header; false when it does not fit.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out LlcView view)
    {
        view = default;
        if (bytes.Length < 3) return false;
        if (bytes[0] == 0xAA && bytes[1] == 0xAA && bytes[2] == 3)
        {
            if (bytes.Length < 8) return false;
            // An organisation of 0 (RFC 1042) or 0xF8 (802.1H) is followed by an EtherType.
            bool ether = bytes[3] == 0 && bytes[4] == 0 && bytes[5] is 0 or 0xF8;
            view = new(8, ether ? BinaryPrimitives.ReadUInt16BigEndian(bytes[6..]) : (ushort)0);
            return true;
        }
        // Unnumbered frames have one byte of control, others two.
        view = new((bytes[2] & 3) == 3 ? 3 : 4, bytes[0] == 6 && bytes[1] == 6 ? (ushort)Model.Packets.EtherType.Ipv4 : (ushort)0);
        return bytes.Length >= view.HeaderLength;
    }

    /// <summary>Bytes before what it carries.</summary>
    public int HeaderLength { get; }

    /// <summary>What it carries; 0 for what has no EtherType (spanning tree, CDP).</summary>
    public ushort EtherType { get; }
}
