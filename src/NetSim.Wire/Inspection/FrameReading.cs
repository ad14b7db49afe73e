using NetSim.Model.Addressing;
using NetSim.Model.Packets;
using NetSim.Wire.Decoding;

namespace NetSim.Wire.Inspection;

/// <summary>Frames in words. Never throws, whatever the bytes.</summary>
public static class FrameReading
{
    private static readonly IpAddress DockerResolver = IpAddress.FromV4(0x7F00_000B);

    /// <summary>Tells a frame in one line.</summary>
    /// <param name="frame">Its bytes from the link header on.</param>
    /// <param name="linkType">LINKTYPE number; 1 is Ethernet.</param>
    public static PacketSummary Summarise(ReadOnlySpan<byte> frame, int linkType = LinkTypes.Ethernet)
    {
        if (!LinkView.TryRead(frame, linkType, out var link)) return Other($"{frame.Length} bytes");
        return (EtherType)link.EtherType switch
        {
            EtherType.Arp => Arp(link.Payload),
            EtherType.Ipv4 => Ipv4(link.Payload),
            EtherType.Ipv6 => Ipv6(link.Payload),
            _ => Other(link.EtherType >= 1536 ? $"EtherType 0x{link.EtherType:x4}" : $"802.3, {link.Payload.Length} bytes"),
        };
    }

    /// <summary>The conversation of a frame from sender to receiver; false when it is no IP. Ports are 0 where there are none or they are not in this fragment.</summary>
    public static bool TryReadFlow(ReadOnlySpan<byte> frame, int linkType, out FlowKey flow)
    {
        flow = default;
        if (!LinkView.TryRead(frame, linkType, out var link)) return false;
        if (Ipv4View.TryRead(link.Payload, out var v4) && link.EtherType == (ushort)EtherType.Ipv4)
        {
            flow = Flow(v4.Protocol, v4.Source, v4.Destination, v4.FragmentOffset == 0 ? v4.Payload : default);
            return true;
        }
        if (link.EtherType != (ushort)EtherType.Ipv6 || !Ipv6View.TryRead(link.Payload, out var v6)) return false;
        flow = Flow(v6.Protocol, v6.Source, v6.Destination, v6.FragmentOffset == 0 ? v6.Payload : default);
        return true;
    }

    private static PacketSummary Other(string text) => new(text, PacketClass.Other, null);

    private static PacketSummary Arp(ReadOnlySpan<byte> packet)
    {
        if (!ArpView.TryRead(packet, out var arp)) return new("ARP", PacketClass.Arp, null);
        string target = ShortAddress(arp.TargetProtocolAddress, arp.SenderProtocolAddress);
        string sender = ShortAddress(arp.SenderProtocolAddress, arp.TargetProtocolAddress);
        string text = arp switch
        {
            _ when arp.SenderProtocolAddress == arp.TargetProtocolAddress => $"here is {sender}",
            { Operation: ArpView.Request } when arp.SenderProtocolAddress.IsAny => $"is {target} taken?",
            { Operation: ArpView.Request } => $"who has {target}?",
            { Operation: ArpView.Reply } => $"{sender} is at {arp.SenderHardwareAddress}",
            _ => $"ARP operation {arp.Operation}",
        };
        return new(text, PacketClass.Arp, null);
    }

    /// <summary>An address as a neighbour says it: what differs from its own.</summary>
    private static string ShortAddress(IpAddress address, IpAddress neighbour)
    {
        uint differs = address.V4 ^ neighbour.V4;
        if (differs >> 8 == 0) return $".{address.V4 & 255}";
        return differs >> 16 == 0 ? $".{address.V4 >> 8 & 255}.{address.V4 & 255}" : address.ToString();
    }

    private static PacketSummary Ipv4(ReadOnlySpan<byte> packet)
    {
        if (!Ipv4View.TryRead(packet, out var ip)) return Other("not an IPv4 packet");
        if (ip.FragmentOffset > 0) return Fragment(Flow(ip.Protocol, ip.Source, ip.Destination, default), ip.FragmentOffset);
        return Transport(Flow(ip.Protocol, ip.Source, ip.Destination, ip.Payload), ip.Payload);
    }

    private static PacketSummary Ipv6(ReadOnlySpan<byte> packet)
    {
        if (!Ipv6View.TryRead(packet, out var ip)) return Other("not an IPv6 packet");
        if (ip.FragmentOffset > 0) return Fragment(Flow(ip.Protocol, ip.Source, ip.Destination, default), ip.FragmentOffset);
        return Transport(Flow(ip.Protocol, ip.Source, ip.Destination, ip.Payload), ip.Payload);
    }

    private static PacketSummary Fragment(FlowKey flow, int offset) => new($"fragment from {offset}", flow.Protocol switch
    {
        IpProtocol.Tcp => PacketClass.Tcp,
        IpProtocol.Udp => PacketClass.Udp,
        IpProtocol.Icmp or IpProtocol.IcmpV6 => PacketClass.Icmp,
        _ => PacketClass.Other,
    }, flow);

    private static PacketSummary Transport(FlowKey flow, ReadOnlySpan<byte> payload) => flow.Protocol switch
    {
        IpProtocol.Tcp => TcpSummary.Of(flow, payload),
        IpProtocol.Udp => Udp(flow, payload),
        IpProtocol.Icmp => IcmpSummary.OfV4(flow, payload),
        IpProtocol.IcmpV6 => IcmpSummary.OfV6(flow, payload),
        _ => new($"IP protocol {flow.Protocol.ToName()}", PacketClass.Other, flow),
    };

    private static PacketSummary Udp(FlowKey flow, ReadOnlySpan<byte> payload)
    {
        if (!UdpView.TryRead(payload, out var udp)) return new("UDP, cut", PacketClass.Udp, flow);
        // Behind Docker's resolver address lies a port of chance.
        bool dns = udp.SourcePort is 53 or 5353 or 5355 || udp.DestinationPort is 53 or 5353 or 5355 || flow.Source == DockerResolver || flow.Destination == DockerResolver;
        if (dns && DnsSummary.TryTell(udp.Payload, out string text)) return new(text, PacketClass.Dns, flow);
        return new($"{udp.Payload.Length} bytes to {udp.DestinationPort}", PacketClass.Udp, flow);
    }

    private static FlowKey Flow(IpProtocol protocol, IpAddress source, IpAddress destination, ReadOnlySpan<byte> payload)
    {
        bool ports = protocol is IpProtocol.Tcp or IpProtocol.Udp or IpProtocol.Sctp && payload.Length >= 4;
        if (ports) return new(protocol, source, new((ushort)(payload[0] << 8 | payload[1])), destination, new((ushort)(payload[2] << 8 | payload[3])));
        bool echo = payload.Length >= 8 && (protocol == IpProtocol.Icmp ? payload[0] is 0 or 8 : protocol == IpProtocol.IcmpV6 && payload[0] is 128 or 129);
        return new(protocol, source, echo ? new((ushort)(payload[4] << 8 | payload[5])) : default, destination, default);
    }
}
