using System.Text;
using NetSim.Docker.Books;
using NetSim.Docker.Engine;

namespace NetSim.Docker.Naming;

/// <summary>A container's /etc/hosts: localhost, the IPv6 names, --add-host, legacy links, then a line for each address.
/// Source: moby v28.5.2 libnetwork/etchosts/etchosts.go (up to 27 fe00::0 and ff00::0); recorded in 02-default-bridge, 17-dns-options, 04-link-default-bridge.</summary>
internal static class HostsFile
{
    /// <summary>Writes it.</summary>
    public static string Write(EngineVersion version, IEnumerable<string> lines)
    {
        string zero = version.AtLeast(28) ? "" : "0";
        var b = new StringBuilder("127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\n");
        b.Append($"fe00::{zero}\tip6-localnet\nff00::{zero}\tip6-mcastprefix\nff02::1\tip6-allnodes\nff02::2\tip6-allrouters\n");
        foreach (string line in lines) b.Append(line).Append('\n');
        return b.ToString();
    }

    /// <summary>The names of a container in its own line: "host.domain host", "host".</summary>
    public static string OwnNames(Container container)
    {
        string full = container.Domainname.Length > 0 ? $"{container.Hostname}.{container.Domainname}" : container.Hostname;
        int dot = full.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 ? $"{full} {full[..dot]}" : full;
    }

    /// <summary>The line of a legacy link: "cache ID db", or "db ID" where the alias is the name.</summary>
    public static string LinkLine(string address, string alias, Container child) =>
        alias == child.Name ? $"{address}\t{alias} {child.Hostname}" : $"{address}\t{alias} {child.Hostname} {child.Name}";

    /// <summary>The lines of --add-host; host-gateway is the host's address on docker0.</summary>
    public static IEnumerable<string> Extra(IEnumerable<string> extraHosts, string hostGateway) => extraHosts.Select(entry =>
    {
        int colon = entry.IndexOf(':', StringComparison.Ordinal);
        string address = entry[(colon + 1)..];
        return $"{(address == "host-gateway" ? hostGateway : address)}\t{entry[..colon]}";
    });
}
