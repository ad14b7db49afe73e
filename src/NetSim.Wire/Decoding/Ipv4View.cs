using System.Buffers.Binary;
using NetSim.Model.Addressing;
using NetSim.Model.Packets;

namespace NetSim.Wire.Decoding;

/// <summary>An IPv4 packet (RFC 791, section 3.1).</summary>
public readonly ref struct Ipv4View
{
    /// <summary>Bytes of a header without options.</summary>
    public const int LeastHeaderLength = 20;

    private readonly ReadOnlySpan<byte> _packet;

    private Ipv4View(ReadOnlySpan<byte> packet) => _packet = packet;

    /// <summary>Reads a packet; false when the version is not 4 or the header does not fit. A packet cut in its payload is read.</summary>
    public static bool TryRead(ReadOnlySpan<byte> packet, out Ipv4View view)
    {
        view = default;
        if (packet.Length < LeastHeaderLength || packet[0] >> 4 != 4) return false;
        int header = (packet[0] & 15) * 4;
        if (header < LeastHeaderLength || packet.Length < header) return false;
        int total = BinaryPrimitives.ReadUInt16BigEndian(packet[2..]);
        if (total != 0 && total < header) return false;
        // Total length 0 is what a tap shows of a segment that the card was to cut up (TSO): then all that is there belongs to it.
        view = new(total == 0 || total > packet.Length ? packet : packet[..total]);
        return true;
    }

    /// <summary>The packet without link padding.</summary>
    public ReadOnlySpan<byte> Bytes => _packet;

    /// <summary>IHL in bytes: 20 to 60.</summary>
    public int HeaderLength => (_packet[0] & 15) * 4;

    /// <summary>Type of service: DSCP and ECN (RFC 2474, RFC 3168).</summary>
    public byte TypeOfService => _packet[1];

    /// <summary>Total length as the header says it, in bytes; 0 on a tap before segmentation.</summary>
    public ushort TotalLength => BinaryPrimitives.ReadUInt16BigEndian(_packet[2..]);

    /// <summary>Identification, shared by the fragments of a packet.</summary>
    public ushort Identification => BinaryPrimitives.ReadUInt16BigEndian(_packet[4..]);

    /// <summary>DF.</summary>
    public bool DontFragment => (_packet[6] & 0x40) != 0;

    /// <summary>MF: more fragments follow.</summary>
    public bool MoreFragments => (_packet[6] & 0x20) != 0;

    /// <summary>Fragment offset in bytes.</summary>
    public int FragmentOffset => (BinaryPrimitives.ReadUInt16BigEndian(_packet[6..]) & 0x1FFF) * 8;

    /// <summary>Is it a piece of a larger packet?</summary>
    public bool IsFragment => (BinaryPrimitives.ReadUInt16BigEndian(_packet[6..]) & 0x3FFF) != 0;

    /// <summary>Time to live, in hops.</summary>
    public byte TimeToLive => _packet[8];

    /// <summary>What it carries.</summary>
    public IpProtocol Protocol => (IpProtocol)_packet[9];

    /// <summary>Header checksum as it stands there.</summary>
    public ushort HeaderChecksum => BinaryPrimitives.ReadUInt16BigEndian(_packet[10..]);

    /// <summary>Does the header sum up?</summary>
    public bool IsHeaderChecksumGood => _packet[0] == 0x45 ? Checksum.IsGoodHeader(_packet) : Checksum.Of(_packet[..HeaderLength]) == 0;

    /// <summary>Source address.</summary>
    public IpAddress Source => IpAddress.FromV4(BinaryPrimitives.ReadUInt32BigEndian(_packet[12..]));

    /// <summary>Destination address.</summary>
    public IpAddress Destination => IpAddress.FromV4(BinaryPrimitives.ReadUInt32BigEndian(_packet[16..]));

    /// <summary>Options as they lie there.</summary>
    public ReadOnlySpan<byte> Options => _packet[LeastHeaderLength..HeaderLength];

    /// <summary>What follows the header: of a fragment, its piece.</summary>
    public ReadOnlySpan<byte> Payload => _packet[HeaderLength..];

    /// <summary>Was the payload cut by a snap length?</summary>
    public bool IsCut => TotalLength > _packet.Length;

    /// <summary>The sum of the pseudo header for a payload of that length (RFC 793, section 3.1), not yet folded.</summary>
    public uint PseudoHeaderSum(int length) => Checksum.PseudoHeaderV4(_packet, (byte)Protocol, length);
}
