using System.Buffers.Binary;
using NetSim.Model.Addressing;
using NetSim.Model.Packets;

namespace NetSim.Wire.Encoding;

/// <summary>What routers and NAT change in an IPv4 packet in place, with the checksums kept right (RFC 1624). The packet must have been read by <see cref="Decoding.Ipv4View"/> before.</summary>
public static class Rewrite
{
    /// <summary>One hop less to live. Returns what is left.</summary>
    public static byte DecrementTimeToLive(Span<byte> packet)
    {
        ushort before = BinaryPrimitives.ReadUInt16BigEndian(packet[8..]);
        packet[8]--;
        Update(packet[10..], before, BinaryPrimitives.ReadUInt16BigEndian(packet[8..]));
        return packet[8];
    }

    /// <summary>Another source: address, and port of TCP or UDP (or identifier of an ICMP echo).</summary>
    public static void Source(Span<byte> packet, IpAddress address, Port port) => End(packet, 12, 0, address, port);

    /// <summary>Another destination: address, and port of TCP or UDP (or identifier of an ICMP echo).</summary>
    public static void Destination(Span<byte> packet, IpAddress address, Port port) => End(packet, 16, 2, address, port);

    private static void End(Span<byte> packet, int addressAt, int portAt, IpAddress address, Port port)
    {
        uint before = BinaryPrimitives.ReadUInt32BigEndian(packet[addressAt..]);
        BinaryPrimitives.WriteUInt32BigEndian(packet[addressAt..], address.V4);
        UpdateAddress(packet[10..], before, address.V4);
        bool first = (BinaryPrimitives.ReadUInt16BigEndian(packet[6..]) & 0x1FFF) == 0;
        if (!first) return;
        var protocol = (IpProtocol)packet[9];
        var payload = packet[((packet[0] & 15) * 4)..];
        if (protocol == IpProtocol.Tcp && payload.Length >= 18) Transport(payload, portAt, 16, (before, address.V4), port.Number);
        else if (protocol == IpProtocol.Udp && payload.Length >= 8) Udp(payload, portAt, (before, address.V4), port.Number);
        else if (protocol == IpProtocol.Icmp && payload.Length >= 8 && payload[0] is 0 or 8) Identifier(payload, port.Number);
    }

    private static void Udp(Span<byte> datagram, int portAt, (uint Before, uint After) address, ushort port)
    {
        bool none = datagram[6] == 0 && datagram[7] == 0;
        Transport(datagram, portAt, 6, address, port);
        if (none) datagram[6] = datagram[7] = 0;
        else if (datagram[6] == 0 && datagram[7] == 0) datagram[6] = datagram[7] = 0xFF;
    }

    private static void Transport(Span<byte> segment, int portAt, int sumAt, (uint Before, uint After) address, ushort port)
    {
        ushort before = BinaryPrimitives.ReadUInt16BigEndian(segment[portAt..]);
        BinaryPrimitives.WriteUInt16BigEndian(segment[portAt..], port);
        UpdateAddress(segment[sumAt..], address.Before, address.After);
        Update(segment[sumAt..], before, port);
    }

    private static void Identifier(Span<byte> message, ushort identifier)
    {
        ushort before = BinaryPrimitives.ReadUInt16BigEndian(message[4..]);
        BinaryPrimitives.WriteUInt16BigEndian(message[4..], identifier);
        Update(message[2..], before, identifier);
    }

    private static void Update(Span<byte> sum, ushort before, ushort after) =>
        BinaryPrimitives.WriteUInt16BigEndian(sum, Checksum.Update(BinaryPrimitives.ReadUInt16BigEndian(sum), before, after));

    private static void UpdateAddress(Span<byte> sum, uint before, uint after) =>
        BinaryPrimitives.WriteUInt16BigEndian(sum, Checksum.Update(BinaryPrimitives.ReadUInt16BigEndian(sum), before, after));
}
