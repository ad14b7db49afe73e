using System.Buffers.Binary;
using NetSim.Model.Addressing;

namespace NetSim.Wire.Decoding;

/// <summary>The link header of a captured frame, of whatever link type, taken off: which EtherType, where the packet begins.
/// Source: the link-layer header types of tcpdump.org (LINKTYPE_ numbers).</summary>
public readonly ref struct LinkView
{
    private readonly ReadOnlySpan<byte> _frame;

    private LinkView(ReadOnlySpan<byte> frame, int payloadOffset, ushort etherType, int macOffset, byte direction, int interfaceIndex)
    {
        _frame = frame;
        PayloadOffset = payloadOffset;
        EtherType = etherType;
        MacOffset = macOffset;
        PacketType = direction;
        InterfaceIndex = interfaceIndex;
    }

    /// <summary>Reads the link header; false when it does not fit or the link type is not read here.</summary>
    public static bool TryRead(ReadOnlySpan<byte> frame, int linkType, out LinkView view)
    {
        switch (linkType)
        {
            case LinkTypes.Ethernet: return Ethernet(frame, out view);
            case LinkTypes.LinuxSll: return Sll(frame, out view);
            case LinkTypes.LinuxSll2: return Sll2(frame, out view);
            case LinkTypes.Null or LinkTypes.Loop: return Null(frame, linkType, out view);
            case LinkTypes.Wlan or LinkTypes.Radiotap: return Wlan(frame, linkType, out view);
            case LinkTypes.Nflog: return Nflog(frame, out view);
            case LinkTypes.Ppp or LinkTypes.PppHdlc or LinkTypes.PppOverEthernet or LinkTypes.PppWithDirection: return Ppp(frame, linkType, out view);
            default: return Raw(frame, linkType, out view);
        }
    }

    /// <summary>What follows, as EtherType; 0 when the link header can't say.</summary>
    public ushort EtherType { get; }

    /// <summary>Where the packet begins.</summary>
    public int PayloadOffset { get; }

    /// <summary>The packet, with padding.</summary>
    public ReadOnlySpan<byte> Payload => _frame[PayloadOffset..];

    /// <summary>The sender's MAC address, if the link type knows one of six bytes.</summary>
    public MacAddress? Source => MacOffset >= 0 ? MacAddress.Read(_frame[MacOffset..]) : null;

    /// <summary>Cooked captures: 0 to us, 1 broadcast, 2 multicast, 3 to somebody else, 4 sent by us; 255 where it isn't known.</summary>
    public byte PacketType { get; }

    /// <summary>Cooked captures of version 2: the number of the interface; else 0.</summary>
    public int InterfaceIndex { get; }

    private int MacOffset { get; }

    private static bool Ethernet(ReadOnlySpan<byte> frame, out LinkView view)
    {
        view = default;
        if (!EthernetView.TryRead(frame, out var e)) return false;
        view = new(frame, e.PayloadOffset, e.EtherType, 6, 255, 0);
        return true;
    }

    /// <summary>LINKTYPE_LINUX_SLL: type, ARPHRD, address length, address, protocol.</summary>
    private static bool Sll(ReadOnlySpan<byte> frame, out LinkView view)
    {
        view = default;
        if (frame.Length < 16) return false;
        int mac = BinaryPrimitives.ReadUInt16BigEndian(frame[4..]) == 6 ? 6 : -1;
        view = new(frame, 16, BinaryPrimitives.ReadUInt16BigEndian(frame[14..]), mac, (byte)BinaryPrimitives.ReadUInt16BigEndian(frame), 0);
        return true;
    }

    /// <summary>LINKTYPE_LINUX_SLL2: protocol, interface, ARPHRD, type, address length, address.</summary>
    private static bool Sll2(ReadOnlySpan<byte> frame, out LinkView view)
    {
        view = default;
        if (frame.Length < 20) return false;
        view = new(frame, 20, BinaryPrimitives.ReadUInt16BigEndian(frame), frame[11] == 6 ? 12 : -1, frame[10], BinaryPrimitives.ReadInt32BigEndian(frame[4..]));
        return true;
    }

    /// <summary>LINKTYPE_NULL holds the address family in the byte order of the machine that captured, LINKTYPE_LOOP in network order.</summary>
    private static bool Null(ReadOnlySpan<byte> frame, int linkType, out LinkView view)
    {
        view = default;
        if (frame.Length < 4) return false;
        uint family = BinaryPrimitives.ReadUInt32BigEndian(frame);
        if (linkType == LinkTypes.Null && family > 0xFFFF) family = BinaryPrimitives.ReverseEndianness(family);
        ushort type = family switch
        {
            2 => (ushort)Model.Packets.EtherType.Ipv4,
            10 or 24 or 28 or 30 => (ushort)Model.Packets.EtherType.Ipv6,
            _ => 0,
        };
        view = new(frame, 4, type, -1, 255, 0);
        return true;
    }

    private static bool Wlan(ReadOnlySpan<byte> frame, int linkType, out LinkView view)
    {
        view = default;
        int radio = 0;
        if (linkType == LinkTypes.Radiotap)
        {
            if (!RadiotapView.TryRead(frame, out var r)) return false;
            radio = r.HeaderLength;
        }
        if (!WlanView.TryRead(frame[radio..], out var wlan)) return false;
        int at = radio + wlan.HeaderLength;
        if (!wlan.IsPlainData || !LlcView.TryRead(frame[at..], out var llc)) view = new(frame, at, 0, radio + wlan.SenderOffset, 255, 0);
        else view = new(frame, at + llc.HeaderLength, llc.EtherType, radio + wlan.SenderOffset, 255, 0);
        return true;
    }

    private static bool Nflog(ReadOnlySpan<byte> frame, out LinkView view)
    {
        view = default;
        if (!NflogView.TryRead(frame, out var log)) return false;
        view = new(frame, log.PayloadOffset, log.EtherType, -1, 255, 0);
        return true;
    }

    private static bool Ppp(ReadOnlySpan<byte> frame, int linkType, out LinkView view)
    {
        view = default;
        int at = linkType switch { LinkTypes.PppOverEthernet => PppoeView.HeaderLength, LinkTypes.PppWithDirection => 1, _ => 0 };
        if (frame.Length < at || !PppView.TryRead(frame[at..], out var ppp)) return false;
        view = new(frame, at + ppp.HeaderLength, ppp.EtherType, -1, 255, 0);
        return true;
    }

    private static bool Raw(ReadOnlySpan<byte> frame, int linkType, out LinkView view)
    {
        view = default;
        if (!LinkTypes.IsRawIp(linkType) || frame.IsEmpty) return false;
        ushort type = (frame[0] >> 4) switch { 4 => (ushort)Model.Packets.EtherType.Ipv4, 6 => (ushort)Model.Packets.EtherType.Ipv6, _ => 0 };
        view = new(frame, 0, type, -1, 255, 0);
        return true;
    }
}
