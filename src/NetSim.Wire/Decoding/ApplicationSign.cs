using System.Buffers.Binary;

namespace NetSim.Wire.Decoding;

/// <summary>Tells by the first bytes of a segment or datagram what is spoken.</summary>
public static class ApplicationSign
{
    /// <summary>What the data of a TCP segment is, or None.</summary>
    public static ApplicationKind OfSegment(ReadOnlySpan<byte> data, ushort sourcePort, ushort destinationPort)
    {
        if (data.Length < 3) return ApplicationKind.None;
        if (TlsHelloView.IsRecord(data)) return ApplicationKind.Tls;
        if (data.StartsWith("PRI * HTTP/2.0\r\n"u8)) return ApplicationKind.Http2;
        if (IsHttp(data)) return ApplicationKind.Http;
        if (data.StartsWith("SSH-"u8)) return ApplicationKind.Ssh;
        if (IsMySqlGreeting(data)) return ApplicationKind.MySql;
        if (IsPostgreSql(data)) return ApplicationKind.PostgreSql;
        if (IsRedis(data)) return ApplicationKind.Redis;
        return OfBanner(data, sourcePort, destinationPort);
    }

    /// <summary>What a UDP datagram is, by its port and, where that says nothing, its bytes.</summary>
    public static ApplicationKind OfDatagram(ReadOnlySpan<byte> data, ushort sourcePort, ushort destinationPort)
    {
        var byPort = OfPort(Math.Min(sourcePort, destinationPort));
        if (byPort == ApplicationKind.None) byPort = OfPort(Math.Max(sourcePort, destinationPort));
        if (byPort != ApplicationKind.None) return byPort;
        if (QuicView.TryRead(data, out _)) return ApplicationKind.Quic;
        if (data.Length >= 20 && data[0] < 4 && BinaryPrimitives.ReadUInt32BigEndian(data[4..]) == 0x2112_A442) return ApplicationKind.Stun;
        if (data.StartsWith("d1:ad2:id20:"u8) || data.StartsWith("d1:rd2:id20:"u8)) return ApplicationKind.BitTorrent;
        if (data.Length is 148 or 92 && data[0] is 1 or 2 && data[1] == 0 && data[2] == 0 && data[3] == 0) return ApplicationKind.WireGuard;
        return data.StartsWith("NOTIFY * HTTP"u8) || data.StartsWith("M-SEARCH * HTTP"u8) ? ApplicationKind.Ssdp : ApplicationKind.None;
    }

    /// <summary>Does a message of HTTP/1 begin here (RFC 9112, section 3)?</summary>
    public static bool IsHttp(ReadOnlySpan<byte> data)
    {
        if (data.StartsWith("HTTP/1."u8)) return true;
        if (data[0] is < (byte)'A' or > (byte)'Z') return false;
        return data.StartsWith("GET "u8) || data.StartsWith("POST "u8) || data.StartsWith("HEAD "u8) || data.StartsWith("PUT "u8) || data.StartsWith("DELETE "u8)
            || data.StartsWith("OPTIONS "u8) || data.StartsWith("PATCH "u8) || data.StartsWith("CONNECT "u8) || data.StartsWith("TRACE "u8);
    }

    /// <summary>Protocol 10 and a version as text (MySQL, Protocol::HandshakeV10).</summary>
    private static bool IsMySqlGreeting(ReadOnlySpan<byte> data) =>
        data.Length > 8 && data[3] == 0 && data[4] == 10 && data[5] is >= (byte)'0' and <= (byte)'9' && (data[0] | data[1] << 8 | data[2] << 16) is > 20 and < 512;

    /// <summary>A start-up packet of protocol 3, or a request for TLS (PostgreSQL, section 53.7).</summary>
    private static bool IsPostgreSql(ReadOnlySpan<byte> data)
    {
        if (data.Length < 8) return false;
        uint length = BinaryPrimitives.ReadUInt32BigEndian(data), code = BinaryPrimitives.ReadUInt32BigEndian(data[4..]);
        return code == 80877103 && length == 8 || code >> 16 == 3 && (code & 0xFFFF) < 3 && length is > 8 and < 10000;
    }

    /// <summary>An array of bulk strings, which is a command, or a short answer (RESP).</summary>
    private static bool IsRedis(ReadOnlySpan<byte> data)
    {
        if (data.StartsWith("+OK\r\n"u8) || data.StartsWith("+PONG\r\n"u8) || data.StartsWith("-ERR "u8) || data.StartsWith("-NOAUTH "u8)) return true;
        if (data[0] != (byte)'*' || data.Length < 6) return false;
        int at = 1;
        while (at < data.Length && data[at] is >= (byte)'0' and <= (byte)'9') at++;
        return at > 1 && data.Length > at + 2 && data[at] == (byte)'\r' && data[at + 1] == (byte)'\n' && data[at + 2] is (byte)'$' or (byte)':' or (byte)'*';
    }

    private static ApplicationKind OfBanner(ReadOnlySpan<byte> data, ushort sourcePort, ushort destinationPort)
    {
        if (data.StartsWith("AMQP"u8)) return ApplicationKind.Amqp;
        if (data.StartsWith("\u0013BitTorrent protocol"u8)) return ApplicationKind.BitTorrent;
        if (data.StartsWith("EHLO "u8) || data.StartsWith("HELO "u8)) return ApplicationKind.Smtp;
        if (data.StartsWith("* OK"u8)) return ApplicationKind.Imap;
        if (data.StartsWith("+OK "u8)) return ApplicationKind.Pop;
        if (data.Length > 8 && data[0] == 0x10 && data[4..].StartsWith("MQTT"u8)) return ApplicationKind.Mqtt;
        if (data.Length > 8 && data[0] == 0 && data[4] is 0xFE or 0xFF && data[5..].StartsWith("SMB"u8)) return ApplicationKind.Smb;
        if (data.StartsWith("SIP/2.0"u8) || data.StartsWith("RTSP/1."u8)) return ApplicationKind.Sip;
        if (data.StartsWith("220"u8)) return sourcePort is 25 or 587 ? ApplicationKind.Smtp : ApplicationKind.Ftp;
        if (data.Length > 16 && (sourcePort == 27017 || destinationPort == 27017)) return ApplicationKind.MongoDb;
        return ApplicationKind.None;
    }

    private static ApplicationKind OfPort(ushort port) => port switch
    {
        53 => ApplicationKind.Dns,
        67 or 68 => ApplicationKind.Dhcp,
        69 => ApplicationKind.Tftp,
        123 => ApplicationKind.Ntp,
        137 => ApplicationKind.Nbns,
        161 or 162 => ApplicationKind.Snmp,
        514 => ApplicationKind.Syslog,
        546 or 547 => ApplicationKind.Dhcpv6,
        1900 => ApplicationKind.Ssdp,
        GtpView.Port => ApplicationKind.Gtp,
        VxlanView.Port => ApplicationKind.Vxlan,
        5353 => ApplicationKind.Mdns,
        5355 => ApplicationKind.Llmnr,
        GeneveView.Port => ApplicationKind.Geneve,
        _ => ApplicationKind.None,
    };
}
