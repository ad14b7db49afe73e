using NetSim.Model.Addressing;
using NetSim.Model.Packets;
using NetSim.Wire.Decoding;

namespace NetSim.Capture.Inference;

/// <summary>Who speaks to whom in a frame, as far as its headers tell.</summary>
/// <param name="SourceMac">Sender on the link, if the link type tells both ends.</param>
/// <param name="DestinationMac">Receiver on the link.</param>
/// <param name="Source">Sender's address; of ARP the one it claims.</param>
/// <param name="Destination">Receiver's address.</param>
/// <param name="IsArp">Is it ARP, which proves that the address belongs to the MAC address?</param>
internal readonly record struct LinkEnds(MacAddress? SourceMac, MacAddress? DestinationMac, IpAddress? Source, IpAddress? Destination, bool IsArp)
{
    /// <summary>Reads a frame; false when it is of a link type that is not read.</summary>
    public static bool TryRead(ReadOnlySpan<byte> frame, int linkType, out LinkEnds ends)
    {
        ends = default;
        if (!LinkView.TryRead(frame, linkType, out var link)) return false;
        MacAddress? from = null, to = null;
        if (linkType == LinkTypes.Ethernet && EthernetView.TryRead(frame, out var e)) (from, to) = (e.Source, e.Destination);
        ends = (EtherType)link.EtherType switch
        {
            EtherType.Arp when ArpView.TryRead(link.Payload, out var arp) => new(from, to, arp.SenderProtocolAddress, arp.TargetProtocolAddress, true),
            EtherType.Ipv4 when Ipv4View.TryRead(link.Payload, out var ip) => new(from, to, ip.Source, ip.Destination, false),
            EtherType.Ipv6 when Ipv6View.TryRead(link.Payload, out var ip) => new(from, to, ip.Source, ip.Destination, false),
            _ => new(from, to, null, null, false),
        };
        return true;
    }

    /// <summary>May an address stand for one computer?</summary>
    public static bool IsOne(IpAddress address) => !address.IsAny && !address.IsMulticast && !address.IsLimitedBroadcast && !address.IsLoopback && (address.IsV6 || (address.V4 & 0xFF) != 0xFF);

    /// <summary>Is it an address that is given freely inside a site: RFC 1918, RFC 6598, link-local, RFC 4193?</summary>
    public static bool IsPrivate(IpAddress address) => address.IsLinkLocal || (address.IsV6
        ? address.Bits >> 121 == 0x7E
        : address.V4 >> 24 == 10 || address.V4 >> 20 == 0xAC1 || address.V4 >> 16 == 0xC0A8 || address.V4 >> 22 == 0x6440 >> 6);
}
