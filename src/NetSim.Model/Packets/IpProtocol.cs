namespace NetSim.Model.Packets;

/// <summary>What an IP packet carries (IANA protocol numbers).</summary>
public enum IpProtocol : byte
{
    /// <summary>IPv6 hop-by-hop options (0).</summary>
    HopByHop = 0,
    /// <summary>ICMP (1).</summary>
    Icmp = 1,
    /// <summary>IGMP (2).</summary>
    Igmp = 2,
    /// <summary>TCP (6).</summary>
    Tcp = 6,
    /// <summary>UDP (17).</summary>
    Udp = 17,
    /// <summary>ICMPv6 (58).</summary>
    IcmpV6 = 58,
    /// <summary>SCTP (132).</summary>
    Sctp = 132,
}

/// <summary>What an Ethernet frame carries (IEEE EtherType numbers).</summary>
public enum EtherType : ushort
{
    /// <summary>IPv4.</summary>
    Ipv4 = 0x0800,
    /// <summary>ARP.</summary>
    Arp = 0x0806,
    /// <summary>IPv6.</summary>
    Ipv6 = 0x86DD,
    /// <summary>802.1Q tag.</summary>
    Vlan = 0x8100,
    /// <summary>802.1ad tag.</summary>
    QinQ = 0x88A8,
}

/// <summary>Names of protocols as iptables and people write them.</summary>
public static class IpProtocolNames
{
    /// <summary>"tcp", "udp", "icmp", "icmpv6", "sctp", "igmp", else the number.</summary>
    public static string ToName(this IpProtocol protocol) => protocol switch
    {
        IpProtocol.Tcp => "tcp",
        IpProtocol.Udp => "udp",
        IpProtocol.Icmp => "icmp",
        IpProtocol.IcmpV6 => "icmpv6",
        IpProtocol.Sctp => "sctp",
        IpProtocol.Igmp => "igmp",
        _ => ((byte)protocol).ToString(System.Globalization.CultureInfo.InvariantCulture),
    };

    /// <summary>The protocol of a name ("tcp", "ipv6-icmp") or number ("6").</summary>
    public static bool TryParse(string text, out IpProtocol protocol)
    {
        protocol = text switch
        {
            "tcp" => IpProtocol.Tcp,
            "udp" => IpProtocol.Udp,
            "icmp" => IpProtocol.Icmp,
            "icmpv6" or "ipv6-icmp" => IpProtocol.IcmpV6,
            "sctp" => IpProtocol.Sctp,
            "igmp" => IpProtocol.Igmp,
            _ => IpProtocol.HopByHop,
        };
        if (protocol != IpProtocol.HopByHop) return true;
        bool number = byte.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out byte n);
        protocol = (IpProtocol)n;
        return number;
    }
}
