using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using NetSim.Analysis.Flows;
using NetSim.Model.Packets;
using NetSim.Wire;
using NetSim.Wire.Decoding;

namespace NetSim.Analysis.Reading;

/// <summary>TCP and UDP: checksums, streams, and what they carry.</summary>
internal sealed partial class PacketWalk
{
    private const int DnsPort = 53;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Tcp(ReadOnlySpan<byte> b, int length, in Ends ends)
    {
        if (!TcpHeaderView.TryRead(b, out var tcp))
        {
            _isMalformed |= length < TcpHeaderView.LeastLength && !_seen.IsQuoted;
            return;
        }
        int header = tcp.HeaderLength;
        bool known = !_isFragment && !_seen.IsQuoted && length >= header;
        int payload = known ? length - header : -1;
        var (stream, fromHigh) = books.Tcp.Add(ends, tcp, payload, _seen);
        if (!tcp.HasWholeHeader || b.Length < 18) return;
        CheckTcp(b, length, ends);
        if (payload <= 0 || b.Length <= header || stream < 0 || _seen.IsRepeated) return;
        ref var state = ref books.Tcp.Streams[stream].State;
        if (tcp.SourcePort == DnsPort || tcp.DestinationPort == DnsPort) DnsOverTcp(stream, fromHigh, tcp.SequenceNumber, b[header..]);
        else if (state.Looks < MostLooks || state.Application is (byte)ApplicationKind.Http or (byte)ApplicationKind.Tls or (byte)ApplicationKind.Http2) Name(ref state.Application, ref state.Looks, b[header..], tcp, stream);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void CheckTcp(ReadOnlySpan<byte> b, int length, in Ends ends)
    {
        var counts = books.TcpChecksums;
        if (_isFragment || b.Length < length)
        {
            counts.Unverified++;
            return;
        }
        uint pseudo = Pseudo(ends, (int)IpProtocol.Tcp, length);
        int stands = BinaryPrimitives.ReadUInt16BigEndian(b[16..]);
        if (Checksum.Of(b, pseudo) == 0 && stands != 0xFFFF) counts.Good++;
        else Bad(counts, stands, pseudo);
    }

    /// <summary>Linux leaves the sum of the pseudo header where the card is to put the checksum; others leave zero.</summary>
    private static void Bad(ChecksumCounts counts, int stands, uint pseudo)
    {
        counts.Bad++;
        if (stands == 0 || stands == (ushort)~Checksum.Of([], pseudo)) counts.Offloaded++;
    }

    private static uint Pseudo(in Ends ends, int protocol, int length)
    {
        ulong sum = Folded(ends.SourceLow) + Folded(ends.DestinationLow) + (uint)protocol + ((uint)length & 0xFFFF) + ((uint)length >> 16);
        if (ends.SourceHigh != ulong.MaxValue) sum += Folded(ends.SourceHigh);
        if (ends.DestinationHigh != ulong.MaxValue) sum += Folded(ends.DestinationHigh);
        return (uint)sum;
    }

    private static ulong Folded(ulong x) => (x & 0xFFFF) + (x >> 16 & 0xFFFF) + (x >> 32 & 0xFFFF) + (x >> 48);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Udp(ReadOnlySpan<byte> b, int length, in Ends ends)
    {
        if (b.Length < UdpView.HeaderLength)
        {
            _isMalformed |= length < UdpView.HeaderLength && !_seen.IsQuoted;
            return;
        }
        int size = BinaryPrimitives.ReadUInt16BigEndian(b[4..]);
        bool v6 = ends.SourceHigh != ulong.MaxValue;
        if (size == 0 && v6) size = length;
        if (size < UdpView.HeaderLength)
        {
            _isMalformed = true;
            return;
        }
        CheckUdp(b, length, size, v6, ends);
        int source = BinaryPrimitives.ReadUInt16BigEndian(b), destination = BinaryPrimitives.ReadUInt16BigEndian(b[2..]);
        var pair = EndPair.Of(ends, (ushort)source, (ushort)destination, out bool fromHigh);
        int stream = books.Udp.Add(pair, fromHigh, (byte)IpProtocol.Udp, _seen);
        int end = Math.Min(b.Length, size);
        if (size == UdpView.HeaderLength) return;
        Carried(source, destination, b[UdpView.HeaderLength..end], Math.Min(length, size) - UdpView.HeaderLength, stream);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void CheckUdp(ReadOnlySpan<byte> b, int length, int size, bool v6, in Ends ends)
    {
        var counts = books.UdpChecksums;
        int stands = BinaryPrimitives.ReadUInt16BigEndian(b[6..]);
        if (stands == 0)
        {
            if (v6 && !_seen.IsQuoted) counts.Illegal++;
            else counts.Absent++;
        }
        else if (_isFragment || b.Length < length || length < size) counts.Unverified++;
        else
        {
            uint pseudo = Pseudo(ends, (int)IpProtocol.Udp, size);
            if (Checksum.Of(b[..size], pseudo) == 0) counts.Good++;
            else Bad(counts, stands, pseudo);
        }
    }

    private void Sctp(ReadOnlySpan<byte> b, in Ends ends)
    {
        if (!Enter(LayerKind.Sctp) || !SctpView.TryRead(b, out var sctp)) return;
        books.SctpChecksums.Unverified++;
        if (!_seen.IsQuoted) books.Associations.Add(b, sctp);
        var pair = EndPair.Of(ends, sctp.SourcePort, sctp.DestinationPort, out bool fromHigh);
        books.Sctp.Add(pair, fromHigh, (byte)IpProtocol.Sctp, _seen);
    }
}
