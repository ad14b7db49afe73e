using System.Buffers.Binary;
using NetSim.Model.Addressing;

namespace NetSim.Wire.Decoding;

/// <summary>An ARP packet for Ethernet and IPv4 (RFC 826, "Packet format").</summary>
public readonly ref struct ArpView
{
    /// <summary>Bytes of the packet.</summary>
    public const int Length = 28;

    /// <summary>ar$op of a request.</summary>
    public const ushort Request = 1;

    /// <summary>ar$op of a reply.</summary>
    public const ushort Reply = 2;

    private readonly ReadOnlySpan<byte> _packet;

    private ArpView(ReadOnlySpan<byte> packet) => _packet = packet;

    /// <summary>Reads a packet; false when it is short or not about Ethernet and IPv4.</summary>
    public static bool TryRead(ReadOnlySpan<byte> packet, out ArpView view)
    {
        view = default;
        if (packet.Length < Length) return false;
        if (BinaryPrimitives.ReadUInt64BigEndian(packet) >> 16 != 0x0001_0800_0604) return false;
        view = new(packet[..Length]);
        return true;
    }

    /// <summary>ar$op: 1 request, 2 reply.</summary>
    public ushort Operation => BinaryPrimitives.ReadUInt16BigEndian(_packet[6..]);

    /// <summary>ar$sha, who says it.</summary>
    public MacAddress SenderHardwareAddress => MacAddress.Read(_packet[8..]);

    /// <summary>ar$spa, the address of who says it.</summary>
    public IpAddress SenderProtocolAddress => IpAddress.FromV4(BinaryPrimitives.ReadUInt32BigEndian(_packet[14..]));

    /// <summary>ar$tha, who is meant (zero in a request).</summary>
    public MacAddress TargetHardwareAddress => MacAddress.Read(_packet[18..]);

    /// <summary>ar$tpa, the address asked for.</summary>
    public IpAddress TargetProtocolAddress => IpAddress.FromV4(BinaryPrimitives.ReadUInt32BigEndian(_packet[24..]));
}
