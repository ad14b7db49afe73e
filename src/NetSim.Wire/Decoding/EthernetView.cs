using System.Buffers.Binary;
using NetSim.Model.Addressing;
using NetSim.Model.Packets;

namespace NetSim.Wire.Decoding;

/// <summary>An Ethernet II or 802.3 frame with up to eight VLAN tags (IEEE 802.3 clause 3, 802.1Q, 802.1ad). No frame check sequence: taps don't show it.</summary>
public readonly ref struct EthernetView
{
    /// <summary>Bytes of the header without tags.</summary>
    public const int HeaderLength = 14;

    private const int MostTags = 8;
    private readonly ReadOnlySpan<byte> _frame;

    private EthernetView(ReadOnlySpan<byte> frame, int typeOffset, ushort type, int tags)
    {
        _frame = frame;
        TypeOffset = typeOffset;
        EtherType = type;
        Tags = tags;
    }

    /// <summary>Reads a frame; false when it is shorter than its header and tags.</summary>
    public static bool TryRead(ReadOnlySpan<byte> frame, out EthernetView view)
    {
        view = default;
        if (frame.Length < HeaderLength) return false;
        int at = 12, tags = 0;
        ushort type = BinaryPrimitives.ReadUInt16BigEndian(frame[12..]);
        while (IsTag(type))
        {
            if (++tags > MostTags || frame.Length < at + 6) return false;
            at += 4;
            type = BinaryPrimitives.ReadUInt16BigEndian(frame[at..]);
        }
        view = new(frame, at, type, tags);
        return true;
    }

    /// <summary>Where the last EtherType lies: 12 without tags.</summary>
    public int TypeOffset { get; }

    /// <summary>The EtherType behind all tags; below 1536 it is an 802.3 length and an LLC header follows.</summary>
    public ushort EtherType { get; }

    /// <summary>How many VLAN tags it has.</summary>
    public int Tags { get; }

    /// <summary>Does it carry this?</summary>
    public bool Carries(EtherType type) => EtherType == (ushort)type;

    /// <summary>Destination address.</summary>
    public MacAddress Destination => MacAddress.Read(_frame);

    /// <summary>Source address.</summary>
    public MacAddress Source => MacAddress.Read(_frame[6..]);

    /// <summary>VLAN identifier of a tag (0 is the outer one): 0 to 4095; -1 when there is no such tag.</summary>
    public int VlanIdentifier(int tag) => tag >= Tags ? -1 : BinaryPrimitives.ReadUInt16BigEndian(_frame[(14 + 4 * tag)..]) & 0xFFF;

    /// <summary>Where the payload begins.</summary>
    public int PayloadOffset => TypeOffset + 2;

    /// <summary>What follows the header, with padding.</summary>
    public ReadOnlySpan<byte> Payload => _frame[PayloadOffset..];

    private static bool IsTag(ushort type) => type is (ushort)Model.Packets.EtherType.Vlan or (ushort)Model.Packets.EtherType.QinQ or 0x9100;
}
