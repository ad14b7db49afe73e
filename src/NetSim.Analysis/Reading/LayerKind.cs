namespace NetSim.Analysis.Reading;

/// <summary>A layer of a packet, by the names that Wireshark's protocol hierarchy has. 255 at most; 0 is none.</summary>
internal enum LayerKind : byte
{
    None, Eth, Sll, Null, Raw, Ppp, Wlan, Nflog, Vlan, QinQ, Mpls, Pppoe, Llc, Arp, Ip, Ipv6, Tcp, Udp, Icmp, Icmpv6, Igmp, Sctp, Gre, Vxlan, Geneve, Gtp, Esp, Ah,
    Other, Data, Dns, Mdns, Llmnr, Dhcp, Dhcpv6, Ntp, Http, Tls, Quic, Ssdp, Radiotap, Teredo, L2tp, Udplite, Nbns, Snmp, Stun, Http2, Unread,
}
