using System.Buffers.Binary;
using NetSim.Model.Packets;
using NetSim.Wire.Decoding;

namespace NetSim.Capture.Correlation;

/// <summary>A number for what stays the same in a packet while it is bridged, routed and translated: behind the link header, without time to live, checksums, and the addresses and ports that NAT rewrites.
/// Two sightings with the same number, near in time, at different places, are one packet.</summary>
internal static class PacketKey
{
    /// <summary>The key of a frame.</summary>
    public static ulong Of(ReadOnlySpan<byte> frame, int linkType)
    {
        if (!LinkView.TryRead(frame, linkType, out var link)) return Mix(frame, 0);
        ulong seed = link.EtherType;
        return (EtherType)link.EtherType switch
        {
            EtherType.Ipv4 when Ipv4View.TryRead(link.Payload, out var ip) => Ipv4(ip, seed),
            EtherType.Ipv6 when Ipv6View.TryRead(link.Payload, out var ip) => Ipv6(ip, seed),
            EtherType.Arp when ArpView.TryRead(link.Payload, out _) => Mix(link.Payload[..ArpView.Length], seed),
            _ => Mix(link.Payload, seed),
        };
    }

    /// <summary>A number for bytes as they are.</summary>
    public static ulong OfBytes(ReadOnlySpan<byte> bytes) => Mix(bytes, 1);

    private static ulong Ipv4(Ipv4View ip, ulong seed)
    {
        ulong key = Mix(ip.Bytes.Slice(2, 6), seed + (byte)ip.Protocol);
        if (ip.FragmentOffset > 0) return Mix(ip.Payload, key);
        return Upper(ip.Protocol, ip.Payload, ip.Bytes.Slice(12, 8), key);
    }

    /// <summary>IPv6 has no identification, so where the upper layer doesn't tell packets apart, the addresses must.</summary>
    private static ulong Ipv6(Ipv6View ip, ulong seed)
    {
        ulong key = Mix(ip.Bytes.Slice(4, 2), seed + ip.Identification);
        var addresses = ip.Bytes.Slice(8, 32);
        if (ip.Protocol != IpProtocol.Tcp) key = Mix(addresses, key);
        return ip.FragmentOffset > 0 ? Mix(ip.Payload, key) : Upper(ip.Protocol, ip.Payload, addresses, key);
    }

    private static ulong Upper(IpProtocol protocol, ReadOnlySpan<byte> payload, ReadOnlySpan<byte> addresses, ulong key) => protocol switch
    {
        IpProtocol.Tcp when TcpView.TryRead(payload, out _) => Mix(payload[18..], Mix(payload[4..16], key)),
        IpProtocol.Udp when UdpView.TryRead(payload, out var udp) => Mix(udp.Payload, key),
        IpProtocol.Icmp when IcmpView.TryRead(payload, out var icmp) => Icmp(icmp, key),
        IpProtocol.IcmpV6 when IcmpView.TryRead(payload, out _) => Mix(payload[4..], key + payload[0]),
        _ => Mix(payload, Mix(addresses, key)),
    };

    /// <summary>The identifier of an echo is a port to NAT, and of what an error quotes only the identification is left alone.</summary>
    private static ulong Icmp(IcmpView icmp, ulong key)
    {
        key += icmp.Bytes[0] * 256u + icmp.Bytes[1];
        if (icmp.Type is 0 or 8) return Mix(icmp.Bytes[6..], key);
        return icmp.Payload.Length >= 6 ? Mix(icmp.Payload[2..6], key) : Mix(icmp.Payload, key);
    }

    private static ulong Mix(ReadOnlySpan<byte> bytes, ulong seed)
    {
        unchecked
        {
            ulong hash = seed * 0x9E37_79B9_7F4A_7C15 + (ulong)bytes.Length + 0xD6E8_FEB8_6659_FD93;
            for (; bytes.Length >= 8; bytes = bytes[8..]) hash = Stir(hash ^ BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            ulong tail = 0;
            foreach (byte b in bytes) tail = tail << 8 | b;
            return Stir(hash ^ tail);
        }
    }

    private static ulong Stir(ulong x)
    {
        unchecked
        {
            x ^= x >> 32;
            x *= 0xD6E8_FEB8_6659_FD93;
            x ^= x >> 29;
            x *= 0x9E37_79B9_7F4A_7C15;
            return x ^ x >> 32;
        }
    }
}
