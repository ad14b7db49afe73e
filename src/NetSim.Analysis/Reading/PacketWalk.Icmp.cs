using System.Buffers.Binary;
using NetSim.Analysis.Flows;
using NetSim.Model.Packets;
using NetSim.Wire;
using NetSim.Wire.Decoding;

namespace NetSim.Analysis.Reading;

/// <summary>ICMP of both families, and the packets that its errors quote.</summary>
internal sealed partial class PacketWalk
{
    private void Icmp(ReadOnlySpan<byte> b, int length, in Ends ends)
    {
        if (b.Length < 4)
        {
            _isMalformed |= length < 4 && !_seen.IsQuoted;
            return;
        }
        var counts = books.IcmpChecksums;
        if (_isFragment || b.Length < length || _seen.IsQuoted) counts.Unverified++;
        else if (Checksum.Of(b) == 0) counts.Good++;
        else counts.Bad++;
        byte type = b[0];
        if (!_seen.IsQuoted)
        {
            books.Icmp.Add(false, type, b[1]);
            Converse((int)IpProtocol.Icmp, ends);
        }
        if (type == 3 && b[1] == 4 && b.Length >= 8) books.Icmp.AddMtu(BinaryPrimitives.ReadUInt16BigEndian(b[6..]));
        if (type is not (3 or 4 or 5 or 11 or 12) || b.Length <= 8) return;
        // Redirects quote the header and eight bytes (RFC 792).
        int quoted = type == 5 ? Math.Min(length - 8, (b[8] & 15) * 4 + 8) : length - 8;
        Quote(b[8..Math.Min(b.Length, 8 + Math.Max(0, quoted))], quoted, ends, type, b[1], false);
    }

    private void Icmp6(ReadOnlySpan<byte> b, int length, in Ends ends)
    {
        if (b.Length < 4)
        {
            _isMalformed |= length < 4 && !_seen.IsQuoted;
            return;
        }
        var counts = books.Icmpv6Checksums;
        if (_isFragment || b.Length < length || _seen.IsQuoted) counts.Unverified++;
        else if (Checksum.Of(b, Pseudo(ends, (int)IpProtocol.IcmpV6, length)) == 0) counts.Good++;
        else counts.Bad++;
        byte type = b[0];
        if (!_seen.IsQuoted)
        {
            books.Icmp.Add(true, type, b[1]);
            Converse((int)IpProtocol.IcmpV6, ends);
        }
        if (type == 2 && b.Length >= 8) books.Icmp.AddMtu(BinaryPrimitives.ReadUInt32BigEndian(b[4..]));
        if (type is >= 1 and <= 4 && b.Length > 8) Quote(b[8..], length - 8, ends, type, b[1], true);
    }

    private void Quote(ReadOnlySpan<byte> b, int length, in Ends ends, byte type, byte code, bool v6)
    {
        bool outer = !_seen.IsQuoted;
        if (outer) books.Icmp.AddError(ErrorOf(b, ends, type, code, v6));
        _seen.IsQuoted = true;
        if (v6) Ip6(b, length);
        else Ip4(b, length);
        if (!outer) return;
        _seen.IsQuoted = false;
    }

    private static IcmpError ErrorOf(ReadOnlySpan<byte> b, in Ends ends, byte type, byte code, bool v6)
    {
        if (!IpView.TryRead(b, out var ip)) return new(v6, type, code, ends.Source, default, default, default, 0);
        bool hasPorts = ip.Protocol is IpProtocol.Tcp or IpProtocol.Udp or IpProtocol.Sctp && !ip.IsLaterFragment && ip.Payload.Length >= 4;
        return new(v6, type, code, ends.Source, ip.Protocol, ip.Source, ip.Destination, hasPorts ? BinaryPrimitives.ReadUInt16BigEndian(ip.Payload[2..]) : (ushort)0);
    }
}
