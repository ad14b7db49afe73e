using System.Buffers.Binary;
using NetSim.Model.Addressing;
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
    private const int Most = 64;
    private readonly List<Partial> _partial = [];
    private uint _identification;

    private sealed class Partial(IpAddress source, IpAddress destination, uint identification)
    {
        public readonly IpAddress Source = source, Destination = destination;
        public readonly uint Identification = identification;
        public readonly SortedDictionary<int, Frame> Pieces = [];
        public int Total = -1;
    }

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

    /// <summary>Takes a piece; gives the whole packet when it was the last that lacked.</summary>
    public Frame? Add(Frame frame)
    {
        Ipv6View.TryRead(frame.Ip, out var piece);
        var partial = Find(piece);
        if (!partial.Pieces.TryAdd(piece.FragmentOffset, frame))
        {
            stack.Kernel.Drop(stack.Place, frame, DropReason.NotWanted);
            return null;
        }
        if (!piece.MoreFragments) partial.Total = piece.FragmentOffset + piece.Payload.Length;
        if (!IsWhole(partial)) return null;
        _partial.Remove(partial);
        return Join(partial);
    }

    private Partial Find(Ipv6View piece)
    {
        var (source, destination, identification) = (piece.Source, piece.Destination, piece.Identification);
        if (_partial.Find(p => p.Source == source && p.Destination == destination && p.Identification == identification) is { } known) return known;
        if (_partial.Count == Most) Forget(_partial[0]);
        var made = new Partial(source, destination, identification);
        _partial.Add(made);
        return made;
    }

    private void Forget(Partial partial)
    {
        foreach (var piece in partial.Pieces.Values) stack.Kernel.Drop(stack.Place, piece, DropReason.Malformed);
        _partial.Remove(partial);
    }

    private static bool IsWhole(Partial partial)
    {
        int end = 0;
        foreach (var (offset, frame) in partial.Pieces)
        {
            if (offset > end || !Ipv6View.TryRead(frame.Ip, out var piece)) return false;
            end = Math.Max(end, offset + piece.Payload.Length);
        }
        return end == partial.Total;
    }

    private Frame Join(Partial partial)
    {
        var first = partial.Pieces[0];
        Ipv6View.TryRead(first.Ip, out var head);
        var whole = stack.Kernel.Frames.Rent(partial.Total);
        whole.Packet = first.Packet;
        whole.Mark = first.Mark;
        (whole.Track, whole.TrackState, whole.Prerouted) = (first.Track, first.TrackState, false);
        foreach (var (offset, frame) in partial.Pieces)
        {
            Ipv6View.TryRead(frame.Ip, out var piece);
            piece.Payload.CopyTo(whole.Span[offset..]);
        }
        new Ipv6Header { Source = head.Source, Destination = head.Destination, Protocol = head.Protocol, HopLimit = head.HopLimit, TrafficClass = head.TrafficClass, FlowLabel = head.FlowLabel }
            .Write(whole.Push(Ipv6Header.Length + Ethernet)[Ethernet..], partial.Total);
        foreach (var frame in partial.Pieces.Values) stack.Kernel.Frames.Release(frame);
        return whole;
    }
}
