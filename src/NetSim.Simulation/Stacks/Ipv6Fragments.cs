using System.Buffers.Binary;
using NetSim.Model.Tracing;
using NetSim.Simulation.Devices;
using NetSim.Wire.Decoding;
using NetSim.Wire.Encoding;

namespace NetSim.Simulation.Stacks;

/// <summary>Cuts IPv6 packets of this namespace that are larger than the link's MTU, and puts pieces together again (RFC 8200, section 4.5).</summary>
internal sealed class Ipv6Fragments(NamespaceStack stack)
{
    private const int Ethernet = EthernetHeader.Length;
    private const int FragmentHeader = 8;
    private const byte FragmentNext = 44;
    private const uint PayloadLength = 4;
    private readonly PartialPackets _partial = new(stack, new("net.ipv6.ip6frag_time", 60, "net.ipv6.ip6frag_high_thresh", null),
        first => stack.Icmp6.Error(first, Icmp6Codes.TimeExceeded, Icmp6Codes.ReassemblyTime, 0));
    private uint _identification;

    /// <summary>Cuts a packet without extension headers into pieces and hands out each. Takes the frame.</summary>
    public void Cut(Frame frame, int mtu, Action<Frame> emit)
    {
        var packet = frame.Ip;
        int room = (mtu - Ipv6Header.Length - FragmentHeader) & ~7, total = packet.Length - Ipv6Header.Length;
        uint identification = ++_identification;
        for (int at = 0; at < total; at += room)
        {
            int bytes = Math.Min(room, total - at);
            var piece = stack.Kernel.Frames.Rent(bytes);
            piece.Packet = frame.Packet;
            packet.Slice(Ipv6Header.Length + at, bytes).CopyTo(piece.Span);
            var head = piece.Push(Ipv6Header.Length + FragmentHeader + Ethernet)[Ethernet..];
            packet[..Ipv6Header.Length].CopyTo(head);
            BinaryPrimitives.WriteUInt16BigEndian(head[4..], (ushort)(bytes + FragmentHeader));
            head[6] = FragmentNext;
            BinaryPrimitives.WriteUInt32BigEndian(head[40..], (uint)packet[6] << 24 | (uint)at | (at + bytes < total ? 1u : 0));
            BinaryPrimitives.WriteUInt32BigEndian(head[44..], identification);
            emit(piece);
        }
        stack.Kernel.Frames.Release(frame);
    }

    /// <summary>Takes a piece; gives the whole packet when it was the last that lacked. A piece that others follow has a multiple of eight bytes, or its sender hears of it (RFC 8200, section 4.5).</summary>
    public Frame? Add(Frame frame)
    {
        Ipv6View.TryRead(frame.Ip, out var piece);
        if (piece.MoreFragments && (piece.Payload.Length & 7) != 0)
        {
            stack.Icmp6.Error(frame, Icmp6Codes.ParameterProblem, 0, PayloadLength);
            stack.Kernel.Drop(stack.Place, frame, DropReason.Malformed);
            return null;
        }
        var key = new FragmentKey(piece.Source, piece.Destination, piece.Identification, 0);
        return _partial.Add(key, new(frame, piece.FragmentOffset, piece.Payload.Length, piece.MoreFragments)) is { } pieces ? Join(pieces) : null;
    }

    private Frame Join(IList<FragmentPiece> pieces)
    {
        var first = pieces[0].Frame;
        Ipv6View.TryRead(first.Ip, out var head);
        int total = pieces[^1].End;
        var whole = stack.Kernel.Frames.Rent(total);
        whole.Packet = first.Packet;
        whole.Mark = first.Mark;
        (whole.Track, whole.TrackState, whole.Prerouted) = (first.Track, first.TrackState, false);
        foreach (var p in pieces)
        {
            Ipv6View.TryRead(p.Frame.Ip, out var piece);
            piece.Payload.CopyTo(whole.Span[p.Offset..]);
        }
        new Ipv6Header { Source = head.Source, Destination = head.Destination, Protocol = head.Protocol, HopLimit = head.HopLimit, TrafficClass = head.TrafficClass, FlowLabel = head.FlowLabel }
            .Write(whole.Push(Ipv6Header.Length + Ethernet)[Ethernet..], total);
        foreach (var p in pieces) stack.Kernel.Frames.Release(p.Frame);
        return whole;
    }
}
