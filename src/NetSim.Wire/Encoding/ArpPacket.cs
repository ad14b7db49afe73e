using System.Buffers.Binary;
using NetSim.Model.Addressing;

namespace NetSim.Wire.Encoding;

/// <summary>Writes ARP packets for Ethernet and IPv4 (RFC 826, "Packet format") in place.</summary>
public static class ArpPacket
{
    /// <summary>Bytes written.</summary>
    public const int Length = 28;

    /// <summary>Writes 28 bytes.</summary>
    /// <param name="packet">What follows the Ethernet header.</param>
    /// <param name="operation">1 request, 2 reply.</param>
    /// <param name="sender">Who says it.</param>
    /// <param name="target">Who is meant; the MAC is zero in a request.</param>
    public static void Write(Span<byte> packet, ushort operation, (MacAddress Mac, IpAddress Ip) sender, (MacAddress Mac, IpAddress Ip) target)
    {
        BinaryPrimitives.WriteUInt64BigEndian(packet, 0x0001_0800_0604_0000UL | operation);
        sender.Mac.Write(packet[8..]);
        sender.Ip.Write(packet[14..]);
        target.Mac.Write(packet[18..]);
        target.Ip.Write(packet[24..]);
    }
}
