using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using NetSim.Analysis.Flows;
using NetSim.Model.Packets;
using NetSim.Wire.Decoding;

namespace NetSim.Analysis.Reading;

/// <summary>Walks a packet's layers from the link inwards, tunnels too, and hands what it meets to the books. One walk for all packets; nothing is allocated for one.
/// <paramref name="books"/> take what is met. A layer is told its captured bytes and its length on the wire, of which a snap length may have left less.</summary>
internal sealed partial class PacketWalk(Books books)
{
    private const int MostDepth = 16;
    private readonly FragmentStore _fragments = new();
    private Sighting _seen;
    private UInt128 _stack;
    private int _depth;
    private bool _isFragment, _hasFragments, _isMalformed;

    /// <summary>Walks a packet.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Walk(in SeenPacket packet)
    {
        _seen = new() { Time = packet.UnixNanoseconds, FrameLength = packet.OriginalLength, IsRepeated = packet.IsRepeated };
        (_stack, _depth, _isFragment, _hasFragments, _isMalformed) = (0, 0, false, false, false);
        int length = Math.Max(packet.OriginalLength, packet.Bytes.Length);
        if (packet.LinkType == LinkTypes.Ethernet) Ethernet(packet.Bytes, length);
        else Link(packet.Bytes, length, packet.LinkType);
        books.Layers.Add(_stack, packet.OriginalLength);
        if (_hasFragments) books.FragmentFrames++;
        if (_isMalformed) books.MalformedFrames++;
    }

    private bool Enter(LayerKind kind)
    {
        if (_depth >= MostDepth) return false;
        _depth++;
        _stack = _stack << 8 | (byte)kind;
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Ethernet(ReadOnlySpan<byte> b, int length)
    {
        if (!Enter(LayerKind.Eth) || b.Length < EthernetView.HeaderLength)
        {
            _isMalformed |= length < EthernetView.HeaderLength;
            return;
        }
        int type = BinaryPrimitives.ReadUInt16BigEndian(b[12..]);
        if (type >= 1536) Ether(type, b[14..], length - 14);
        else Llc(b[14..], Math.Min(type, length - 14));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Ether(int type, ReadOnlySpan<byte> b, int length)
    {
        switch (type)
        {
            case (int)EtherType.Ipv4:
                Ip4(b, length);
                break;
            case (int)EtherType.Ipv6:
                Ip6(b, length);
                break;
            case (int)EtherType.Arp:
                if (Enter(LayerKind.Arp)) books.Neighbours.Add(b);
                break;
            case (int)EtherType.Vlan or (int)EtherType.QinQ or 0x9100:
                Vlan(type, b, length);
                break;
            case MplsView.EtherType or MplsView.EtherType + 1:
                Mpls(b, length);
                break;
            case PppoeView.SessionEtherType or PppoeView.DiscoveryEtherType:
                Pppoe(b, length);
                break;
            case 0x6558:
                Ethernet(b, length);
                break;
            default:
                Enter(LayerKind.Other);
                break;
        }
    }

    private void Vlan(int type, ReadOnlySpan<byte> b, int length)
    {
        if (!Enter(type == (int)EtherType.QinQ ? LayerKind.QinQ : LayerKind.Vlan) || b.Length < 4) return;
        if (type != (int)EtherType.QinQ) books.AddVlan(BinaryPrimitives.ReadUInt16BigEndian(b) & 0xFFF);
        int next = BinaryPrimitives.ReadUInt16BigEndian(b[2..]);
        if (next >= 1536) Ether(next, b[4..], length - 4);
        else Llc(b[4..], Math.Min(next, length - 4));
    }

    private void Llc(ReadOnlySpan<byte> b, int length)
    {
        if (!Enter(LayerKind.Llc) || !LlcView.TryRead(b, out var llc)) return;
        if (llc.EtherType != 0) Ether(llc.EtherType, b[llc.HeaderLength..], length - llc.HeaderLength);
        else Enter(LayerKind.Other);
    }

    private void Mpls(ReadOnlySpan<byte> b, int length)
    {
        if (!Enter(LayerKind.Mpls) || !MplsView.TryRead(b, out var mpls)) return;
        int at = mpls.HeaderLength;
        if (mpls.Nibble == 4) Ip4(b[at..], length - at);
        else if (mpls.Nibble == 6) Ip6(b[at..], length - at);
        else if (mpls.Nibble == 0) Pseudowire(b[at..], length - at);
        else Enter(LayerKind.Data);
    }

    /// <summary>Ethernet behind labels (RFC 4448), with a control word, or without one when the bytes are an Ethernet header already.</summary>
    private void Pseudowire(ReadOnlySpan<byte> b, int length)
    {
        bool isPlain = b.Length >= 14 && BinaryPrimitives.ReadUInt32BigEndian(b) != 0 && IsKnown(BinaryPrimitives.ReadUInt16BigEndian(b[12..]));
        if (isPlain) Ethernet(b, length);
        else if (b.Length >= 4) Ethernet(b[4..], length - 4);
    }

    private static bool IsKnown(int type) => type is (int)EtherType.Ipv4 or (int)EtherType.Ipv6 or (int)EtherType.Arp or (int)EtherType.Vlan or MplsView.EtherType or PppoeView.SessionEtherType;

    private void Pppoe(ReadOnlySpan<byte> b, int length)
    {
        if (!Enter(LayerKind.Pppoe) || !PppoeView.TryRead(b, out var pppoe) || pppoe.Code != 0) return;
        Ppp(b[PppoeView.HeaderLength..], Math.Min(pppoe.Length, length - PppoeView.HeaderLength));
    }

    private void Ppp(ReadOnlySpan<byte> b, int length)
    {
        if (!Enter(LayerKind.Ppp) || !PppView.TryRead(b, out var ppp)) return;
        if (ppp.EtherType != 0) Ether(ppp.EtherType, b[ppp.HeaderLength..], length - ppp.HeaderLength);
        else Enter(LayerKind.Other);
    }
}
