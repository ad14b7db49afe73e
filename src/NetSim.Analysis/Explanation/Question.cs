using NetSim.Model.Addressing;

namespace NetSim.Analysis.Explanation;

/// <summary>What is asked for: a transport, an echo, or a name.</summary>
public enum AskedProtocol
{
    /// <summary>A TCP connection.</summary>
    Tcp,
    /// <summary>A UDP datagram and its answer.</summary>
    Udp,
    /// <summary>A ping.</summary>
    Icmp,
    /// <summary>Does the name resolve?</summary>
    Dns,
}

/// <summary>A question: can this one reach that one?</summary>
/// <param name="From">A container's name, "host", "outside", a Compose service, or "project/service".</param>
/// <param name="To">NAME, host, outside or an address.</param>
/// <param name="Port">The port, or null.</param>
/// <param name="Protocol">What is asked for.</param>
public sealed record Question(string From, string To, Port? Port, AskedProtocol Protocol)
{
    /// <summary>"web:80" or "[fd00::2]:80".</summary>
    public string Target => Port is not { } p ? To : To.Contains(':', StringComparison.Ordinal) ? $"[{To}]:{p}" : $"{To}:{p}";

    /// <summary>Reads the ends as a person writes them.</summary>
    /// <param name="from">NAME, host, outside.</param>
    /// <param name="to">NAME[:PORT], ADDRESS[:PORT], [V6]:PORT.</param>
    /// <param name="protocol">Null: TCP where a port is given, else ICMP.</param>
    /// <exception cref="FormatException">It is none of those; the message says what would be right.</exception>
    public static Question Read(string from, string to, AskedProtocol? protocol)
    {
        var (end, port) = Split(to);
        if (end.Length == 0) throw new FormatException($"\"{to}\" names nobody; an end is NAME[:PORT], ADDRESS[:PORT] or [V6]:PORT");
        var chosen = protocol ?? (port is null ? AskedProtocol.Icmp : AskedProtocol.Tcp);
        if (chosen is AskedProtocol.Tcp or AskedProtocol.Udp && port is null) throw new FormatException($"{chosen.ToString().ToLowerInvariant()} needs a port: {to}:80");
        return new(from, end, port, chosen);
    }

    private static (string End, Port? Port) Split(string text)
    {
        if (text.StartsWith('[') && text.IndexOf(']', StringComparison.Ordinal) is > 0 and var close)
            return (text[1..close], close + 1 == text.Length ? null : text[close + 1] == ':' ? PortOf(text, text[(close + 2)..]) : throw Bad(text));
        if (IpAddress.TryParse(text, out _)) return (text, null);
        int colon = text.LastIndexOf(':');
        return colon < 0 ? (text, null) : (text[..colon], PortOf(text, text[(colon + 1)..]));
    }

    private static Port PortOf(string text, string digits) =>
        ushort.TryParse(digits, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out ushort n) && n > 0 ? new(n) : throw Bad(text);

    private static FormatException Bad(string text) => new($"\"{text}\" is no end; an end is NAME[:PORT], ADDRESS[:PORT] or [V6]:PORT, with a port from 1 to 65535");
}
