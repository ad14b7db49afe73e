using System.Buffers.Binary;
using NetSim.Model.Packets;
using NetSim.Wire.Decoding;

namespace NetSim.Wire.Encoding;

/// <summary>What rules change in headers besides addresses and ports, in place, with the checksums kept right (RFC 1624). The packet must have been read before.</summary>
public static class HeaderRewrite
{
    private const int MostSegmentOption = 2;

    /// <summary>Another TTL or hop limit.</summary>
    public static void TimeToLive(Span<byte> packet, byte value)
    {
        if (packet[0] >> 4 == 6)
        {
            packet[7] = value;
            return;
        }
        ushort before = BinaryPrimitives.ReadUInt16BigEndian(packet[8..]);
        packet[8] = value;
        Update(packet[10..], before, BinaryPrimitives.ReadUInt16BigEndian(packet[8..]));
    }

    /// <summary>Lowers the maximum segment size that a SYN announces (RFC 9293, section 3.7.1), if it is larger.</summary>
    /// <returns>Was it changed?</returns>
    public static bool LowerSegmentSize(Span<byte> packet, int most)
    {
        if (!IpView.TryRead(packet, out var ip) || ip.Protocol != IpProtocol.Tcp || !TcpView.TryRead(ip.Payload, out var tcp) || !tcp.Has(TcpFlags.Syn)) return false;
        int header = tcp.HeaderLength;
        var segment = packet[ip.HeaderLength..];
        for (int at = TcpView.LeastHeaderLength; at + 1 < header;)
        {
            int kind = segment[at], length = kind == 1 ? 1 : segment[at + 1];
            if (kind == 0 || length < 1 || length == 1 && kind != 1 || at + length > header) return false;
            if (kind == MostSegmentOption && length == 4) return Lower(segment, at + 2, most);
            at += length;
        }
        return false;
    }

    private static bool Lower(Span<byte> segment, int at, int most)
    {
        ushort before = BinaryPrimitives.ReadUInt16BigEndian(segment[at..]);
        if (before <= most) return false;
        BinaryPrimitives.WriteUInt16BigEndian(segment[at..], (ushort)most);
        // A word that does not begin at an even place counts with its bytes swapped.
        bool odd = (at & 1) != 0;
        Update(segment[16..], odd ? BinaryPrimitives.ReverseEndianness(before) : before, odd ? BinaryPrimitives.ReverseEndianness((ushort)most) : (ushort)most);
        return true;
    }

    private static void Update(Span<byte> sum, ushort before, ushort after) =>
        BinaryPrimitives.WriteUInt16BigEndian(sum, Checksum.Update(BinaryPrimitives.ReadUInt16BigEndian(sum), before, after));
}
