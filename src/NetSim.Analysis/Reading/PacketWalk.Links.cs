using System.Buffers.Binary;
using NetSim.Wire.Decoding;

namespace NetSim.Analysis.Reading;

/// <summary>Link headers other than Ethernet's (LINKTYPE numbers of tcpdump.org).</summary>
internal sealed partial class PacketWalk
{
    private void Link(ReadOnlySpan<byte> b, int length, int linkType)
    {
        switch (linkType)
        {
            case LinkTypes.LinuxSll:
                Cooked(b, length, 16, 14);
                break;
            case LinkTypes.LinuxSll2:
                Cooked(b, length, 20, 0);
                break;
            case LinkTypes.Null or LinkTypes.Loop:
                Loopback(b, length);
                break;
            case LinkTypes.Ppp or LinkTypes.PppHdlc:
                Ppp(b, length);
                break;
            case LinkTypes.PppWithDirection when b.Length > 1:
                Ppp(b[1..], length - 1);
                break;
            case LinkTypes.PppOverEthernet:
                Pppoe(b, length);
                break;
            case LinkTypes.Radiotap:
                Radiotap(b, length);
                break;
            case LinkTypes.Wlan:
                Wlan(b, length, false);
                break;
            case LinkTypes.Nflog:
                if (Enter(LayerKind.Nflog) && NflogView.TryRead(b, out var log) && log.EtherType != 0)
                    Ether(log.EtherType, b[log.PayloadOffset..Math.Min(b.Length, log.PayloadOffset + log.PayloadLength)], log.PayloadLength);
                break;
            default:
                Raw(b, length, linkType);
                break;
        }
    }

    private void Raw(ReadOnlySpan<byte> b, int length, int linkType)
    {
        if (!LinkTypes.IsRawIp(linkType))
        {
            Enter(LayerKind.Unread);
            return;
        }
        if (linkType is not (LinkTypes.Ipv4 or LinkTypes.Ipv6)) Enter(LayerKind.Raw);
        Ip(b, length);
    }

    private void Cooked(ReadOnlySpan<byte> b, int length, int header, int typeAt)
    {
        if (!Enter(LayerKind.Sll) || b.Length < header) return;
        int type = BinaryPrimitives.ReadUInt16BigEndian(b[typeAt..]);
        int hardware = BinaryPrimitives.ReadUInt16BigEndian(b[(header == 16 ? 2 : 8)..]);
        if (hardware == 778) Gre(b[header..], length - header); // ARPHRD_IPGRE: the field is GRE's
        else if (type >= 1536) Ether(type, b[header..], length - header);
        else if (type == 4) Llc(b[header..], length - header);
        else if (type == 3) Ethernet(b[header..], length - header);
        else Enter(LayerKind.Other);
    }

    /// <summary>The family in either byte order, or an EtherType, whatever the number says: files of both orders are found under either link type.</summary>
    private void Loopback(ReadOnlySpan<byte> b, int length)
    {
        if (b.Length >= 2 && b[0] == 0xFF && b[1] == 3)
        {
            Ppp(b, length);
            return;
        }
        if (!Enter(LayerKind.Null) || b.Length < 4) return;
        uint family = BinaryPrimitives.ReadUInt32LittleEndian(b);
        if (family > 0xFFFF) family = BinaryPrimitives.ReverseEndianness(family);
        if (family >= 1536) Ether((int)family & 0xFFFF, b[4..], length - 4);
        else if (family == 2) Ip4(b[4..], length - 4);
        else if (family is 10 or 23 or 24 or 28 or 30) Ip6(b[4..], length - 4);
        else Enter(LayerKind.Other);
    }

    private void Radiotap(ReadOnlySpan<byte> b, int length)
    {
        if (!Enter(LayerKind.Radiotap) || !RadiotapView.TryRead(b, out var radio)) return;
        int at = radio.HeaderLength, tail = radio.HasFrameCheckSequence ? 4 : 0;
        length -= at + tail;
        if (length > 0) Wlan(b[at..Math.Min(b.Length, at + length)], length, radio.IsPadded);
    }

    private void Wlan(ReadOnlySpan<byte> b, int length, bool isPadded)
    {
        if (!Enter(LayerKind.Wlan) || !WlanView.TryRead(b, out var wlan) || !wlan.IsPlainData) return;
        int at = isPadded ? wlan.HeaderLength + 3 & ~3 : wlan.HeaderLength;
        if (at < b.Length) Llc(b[at..], length - at);
    }
}
