using System.Buffers.Binary;
using NetSim.Model.Addressing;
using NetSim.Model.Packets;

namespace NetSim.Wire.Encoding;

/// <summary>An IPv6 header without extension headers (RFC 8200, section 3), to be written in place.</summary>
public readonly record struct Ipv6Header
{
    /// <summary>Bytes written.</summary>
    public const int Length = 40;

    /// <summary>A header with hop limit 64.</summary>
    public Ipv6Header() { }

    /// <summary>Source address.</summary>
    public IpAddress Source { get; init; }

    /// <summary>Destination address.</summary>
    public IpAddress Destination { get; init; }

    /// <summary>What it carries.</summary>
    public IpProtocol Protocol { get; init; }

    /// <summary>Hop limit.</summary>
    public byte HopLimit { get; init; } = 64;

    /// <summary>DSCP and ECN.</summary>
    public byte TrafficClass { get; init; }

    /// <summary>Flow label: 20 bits.</summary>
    public int FlowLabel { get; init; }

    /// <summary>The sum of the pseudo header for a segment or datagram of that length.</summary>
    public uint PseudoHeaderSum(int length)
    {
        Span<byte> addresses = stackalloc byte[32];
        Source.Write(addresses);
        Destination.Write(addresses[16..]);
        return Checksum.PseudoHeader(addresses, (byte)Protocol, length);
    }

    /// <summary>Writes 40 bytes.</summary>
    /// <param name="packet">What follows the link header.</param>
    /// <param name="payloadLength">Bytes that follow this header.</param>
    public void Write(Span<byte> packet, int payloadLength)
    {
        BinaryPrimitives.WriteUInt32BigEndian(packet, 6u << 28 | (uint)TrafficClass << 20 | (uint)FlowLabel & 0xFFFFF);
        BinaryPrimitives.WriteUInt32BigEndian(packet[4..], (uint)(ushort)payloadLength << 16 | (uint)Protocol << 8 | HopLimit);
        Source.Write(packet[8..]);
        Destination.Write(packet[24..]);
    }
}
