using System.Buffers.Binary;
using NetSim.Model.Addressing;
using NetSim.Model.Packets;

namespace NetSim.Wire.Encoding;

/// <summary>An IPv4 header without options (RFC 791, section 3.1), to be written in place.</summary>
public readonly record struct Ipv4Header
{
    /// <summary>Bytes written.</summary>
    public const int Length = 20;

    /// <summary>A header with time to live 64 and DF.</summary>
    public Ipv4Header() { }

    /// <summary>Source address.</summary>
    public IpAddress Source { get; init; }

    /// <summary>Destination address.</summary>
    public IpAddress Destination { get; init; }

    /// <summary>What it carries.</summary>
    public IpProtocol Protocol { get; init; }

    /// <summary>Time to live, in hops.</summary>
    public byte TimeToLive { get; init; } = 64;

    /// <summary>DSCP and ECN.</summary>
    public byte TypeOfService { get; init; }

    /// <summary>Identification.</summary>
    public ushort Identification { get; init; }

    /// <summary>DF.</summary>
    public bool DontFragment { get; init; } = true;

    /// <summary>MF.</summary>
    public bool MoreFragments { get; init; }

    /// <summary>Fragment offset in bytes, a multiple of 8.</summary>
    public int FragmentOffset { get; init; }

    /// <summary>The sum of the pseudo header for a segment or datagram of that length.</summary>
    public uint PseudoHeaderSum(int length)
    {
        uint source = Source.V4, destination = Destination.V4;
        return (source >> 16) + (source & 0xFFFF) + (destination >> 16) + (destination & 0xFFFF) + (byte)Protocol + (uint)length;
    }

    /// <summary>Writes 20 bytes with their checksum.</summary>
    /// <param name="packet">What follows the link header.</param>
    /// <param name="payloadLength">Bytes that follow this header.</param>
    public void Write(Span<byte> packet, int payloadLength)
    {
        packet = packet[..Length];
        int flags = (DontFragment ? 0x4000 : 0) | (MoreFragments ? 0x2000 : 0) | FragmentOffset >> 3;
        BinaryPrimitives.WriteUInt32BigEndian(packet, 0x4500_0000u | (uint)TypeOfService << 16 | (ushort)(Length + payloadLength));
        BinaryPrimitives.WriteUInt32BigEndian(packet[4..], (uint)Identification << 16 | (uint)flags);
        BinaryPrimitives.WriteUInt32BigEndian(packet[8..], (uint)TimeToLive << 24 | (uint)Protocol << 16);
        BinaryPrimitives.WriteUInt32BigEndian(packet[12..], Source.V4);
        BinaryPrimitives.WriteUInt32BigEndian(packet[16..], Destination.V4);
        BinaryPrimitives.WriteUInt16BigEndian(packet[10..], Checksum.Of(packet));
    }
}
