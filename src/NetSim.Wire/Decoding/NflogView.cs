using System.Buffers.Binary;

namespace NetSim.Wire.Decoding;

/// <summary>A packet logged by Linux' NFLOG target: a head and values of type and length, the payload one of them (LINKTYPE_NFLOG of tcpdump.org).</summary>
public readonly ref struct NflogView
{
    private const int PayloadType = 9;
    private const int MostValues = 64;

    private NflogView(ushort etherType, int offset, int length)
    {
        EtherType = etherType;
        PayloadOffset = offset;
        PayloadLength = length;
    }

    /// <summary>Finds the payload; false when there is none.</summary>
    public static bool TryRead(ReadOnlySpan<byte> frame, out NflogView view)
    {
        view = default;
        if (frame.Length < 4 || frame[1] != 0) return false;
        for (int at = 4, n = 0; n < MostValues && at + 4 <= frame.Length; n++)
        {
            // Lengths and types are in the byte order of the computer that captured: of x86 and arm.
            int length = BinaryPrimitives.ReadUInt16LittleEndian(frame[at..]), type = BinaryPrimitives.ReadUInt16LittleEndian(frame[(at + 2)..]);
            if (length < 4) return false;
            if ((type & 0x7FFF) == PayloadType)
            {
                view = new(frame[0] switch { 2 => (ushort)Model.Packets.EtherType.Ipv4, 10 => (ushort)Model.Packets.EtherType.Ipv6, _ => 0 }, at + 4, length - 4);
                return true;
            }
            at += length + 3 & ~3;
        }
        return false;
    }

    /// <summary>What the payload is, by the address family; 0 when it is neither IPv4 nor IPv6.</summary>
    public ushort EtherType { get; }

    /// <summary>Where the payload begins.</summary>
    public int PayloadOffset { get; }

    /// <summary>Its length as the value says it.</summary>
    public int PayloadLength { get; }
}
