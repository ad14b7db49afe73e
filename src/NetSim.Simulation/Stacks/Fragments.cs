using NetSim.Model.Tracing;
using NetSim.Simulation.Devices;
using NetSim.Wire.Decoding;
using NetSim.Wire.Encoding;

namespace NetSim.Simulation.Stacks;

/// <summary>Cuts IPv4 packets that are larger than a link's MTU, and puts the pieces together again (RFC 791 section 3.2, RFC 815).</summary>
internal sealed class Fragments(NamespaceStack stack)
{
    private const int Ethernet = EthernetHeader.Length;
    private const int Most = 64;
    private readonly List<Partial> _partial = [];

    private sealed class Partial(ulong addresses, uint identity)
    {
        public readonly ulong Addresses = addresses;
        public readonly uint Identity = identity;
        public readonly SortedDictionary<int, Frame> Pieces = [];
        public int Total = -1;
    }

    /// <summary>Cuts a packet into pieces and hands out each. Takes the frame.</summary>
    public void Cut(Frame frame, int mtu, Action<Frame> emit)
    {
        Ipv4View.TryRead(frame.Ip, out var packet);
        int room = (mtu - packet.HeaderLength) & ~7;
        for (int at = 0; at < packet.Payload.Length; at += room)
        {
            int bytes = Math.Min(room, packet.Payload.Length - at);
            var piece = stack.Kernel.Frames.Rent(bytes);
            piece.Packet = frame.Packet;
            piece.PhysicalOut = frame.PhysicalOut;
            packet.Payload.Slice(at, bytes).CopyTo(piece.Span);
            var header = Header(packet) with { FragmentOffset = packet.FragmentOffset + at, MoreFragments = packet.MoreFragments || at + bytes < packet.Payload.Length };
            header.Write(piece.Push(Ipv4Header.Length + Ethernet)[Ethernet..], bytes);
            emit(piece);
        }
        stack.Kernel.Frames.Release(frame);
    }

    /// <summary>Takes a piece; gives the whole packet when it was the last that lacked.</summary>
    public Frame? Add(Frame frame)
    {
        Ipv4View.TryRead(frame.Ip, out var piece);
        var partial = Find(piece);
        if (!partial.Pieces.TryAdd(piece.FragmentOffset, frame)) stack.Kernel.Drop(stack.Place, frame, DropReason.NotWanted);
        if (!piece.MoreFragments) partial.Total = piece.FragmentOffset + piece.Payload.Length;
        if (!IsWhole(partial)) return null;
        _partial.Remove(partial);
        return Join(partial);
    }

    private static Ipv4Header Header(Ipv4View p) => new()
    {
        Source = p.Source,
        Destination = p.Destination,
        Protocol = p.Protocol,
        TimeToLive = p.TimeToLive,
        TypeOfService = p.TypeOfService,
        Identification = p.Identification,
        DontFragment = false,
    };

    private Partial Find(Ipv4View piece)
    {
        ulong addresses = (ulong)piece.Source.V4 << 32 | piece.Destination.V4;
        uint identity = (uint)piece.Identification << 8 | (byte)piece.Protocol;
        if (_partial.Find(p => p.Addresses == addresses && p.Identity == identity) is { } known) return known;
        if (_partial.Count == Most) Forget(_partial[0]);
        var made = new Partial(addresses, identity);
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
            if (offset > end || !Ipv4View.TryRead(frame.Ip, out var piece)) return false;
            end = Math.Max(end, offset + piece.Payload.Length);
        }
        return end == partial.Total;
    }

    private Frame Join(Partial partial)
    {
        var first = partial.Pieces[0];
        Ipv4View.TryRead(first.Ip, out var head);
        var whole = stack.Kernel.Frames.Rent(partial.Total);
        whole.Packet = first.Packet;
        whole.Mark = first.Mark;
        whole.LargestPiece = partial.Pieces.Values.Max(p => p.Ip.Length);
        (whole.PhysicalIn, whole.Prerouted) = (first.PhysicalIn, first.Prerouted);
        (whole.Track, whole.TrackState) = (first.Track, first.TrackState);
        foreach (var (offset, frame) in partial.Pieces)
        {
            Ipv4View.TryRead(frame.Ip, out var piece);
            piece.Payload.CopyTo(whole.Span[offset..]);
        }
        Header(head).Write(whole.Push(Ipv4Header.Length + Ethernet)[Ethernet..], partial.Total);
        first.Span[..Ethernet].CopyTo(whole.Span);
        foreach (var frame in partial.Pieces.Values) stack.Kernel.Frames.Release(frame);
        return whole;
    }
}
