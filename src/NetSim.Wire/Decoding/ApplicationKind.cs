namespace NetSim.Wire.Decoding;

/// <summary>What a flow speaks, as far as its first bytes or its port tell.</summary>
public enum ApplicationKind : byte
{
    /// <summary>Not known.</summary>
    None,
    /// <summary>DNS.</summary>
    Dns,
    /// <summary>Multicast DNS (RFC 6762).</summary>
    Mdns,
    /// <summary>LLMNR (RFC 4795).</summary>
    Llmnr,
    /// <summary>HTTP/1.</summary>
    Http,
    /// <summary>HTTP/2 without TLS.</summary>
    Http2,
    /// <summary>TLS.</summary>
    Tls,
    /// <summary>QUIC.</summary>
    Quic,
    /// <summary>DHCP.</summary>
    Dhcp,
    /// <summary>DHCPv6.</summary>
    Dhcpv6,
    /// <summary>NTP.</summary>
    Ntp,
    /// <summary>SSH.</summary>
    Ssh,
    /// <summary>Redis (RESP).</summary>
    Redis,
    /// <summary>PostgreSQL.</summary>
    PostgreSql,
    /// <summary>MySQL.</summary>
    MySql,
    /// <summary>MongoDB.</summary>
    MongoDb,
    /// <summary>MQTT.</summary>
    Mqtt,
    /// <summary>AMQP.</summary>
    Amqp,
    /// <summary>SMTP.</summary>
    Smtp,
    /// <summary>FTP control.</summary>
    Ftp,
    /// <summary>IMAP.</summary>
    Imap,
    /// <summary>POP3.</summary>
    Pop,
    /// <summary>SSDP.</summary>
    Ssdp,
    /// <summary>NetBIOS names.</summary>
    Nbns,
    /// <summary>SNMP.</summary>
    Snmp,
    /// <summary>STUN.</summary>
    Stun,
    /// <summary>VXLAN.</summary>
    Vxlan,
    /// <summary>GENEVE.</summary>
    Geneve,
    /// <summary>GTP's user plane.</summary>
    Gtp,
    /// <summary>BitTorrent.</summary>
    BitTorrent,
    /// <summary>Syslog.</summary>
    Syslog,
    /// <summary>TFTP.</summary>
    Tftp,
    /// <summary>WireGuard.</summary>
    WireGuard,
    /// <summary>RTSP or SIP.</summary>
    Sip,
    /// <summary>SMB.</summary>
    Smb,
}
