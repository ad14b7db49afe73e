namespace NetSim.Wire.Decoding;

/// <summary>Link types that are read here, by their LINKTYPE_ numbers as files hold them.</summary>
public static class LinkTypes
{
    /// <summary>BSD loopback: the address family in the byte order of the machine.</summary>
    public const int Null = 0;

    /// <summary>Ethernet.</summary>
    public const int Ethernet = 1;

    /// <summary>PPP, with or without HDLC framing.</summary>
    public const int Ppp = 9;

    /// <summary>PPP in HDLC framing.</summary>
    public const int PppHdlc = 50;

    /// <summary>PPP over Ethernet, from the PPPoE header on.</summary>
    public const int PppOverEthernet = 51;

    /// <summary>IEEE 802.11.</summary>
    public const int Wlan = 105;

    /// <summary>IEEE 802.11 behind a radiotap header.</summary>
    public const int Radiotap = 127;

    /// <summary>PPP with a byte that tells the direction.</summary>
    public const int PppWithDirection = 204;

    /// <summary>What Linux' NFLOG target logged.</summary>
    public const int Nflog = 239;

    /// <summary>OpenBSD loopback: the address family in network order.</summary>
    public const int Loop = 108;

    /// <summary>Raw IP.</summary>
    public const int Raw = 101;

    /// <summary>Linux cooked capture, version 1.</summary>
    public const int LinuxSll = 113;

    /// <summary>Raw IPv4.</summary>
    public const int Ipv4 = 228;

    /// <summary>Raw IPv6.</summary>
    public const int Ipv6 = 229;

    /// <summary>Linux cooked capture, version 2.</summary>
    public const int LinuxSll2 = 276;

    /// <summary>Raw IP under any of its numbers (12 and 14 are DLT_RAW of systems that wrote it into files).</summary>
    public static bool IsRawIp(int linkType) => linkType is 12 or 14 or Raw or Ipv4 or Ipv6;

    /// <summary>Is the link header read here?</summary>
    public static bool IsRead(int linkType) => linkType is Null or Ethernet or Loop or LinuxSll or LinuxSll2 or Wlan or Radiotap or Nflog || IsPpp(linkType) || IsRawIp(linkType);

    /// <summary>PPP under any of its numbers.</summary>
    public static bool IsPpp(int linkType) => linkType is Ppp or PppHdlc or PppOverEthernet or PppWithDirection;
}
