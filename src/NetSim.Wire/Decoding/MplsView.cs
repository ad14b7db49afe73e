using System.Buffers.Binary;

namespace NetSim.Wire.Decoding;

/// <summary>A stack of MPLS labels (RFC 3032, section 2.1).</summary>
public readonly ref struct MplsView
{
    /// <summary>EtherType of MPLS unicast; multicast is one more.</summary>
    public const ushort EtherType = 0x8847;

    private const int MostLabels = 32;

    private MplsView(int headerLength, uint bottom, int nibble)
    {
        HeaderLength = headerLength;
        BottomLabel = bottom >> 12;
        Nibble = nibble;
    }

    /// <summary>Walks to the bottom of the stack; false when it does not fit.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out MplsView view)
    {
        view = default;
        for (int at = 0, n = 0; n < MostLabels && bytes.Length >= at + 4; n++, at += 4)
        {
            uint entry = BinaryPrimitives.ReadUInt32BigEndian(bytes[at..]);
            if ((entry & 0x100) == 0) continue;
            view = new(at + 4, entry, bytes.Length > at + 4 ? bytes[at + 4] >> 4 : -1);
            return true;
        }
        return false;
    }

    /// <summary>Bytes of all labels.</summary>
    public int HeaderLength { get; }

    /// <summary>The last label.</summary>
    public uint BottomLabel { get; }

    /// <summary>The first four bits behind it, by which IP is told (RFC 4928, section 3): 4, 6, or a pseudowire's; -1 when nothing follows.</summary>
    public int Nibble { get; }
}
