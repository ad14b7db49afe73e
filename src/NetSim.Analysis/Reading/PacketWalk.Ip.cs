using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using NetSim.Analysis.Flows;
using NetSim.Model.Packets;
using NetSim.Wire;
using NetSim.Wire.Decoding;

namespace NetSim.Analysis.Reading;

/// <summary>IPv4 and IPv6 with their fragments and extension headers.</summary>
internal sealed partial class PacketWalk
{
    private const int MostExtensions = 256;

    private void Ip(ReadOnlySpan<byte> b, int length)
    {
        if (b.IsEmpty) return;
        if (b[0] >> 4 == 4) Ip4(b, length);
        else if (b[0] >> 4 == 6) Ip6(b, length);
        else Enter(LayerKind.Data);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Ip4(ReadOnlySpan<byte> b, int length)
    {
        if (!Enter(LayerKind.Ip) || b.IsEmpty) return;
        if (b[0] >> 4 == 6) Ip6(b, length);
        if (b[0] >> 4 != 4 || b.Length < Ipv4View.LeastHeaderLength) return;
        int header = (b[0] & 15) * 4, total = BinaryPrimitives.ReadUInt16BigEndian(b[2..]);
        if (header < Ipv4View.LeastHeaderLength) return;
        // 0 is what a tap shows of a segment that the card was to cut up.
        if (total == 0) total = length;
        if (total < header) return;
        total = Math.Min(total, length);
        CheckIpHeader(b, header);
        var ends = Ends.OfV4(BinaryPrimitives.ReadUInt32BigEndian(b[12..]), BinaryPrimitives.ReadUInt32BigEndian(b[16..]));
        if (b.Length <= header || total <= header)
        {
            if (total > header) Upper(b[9], [], total - header, ends);
            return;
        }
        var payload = b[header..Math.Min(b.Length, total)];
        int field = BinaryPrimitives.ReadUInt16BigEndian(b[6..]);
        if ((field & 0x3FFF) == 0) Upper(b[9], payload, total - header, ends);
        else Fragment(b[9], BinaryPrimitives.ReadUInt16BigEndian(b[4..]), (field & 0x1FFF) * 8, (field & 0x2000) == 0, payload, total - header, ends);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void CheckIpHeader(ReadOnlySpan<byte> b, int header)
    {
        var counts = books.IpChecksums;
        if (b.Length < header) counts.Unverified++;
        else if (Checksum.Of(b[..header]) == 0) counts.Good++;
        else
        {
            counts.Bad++;
            if (b[10] == 0 && b[11] == 0) counts.Offloaded++;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Ip6(ReadOnlySpan<byte> b, int length)
    {
        if (!Enter(LayerKind.Ipv6) || b.Length < Ipv6View.HeaderLength || b[0] >> 4 != 6) return;
        int next = b[6], payload = BinaryPrimitives.ReadUInt16BigEndian(b[4..]);
        if (payload == 0 && next != 59) payload = length - Ipv6View.HeaderLength;
        payload = Math.Min(payload, length - Ipv6View.HeaderLength);
        if (payload < 0) return;
        Ends ends;
        ends.SourceHigh = BinaryPrimitives.ReadUInt64BigEndian(b[8..]);
        ends.SourceLow = BinaryPrimitives.ReadUInt64BigEndian(b[16..]);
        ends.DestinationHigh = BinaryPrimitives.ReadUInt64BigEndian(b[24..]);
        ends.DestinationLow = BinaryPrimitives.ReadUInt64BigEndian(b[32..]);
        var rest = b[Ipv6View.HeaderLength..];
        Extensions(next, rest[..Math.Min(rest.Length, payload)], payload, ends);
    }

    /// <summary>Passes extension headers (RFC 8200, section 4), and puts fragments together.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Extensions(int next, ReadOnlySpan<byte> b, int length, in Ends ends)
    {
        for (int n = 0; n < MostExtensions; n++)
        {
            if (next is not (0 or 43 or 44 or 51 or 60 or 135 or 140))
            {
                if (next != 59) Upper(next, b, length, ends);
                return;
            }
            if (b.Length < 8)
            {
                _isMalformed |= length < 8;
                return;
            }
            int step = next switch { 44 => 8, 51 => (b[1] + 2) * 4, _ => (b[1] + 1) * 8 };
            int field = BinaryPrimitives.ReadUInt16BigEndian(b[2..]);
            if (next == 44) _hasFragments = true;
            if (next == 44 && (field & 0xFFF9) != 0)
            {
                Fragment(b[0], BinaryPrimitives.ReadUInt32BigEndian(b[4..]), field & 0xFFF8, (field & 1) == 0, b[8..], length - 8, ends, true);
                return;
            }
            next = b[0];
            if (b.Length < step) return;
            b = b[step..];
            length -= step;
        }
    }

    /// <summary>A piece of a packet: with the last one missing the whole goes on; a first one that can't be joined goes on alone.</summary>
    private void Fragment(int protocol, uint id, int offset, bool last, ReadOnlySpan<byte> piece, int length, in Ends ends, bool v6 = false)
    {
        _hasFragments = true;
        if (piece.Length < length || _seen.IsQuoted)
        {
            if (offset != 0 || v6) return;
            bool before = _isFragment;
            _isFragment = true;
            Upper(protocol, piece, length, ends);
            _isFragment = before;
            return;
        }
        if (_seen.IsRepeated) return;
        var whole = _fragments.Add(ends, id, (byte)(v6 ? 44 : protocol), offset, last, piece);
        if (whole.IsEmpty) Enter(LayerKind.Data);
        else if (v6) Extensions(protocol, whole, whole.Length, ends);
        else Upper(protocol, whole, whole.Length, ends);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Upper(int protocol, ReadOnlySpan<byte> b, int length, in Ends ends)
    {
        switch (protocol)
        {
            case (int)IpProtocol.Tcp:
                if (Enter(LayerKind.Tcp)) Tcp(b, length, ends);
                break;
            case (int)IpProtocol.Udp:
                if (Enter(LayerKind.Udp)) Udp(b, length, ends);
                break;
            case (int)IpProtocol.Icmp:
                if (Enter(LayerKind.Icmp)) Icmp(b, length, ends);
                break;
            case (int)IpProtocol.IcmpV6:
                if (Enter(LayerKind.Icmpv6)) Icmp6(b, length, ends);
                break;
            default:
                Converse(protocol, ends);
                Carried(protocol, b, length, ends);
                break;
        }
    }

    /// <summary>Protocols without ports of their own: a conversation of two addresses.</summary>
    private void Converse(int protocol, in Ends ends)
    {
        var pair = EndPair.Of(ends, (ushort)protocol, (ushort)protocol, out bool fromHigh);
        if (!_seen.IsQuoted) books.Others.Add(pair, fromHigh, (byte)protocol, _seen);
    }

    private void Carried(int protocol, ReadOnlySpan<byte> b, int length, in Ends ends)
    {
        switch (protocol)
        {
            case (int)IpProtocol.Igmp:
                Enter(LayerKind.Igmp);
                break;
            case 4:
                Ip(b, length);
                break;
            case 41:
                Ip6(b, length);
                break;
            case 47:
                Gre(b, length);
                break;
            case 50:
                Enter(LayerKind.Esp);
                break;
            case 51:
                if (Enter(LayerKind.Ah) && b.Length >= 8 && b.Length >= (b[1] + 2) * 4) Upper(b[0], b[((b[1] + 2) * 4)..], length - (b[1] + 2) * 4, ends);
                break;
            case (int)IpProtocol.Sctp:
                Sctp(b, ends);
                break;
            case 136:
                Enter(LayerKind.Udplite);
                break;
            case 137:
                Mpls(b, length);
                break;
            default:
                Enter(LayerKind.Other);
                break;
        }
    }
}
