using NetSim.Model.Addressing;
using NetSim.Model.Packets;
using NetSim.Wire.Decoding;

namespace NetSim.Wire.Inspection;

/// <summary>ICMP messages in words.</summary>
internal static class IcmpSummary
{
    /// <summary>Of IPv4 (RFC 792).</summary>
    public static PacketSummary OfV4(FlowKey flow, ReadOnlySpan<byte> message)
    {
        if (!IcmpView.TryRead(message, out var icmp)) return new("ICMP, cut", PacketClass.Icmp, flow);
        string text = icmp.Type switch
        {
            0 => $"echo reply {icmp.SequenceNumber}",
            3 => Unreachable(icmp),
            5 => $"redirect to {IpAddress.FromV4(icmp.RestOfHeader)}",
            8 => $"echo request {icmp.SequenceNumber}",
            11 => icmp.Code == 0 ? "time to live exceeded" : "reassembly time exceeded",
            12 => "parameter problem",
            13 => "timestamp request",
            14 => "timestamp reply",
            _ => $"ICMP type {icmp.Type}",
        };
        return new(text, PacketClass.Icmp, flow);
    }

    /// <summary>Of IPv6 (RFC 4443, RFC 4861). Neighbour discovery takes the colour of ARP, whose work it does.</summary>
    public static PacketSummary OfV6(FlowKey flow, ReadOnlySpan<byte> message)
    {
        if (!IcmpView.TryRead(message, out var icmp)) return new("ICMPv6, cut", PacketClass.Icmp, flow);
        string target = icmp.Payload.Length >= 16 ? IpAddress.Read(icmp.Payload[..16]).ToString() : "?";
        string text = icmp.Type switch
        {
            1 => icmp.Code switch { 0 => "no route", 1 => "forbidden", 3 => "address unreachable", 4 => "port unreachable", _ => $"unreachable, code {icmp.Code}" },
            2 => $"packet too big, MTU {icmp.RestOfHeader}",
            3 => icmp.Code == 0 ? "hop limit exceeded" : "reassembly time exceeded",
            4 => "parameter problem",
            128 => $"echo request {icmp.SequenceNumber}",
            129 => $"echo reply {icmp.SequenceNumber}",
            130 => "multicast listener query",
            131 or 143 => "multicast listener report",
            133 => "router solicitation",
            134 => "router advertisement",
            135 => flow.Source.IsAny ? $"is {target} taken?" : $"who has {target}?",
            136 => $"here is {target}",
            137 => "redirect",
            _ => $"ICMPv6 type {icmp.Type}",
        };
        return new(text, icmp.Type is >= 133 and <= 137 ? PacketClass.Arp : PacketClass.Icmp, flow);
    }

    private static string Unreachable(IcmpView icmp) => icmp.Code switch
    {
        0 => "net unreachable",
        1 => "host unreachable",
        2 => "protocol unreachable",
        3 => "port unreachable",
        4 => $"fragmentation needed, MTU {icmp.NextHopMtu}",
        9 or 10 or 13 => "administratively prohibited",
        _ => $"unreachable, code {icmp.Code}",
    };
}
