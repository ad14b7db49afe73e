using System.Text;
using NetSim.Model.Packets;
using NetSim.Wire.Decoding;

namespace NetSim.Wire.Inspection;

/// <summary>TCP segments in words: flags, or what the first line of their data says.</summary>
internal static class TcpSummary
{
    private const int RedisPort = 6379;
    private const int LongestText = 48;

    private static readonly string[] Methods = ["GET ", "POST ", "HEAD ", "PUT ", "DELETE ", "OPTIONS ", "PATCH ", "CONNECT ", "TRACE "];

    /// <summary>Tells a segment.</summary>
    public static PacketSummary Of(FlowKey flow, ReadOnlySpan<byte> segment)
    {
        if (!TcpView.TryRead(segment, out var tcp)) return new("TCP, cut", PacketClass.Tcp, flow);
        if (tcp.Payload.IsEmpty) return new(Flags(tcp), PacketClass.Tcp, flow);
        if (TryHttp(tcp.Payload, out string http)) return new(http, PacketClass.Http, flow);
        if ((tcp.SourcePort == 53 || tcp.DestinationPort == 53) && tcp.Payload.Length > 2 && DnsSummary.TryTell(tcp.Payload[2..], out string dns)) return new(dns, PacketClass.Dns, flow);
        if ((tcp.SourcePort == RedisPort || tcp.DestinationPort == RedisPort) && TryRedis(tcp.Payload, out string redis)) return new(redis, PacketClass.Tcp, flow);
        string ends = tcp.Has(TcpFlags.Fin) ? ", FIN" : tcp.Has(TcpFlags.Rst) ? ", RST" : "";
        return new($"{tcp.Payload.Length} bytes{ends}", PacketClass.Tcp, flow);
    }

    private static string Flags(TcpView tcp)
    {
        bool ack = tcp.Has(TcpFlags.Ack);
        if (tcp.Has(TcpFlags.Syn)) return ack ? "SYN ACK" : $"SYN {tcp.DestinationPort}";
        if (tcp.Has(TcpFlags.Rst)) return "RST";
        return tcp.Has(TcpFlags.Fin) ? "FIN" : ack ? "ACK" : "no flags";
    }

    private static bool TryHttp(ReadOnlySpan<byte> data, out string text)
    {
        text = "";
        string line = FirstLine(data);
        if (line.StartsWith("HTTP/1.", StringComparison.Ordinal) && line.Length > 9)
        {
            text = line[9..];
            return true;
        }
        string request = line;
        if (!Array.Exists(Methods, m => request.StartsWith(m, StringComparison.Ordinal))) return false;
        int end = line.LastIndexOf(" HTTP/", StringComparison.Ordinal);
        text = end > 0 ? line[..end] : line;
        return true;
    }

    /// <summary>RESP: a command is an array of strings, an answer begins with its kind. Source: redis.io, "Redis serialization protocol specification".</summary>
    private static bool TryRedis(ReadOnlySpan<byte> data, out string text)
    {
        string[] lines = Printable(data[..Math.Min(data.Length, 256)]).Split("\r\n");
        string head = lines[0];
        text = head.Length == 0 ? "" : head[0] switch
        {
            '*' => string.Join(' ', lines.Skip(1).Where(l => !l.StartsWith('$'))).Trim(),
            '$' => head == "$-1" ? "nil" : lines.Length > 1 ? lines[1] : "",
            '+' or ':' => head[1..],
            '-' => head[1..],
            _ => head,
        };
        if (text.Length > LongestText) text = text[..LongestText] + "…";
        return text.Length > 0;
    }

    private static string FirstLine(ReadOnlySpan<byte> data)
    {
        int end = data[..Math.Min(data.Length, 512)].IndexOfAny((byte)'\r', (byte)'\n');
        string line = Printable(data[..Math.Min(end < 0 ? data.Length : end, 120)]);
        return line.Length > LongestText + 12 ? line[..(LongestText + 11)] + "…" : line;
    }

    /// <summary>ASCII with everything that could disturb a terminal as '.'; CR and LF stay.</summary>
    private static string Printable(ReadOnlySpan<byte> data)
    {
        var text = new StringBuilder(data.Length);
        foreach (byte b in data) text.Append(b is >= 32 and < 127 or (byte)'\r' or (byte)'\n' ? (char)b : '.');
        return text.ToString();
    }
}
