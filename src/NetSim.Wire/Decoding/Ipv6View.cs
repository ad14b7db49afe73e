using System.Buffers.Binary;
using NetSim.Model.Addressing;
using NetSim.Model.Packets;

namespace NetSim.Wire.Decoding;

/// <summary>An IPv6 packet with its extension headers walked (RFC 8200, sections 3 and 4).</summary>
public readonly ref struct Ipv6View
{
    /// <summary>Bytes of the fixed header.</summary>
    public const int HeaderLength = 40;

    private const int MostExtensions = 16;
    private readonly ReadOnlySpan<byte> _packet;

    private Ipv6View(ReadOnlySpan<byte> packet, Walk walk)
    {
        _packet = packet;
        PayloadOffset = walk.Offset;
        Protocol = (IpProtocol)walk.Next;
        FragmentOffset = walk.FragmentOffset;
        MoreFragments = walk.MoreFragments;
        FragmentHeaderOffset = walk.FragmentAt;
    }

    /// <summary>Reads a packet; false when the version is not 6 or the headers do not fit. A packet cut in its payload is read.</summary>
    public static bool TryRead(ReadOnlySpan<byte> packet, out Ipv6View view)
    {
        view = default;
        if (packet.Length < HeaderLength || packet[0] >> 4 != 6) return false;
        int length = BinaryPrimitives.ReadUInt16BigEndian(packet[4..]);
        // Payload length 0 is a jumbogram or, on a tap, a segment before it was cut up: all that is there belongs to it.
        if (length != 0 && HeaderLength + length < packet.Length) packet = packet[..(HeaderLength + length)];
        var walk = new Walk { Offset = HeaderLength, Next = packet[6], FragmentAt = -1 };
        for (int n = 0; n < MostExtensions && walk.FragmentOffset == 0 && IsExtension(walk.Next); n++)
            if (!walk.Step(packet)) return false;
        view = new(packet, walk);
        return true;
    }

    /// <summary>The packet without link padding.</summary>
    public ReadOnlySpan<byte> Bytes => _packet;

    /// <summary>Traffic class: DSCP and ECN.</summary>
    public byte TrafficClass => (byte)(BinaryPrimitives.ReadUInt16BigEndian(_packet) >> 4);

    /// <summary>Flow label: 20 bits.</summary>
    public int FlowLabel => (int)(BinaryPrimitives.ReadUInt32BigEndian(_packet) & 0xFFFFF);

    /// <summary>Payload length as the header says it, extension headers included.</summary>
    public ushort PayloadLength => BinaryPrimitives.ReadUInt16BigEndian(_packet[4..]);

    /// <summary>Next header of the fixed header.</summary>
    public byte NextHeader => _packet[6];

    /// <summary>Hop limit.</summary>
    public byte HopLimit => _packet[7];

    /// <summary>Source address.</summary>
    public IpAddress Source => IpAddress.Read(_packet.Slice(8, 16));

    /// <summary>Destination address.</summary>
    public IpAddress Destination => IpAddress.Read(_packet.Slice(24, 16));

    /// <summary>What it carries behind all extension headers.</summary>
    public IpProtocol Protocol { get; }

    /// <summary>Where that begins.</summary>
    public int PayloadOffset { get; }

    /// <summary>Fragment offset in bytes (RFC 8200, section 4.5).</summary>
    public int FragmentOffset { get; }

    /// <summary>More fragments follow.</summary>
    public bool MoreFragments { get; }

    /// <summary>Where the fragment header lies, or -1.</summary>
    public int FragmentHeaderOffset { get; }

    /// <summary>Is it a piece of a larger packet?</summary>
    public bool IsFragment => FragmentOffset != 0 || MoreFragments;

    /// <summary>Identification of the fragment header; 0 without one.</summary>
    public uint Identification => FragmentHeaderOffset < 0 ? 0 : BinaryPrimitives.ReadUInt32BigEndian(_packet[(FragmentHeaderOffset + 4)..]);

    /// <summary>What follows the extension headers: of a fragment, its piece.</summary>
    public ReadOnlySpan<byte> Payload => _packet[PayloadOffset..];

    /// <summary>Was the payload cut by a snap length?</summary>
    public bool IsCut => HeaderLength + PayloadLength > _packet.Length;

    /// <summary>The sum of the pseudo header for an upper layer of that length (RFC 8200, section 8.1), not yet folded.</summary>
    public uint PseudoHeaderSum(int length) => Checksum.PseudoHeader(_packet.Slice(8, 32), (byte)Protocol, length);

    private static bool IsExtension(byte next) => next is 0 or 43 or 44 or 51 or 60 or 135;

    private struct Walk
    {
        public int Offset, FragmentOffset, FragmentAt;
        public byte Next;
        public bool MoreFragments;

        /// <summary>Passes one extension header; false when it does not fit.</summary>
        public bool Step(ReadOnlySpan<byte> packet)
        {
            if (packet.Length < Offset + 8) return false;
            byte kind = Next;
            int length = kind switch { 44 => 8, 51 => (packet[Offset + 1] + 2) * 4, _ => (packet[Offset + 1] + 1) * 8 };
            if (packet.Length < Offset + length) return false;
            if (kind == 44)
            {
                int field = BinaryPrimitives.ReadUInt16BigEndian(packet[(Offset + 2)..]);
                FragmentAt = Offset;
                FragmentOffset = field & 0xFFF8;
                MoreFragments = (field & 1) != 0;
            }
            Next = packet[Offset];
            Offset += length;
            return true;
        }
    }
}
