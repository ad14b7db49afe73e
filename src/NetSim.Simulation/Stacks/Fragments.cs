using NetSim.Simulation.Devices;
using NetSim.Wire.Decoding;
using NetSim.Wire.Encoding;

namespace NetSim.Simulation.Stacks;

/// <summary>Cuts IPv4 packets that are larger than a link's MTU, and puts the pieces together again (RFC 791 section 3.2, RFC 815).</summary>
internal sealed class Fragments(NamespaceStack stack)
{
    private const int Ethernet = EthernetHeader.Length;
    private readonly PartialPackets _partial = new(stack, new("net.ipv4.ipfrag_time", 30, "net.ipv4.ipfrag_high_thresh", "net.ipv4.ipfrag_max_dist"), first => TellSender(stack, first));

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

    /// <summary>Takes a piece; gives the whole packet when it was the last that lacked. What lies beyond a multiple of eight in a piece that others follow is cut off.</summary>
    public Frame? Add(Frame frame)
    {
        Ipv4View.TryRead(frame.Ip, out var piece);
        int length = piece.MoreFragments ? piece.Payload.Length & ~7 : piece.Payload.Length;
        var key = new FragmentKey(piece.Source, piece.Destination, piece.Identification, (byte)piece.Protocol);
        return _partial.Add(key, new(frame, piece.FragmentOffset, length, piece.MoreFragments)) is { } pieces ? Join(pieces) : null;
    }

    /// <summary>Only who the packet was for tells it. Source: linux v6.6 net/ipv4/ip_fragment.c ip_expire.</summary>
    private static void TellSender(NamespaceStack stack, Frame first)
    {
        Ipv4View.TryRead(first.Ip, out var packet);
        if (stack.Routes.IsLocal(packet.Destination.V4)) stack.Icmp.Error(first, IcmpCodes.TimeExceeded, IcmpCodes.ReassemblyTime, 0);
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

    private Frame Join(IList<FragmentPiece> pieces)
    {
        var first = pieces[0].Frame;
        Ipv4View.TryRead(first.Ip, out var head);
        int total = pieces[^1].End;
        var whole = stack.Kernel.Frames.Rent(total);
        whole.Packet = first.Packet;
        whole.Mark = first.Mark;
        whole.LargestPiece = pieces.Max(p => p.Frame.Ip.Length);
        (whole.PhysicalIn, whole.Prerouted) = (first.PhysicalIn, first.Prerouted);
        (whole.Track, whole.TrackState) = (first.Track, first.TrackState);
        foreach (var p in pieces)
        {
            Ipv4View.TryRead(p.Frame.Ip, out var piece);
            piece.Payload[..p.Length].CopyTo(whole.Span[p.Offset..]);
        }
        Header(head).Write(whole.Push(Ipv4Header.Length + Ethernet)[Ethernet..], total);
        first.Span[..Ethernet].CopyTo(whole.Span);
        foreach (var p in pieces) stack.Kernel.Frames.Release(p.Frame);
        return whole;
    }
}
