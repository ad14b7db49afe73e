using System.Globalization;
using NetSim.Docker.Books;
using NetSim.Docker.Engine;
using NetSim.Model.Addressing;

namespace NetSim.Docker.CommandLine;

/// <summary>-p in all its forms ([ip:][hostPort|range:]containerPort|range[/proto]) and --expose.
/// Source: github.com/docker/go-connections v0.4.0 (client up to 24), v0.5.0 (25 to 28.4) and v0.6.0 nat/nat.go ParsePortSpec; docker/cli v28.5.2 cli/command/container/opts.go convertToStandardNotation.</summary>
internal static class PortFlags
{
    /// <summary>Takes one -p apart, ranges port by port.</summary>
    /// <exception cref="UsageException">It is not understood.</exception>
    public static IEnumerable<(string Port, RequestedBinding Binding, string Option)> Publish(string text) => Publish(text, EngineVersion.Default);

    /// <summary>Takes one -p apart as the client of a version does, ranges port by port.</summary>
    /// <exception cref="UsageException">It is not understood.</exception>
    public static IEnumerable<(string Port, RequestedBinding Binding, string Option)> Publish(string text, EngineVersion version)
    {
        if (text.Contains('=', StringComparison.Ordinal)) text = LongForm(text);
        var (ip, host, container, protocol) = Split(text);
        bool known = protocol is "tcp" or "udp" or "sctp";
        if (!known && version.AtLeast(28, 5)) throw Refuse(version, $"invalid proto: {protocol}");
        if (ip.StartsWith('[')) ip = ip.EndsWith(']') ? ip[1..^1] : throw Refuse(version, $"invalid IP address {ip}: address {ip}:: missing ']' in address");
        if (ip.Length > 0 && !IpAddress.TryParse(ip, out _)) throw Refuse(version, version.AtLeast(29) ? $"invalid IP address: {ip}" : $"invalid ip address: {ip}");
        if (container.Length == 0) throw Refuse(version, $"no port specified: {text}<empty>");
        var (from, to) = Range(container) ?? throw Refuse(version, $"invalid containerPort: {container}");
        (ushort From, ushort To) hostRange = host.Length == 0 ? ((ushort)0, (ushort)0) : Range(host) ?? throw Refuse(version, $"invalid hostPort: {host}");
        bool pick = host.Length > 0 && from == to && hostRange.From != hostRange.To;
        if (host.Length > 0 && !pick && to - from != hostRange.To - hostRange.From) throw Refuse(version, $"invalid ranges specified for container and host Ports: {container} and {host}");
        return known ? Each(text, ip, protocol, (from, to), host, pick, hostRange.From) : throw Refuse(version, $"invalid proto: {protocol}");
    }

    /// <summary>Takes one --expose apart: "80", "80/udp", "80-85".</summary>
    /// <exception cref="UsageException">It is not understood.</exception>
    public static IEnumerable<string> Expose(string text)
    {
        if (text.Contains(':', StringComparison.Ordinal)) throw new UsageException($"invalid port format for --expose: {text}");
        int slash = text.IndexOf('/', StringComparison.Ordinal);
        string ports = slash < 0 ? text : text[..slash], protocol = slash < 0 ? "tcp" : text[(slash + 1)..];
        var (from, to) = Range(ports) ?? throw new UsageException($"invalid range format for --expose: {text}, error: {RangeFault(ports)}");
        for (int p = from; p <= to; p++) yield return $"{p}/{protocol}";
    }

    /// <summary>Up to 24 the client begins the sentence with a capital letter.</summary>
    /// <summary>With a capital letter up to 28: so recorded of 20.10.24, 26.1.5 and 28.5.2, Debian's builds, whose go-connections is 0.4.</summary>
    private static UsageException Refuse(EngineVersion version, string fault) => new(version.AtLeast(29) ? fault : char.ToUpperInvariant(fault[0]) + fault[1..]);

    private static IEnumerable<(string, RequestedBinding, string)> Each(string text, string ip, string protocol, (int From, int To) container, string host, bool pick, ushort first)
    {
        for (int p = container.From; p <= container.To; p++)
        {
            string hostPort = host.Length == 0 ? "" : pick ? host : (first + p - container.From).ToString(CultureInfo.InvariantCulture);
            yield return ($"{p}/{protocol}", new(ip, hostPort), "-p " + text);
        }
    }

    private static (string Ip, string Host, string Container, string Protocol) Split(string text)
    {
        int slash = text.LastIndexOf('/');
        string protocol = slash < 0 ? "tcp" : text[(slash + 1)..].ToLowerInvariant();
        string rest = slash < 0 ? text : text[..slash];
        int last = rest.LastIndexOf(':');
        if (last < 0) return ("", "", rest, protocol);
        string container = rest[(last + 1)..];
        rest = rest[..last];
        int next = rest.LastIndexOf(':');
        if (next < 0) return ("", rest, container, protocol);
        return (rest[..next], rest[(next + 1)..], container, protocol);
    }

    private static (ushort From, ushort To)? Range(string text)
    {
        var ends = text.Split('-');
        if (ends.Length > 2 || !Number(ends[0], out ushort from)) return null;
        ushort to = from;
        if (ends.Length == 2 && (!Number(ends[1], out to) || to < from)) return null;
        return (from, to);
    }

    /// <summary>What Go says of a range. Source: github.com/docker/go-connections nat/parse.go ParsePortRange.</summary>
    private static string RangeFault(string text)
    {
        if (text.Length == 0) return "empty string specified for ports";
        var ends = text.Split('-', 2);
        foreach (string end in ends)
            if (!Number(end, out _)) return $"strconv.ParseUint: parsing \"{end}\": {(end.Length > 0 && end.All(char.IsAsciiDigit) ? "value out of range" : "invalid syntax")}";
        return "invalid range specified for port: " + text;
    }

    private static bool Number(string text, out ushort n) => ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out n);

    /// <summary>"target=80,published=8080,protocol=udp" in the short form; other names are of no effect.</summary>
    private static string LongForm(string text)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal) { ["protocol"] = "tcp" };
        foreach (string field in text.Split(','))
        {
            int equals = field.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0) throw new UsageException($"invalid publish opts format (should be name=value but got '{field}')");
            fields[field[..equals]] = field[(equals + 1)..];
        }
        return $"{fields.GetValueOrDefault("published")}:{fields.GetValueOrDefault("target")}/{fields["protocol"]}";
    }
}
