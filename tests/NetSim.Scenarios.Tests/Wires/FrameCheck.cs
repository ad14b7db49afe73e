using System.Buffers.Binary;

namespace NetSim.Scenarios.Tests.Wires;

/// <summary>Judges the bytes of an Ethernet frame by the RFCs alone: lengths and checksums. On purpose not the product's own code.</summary>
internal static class FrameCheck
{
    /// <summary>What is wrong with a frame, or null.</summary>
    public static string? Problem(ReadOnlySpan<byte> frame)
    {
        if (frame.Length < 14) return "shorter than an Ethernet header";
        var body = frame[14..];
        return BinaryPrimitives.ReadUInt16BigEndian(frame[12..]) switch
        {
            0x0806 => body.Length < 28 ? "shorter than an ARP packet" : null,
            0x0800 => Ipv4(body),
            0x86DD => Ipv6(body),
            var type => $"EtherType {type:x4}",
        };
    }

    private static string? Ipv4(ReadOnlySpan<byte> packet)
    {
        if (packet.Length < 20 || packet[0] >> 4 != 4) return "no IPv4 header";
        int header = (packet[0] & 15) * 4, total = BinaryPrimitives.ReadUInt16BigEndian(packet[2..]);
        if (header < 20 || total < header || total > packet.Length) return "IPv4 lengths do not fit";
        if (Sum(packet[..header], 0) != 0xFFFF) return "IPv4 checksum";
        if ((BinaryPrimitives.ReadUInt16BigEndian(packet[6..]) & 0x3FFF) != 0) return null;
        return Transport(packet[9], packet[header..total], Pseudo(packet[12..20], packet[9], total - header));
    }

    private static string? Ipv6(ReadOnlySpan<byte> packet)
    {
        if (packet.Length < 40 || packet[0] >> 4 != 6) return "no IPv6 header";
        int length = BinaryPrimitives.ReadUInt16BigEndian(packet[4..]), next = packet[6], at = 40;
        if (40 + length > packet.Length) return "IPv6 length does not fit";
        if (next == 0 && length >= 8)
        {
            next = packet[40];
            at += (packet[41] + 1) * 8;
        }
        var body = packet[at..(40 + length)];
        return Transport(next, body, Pseudo(packet[8..40], next, body.Length));
    }

    private static string? Transport(int protocol, ReadOnlySpan<byte> body, uint pseudo) => protocol switch
    {
        1 => body.Length < 8 ? "ICMP length" : Sum(body, 0) == 0xFFFF ? null : "ICMP checksum",
        6 => body.Length < 20 || (body[12] >> 4) * 4 is var header && (header < 20 || header > body.Length) ? "TCP lengths" : Sum(body, pseudo) == 0xFFFF ? null : "TCP checksum",
        17 => body.Length < 8 || BinaryPrimitives.ReadUInt16BigEndian(body[4..]) != body.Length ? "UDP length"
            : BinaryPrimitives.ReadUInt16BigEndian(body[6..]) == 0 || Sum(body, pseudo) == 0xFFFF ? null : "UDP checksum",
        58 => body.Length < 4 ? "ICMPv6 length" : Sum(body, pseudo) == 0xFFFF ? null : "ICMPv6 checksum",
        _ => null,
    };

    private static uint Pseudo(ReadOnlySpan<byte> addresses, int protocol, int length)
    {
        uint sum = (uint)(protocol + length);
        for (int i = 0; i < addresses.Length; i += 2) sum += BinaryPrimitives.ReadUInt16BigEndian(addresses[i..]);
        return sum;
    }

    /// <summary>The ones' complement sum (RFC 1071); 0xFFFF over bytes that hold a right checksum.</summary>
    private static int Sum(ReadOnlySpan<byte> bytes, uint from)
    {
        uint sum = from;
        for (int i = 0; i < bytes.Length; i++) sum += (uint)bytes[i] << (i % 2 == 0 ? 8 : 0);
        while (sum > 0xFFFF) sum = (sum & 0xFFFF) + (sum >> 16);
        return (int)sum;
    }
}
