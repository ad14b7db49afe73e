using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using NetSim.Model.Addressing;

namespace NetSim.Simulation.Programs.Protocols;

/// <summary>A URL of a web client.</summary>
/// <param name="Scheme">"http".</param>
/// <param name="Host">Name or address, without brackets.</param>
/// <param name="Port">Given, or 80.</param>
/// <param name="Path">With its query; "/" at least.</param>
internal sealed record HttpUrl(string Scheme, string Host, Port Port, string Path)
{
    /// <summary>The host as it stands in a Host header: IPv6 in brackets.</summary>
    public string HostText => Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host;

    /// <summary>Reads "http://[::1]:8080/x?y"; without a scheme it is http.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out HttpUrl? url)
    {
        url = null;
        int colon = text.IndexOf("://", StringComparison.Ordinal);
        string scheme = colon < 0 ? "http" : text[..colon].ToLowerInvariant();
        string rest = (colon < 0 ? text : text[(colon + 3)..]).Split('#')[0];
        int slash = rest.IndexOfAny(['/', '?']);
        string authority = slash < 0 ? rest : rest[..slash];
        string path = slash < 0 ? "/" : rest[slash] == '?' ? "/" + rest[slash..] : rest[slash..];
        authority = authority[(authority.LastIndexOf('@') + 1)..];
        int bracket = authority.LastIndexOf(']');
        int end = authority.IndexOf(':', Math.Max(0, bracket));
        string host = (end < 0 ? authority : authority[..end]).Trim('[', ']');
        ushort port = scheme switch
        {
            "https" => 443,
            "ftp" => 21,
            "telnet" => 23,
            _ => 80,
        };
        if (end >= 0 && end + 1 < authority.Length && !ushort.TryParse(authority.AsSpan(end + 1), NumberStyles.None, CultureInfo.InvariantCulture, out port)) return false;
        if (host.Length == 0 || host.Contains(' ', StringComparison.Ordinal)) return false;
        url = new(scheme, host, new(port), path);
        return true;
    }
}
