using NetSim.Docker.Books;
using NetSim.Docker.Firewall;
using NetSim.Docker.Naming;
using NetSim.Docker.Networks;

namespace NetSim.Docker.Containers;

/// <summary>--link on the default bridge: lines in /etc/hosts, variables (up to 28), and with icc off two rules for each exposed port.
/// Source: moby v28.5.2 daemon/links, daemon/container_operations_unix.go setupLinkedContainers; recorded in 04-link-default-bridge.</summary>
internal static class LegacyLinks
{
    /// <summary>A link to a container that does not run is refused.</summary>
    /// <exception cref="DaemonException">It does not run.</exception>
    public static void Check(Daemon d, Container c)
    {
        foreach (var (child, alias) in c.Links)
            if (!child.IsRunning || d.Containers.Find(child.Id) is null) throw new DaemonException($"Cannot link to a non running container: /{child.Name} AS /{c.Name}/{alias}");
        c.LinkVariables.Clear();
        if (!d.Version.AtLeast(29)) c.LinkVariables.AddRange(c.Links.SelectMany(l => Variables(c, l.Child, l.Alias)));
    }

    /// <summary>A process can't be added while a linked container is not running. Recorded in 04-link-default-bridge.</summary>
    /// <exception cref="DaemonException">One does not run.</exception>
    public static void CheckStill(Daemon d, Container c)
    {
        foreach (var (child, alias) in c.Links)
            if (d.Containers.Find(child.Id) is null) throw new DaemonException($"Cannot link to a non running container: /{child.Name} AS /{c.Name}/{alias}");
    }

    /// <summary>Opens the ports of linked containers on a bridge with icc off.</summary>
    public static void Open(Daemon d, Container c)
    {
        foreach (var link in Rules(c)) d.Make(d.Firewall.LinkAdded(link));
    }

    /// <summary>Closes them.</summary>
    public static void Close(Daemon d, Container c)
    {
        foreach (var link in Rules(c)) d.Make(d.Firewall.LinkRemoved(link));
    }

    /// <summary>Containers that link to this one learn its address.</summary>
    public static void ChildStarted(Daemon d, Container child)
    {
        foreach (var parent in child.LinkedFrom.Where(p => p.IsRunning)) ContainerFiles.Relinked(d, parent, child);
    }

    private static IEnumerable<FirewallLink> Rules(Container c)
    {
        if (c.Sandbox?.Endpoints.FirstOrDefault(e => e.Network is { IsDefaultBridge: true, Icc: false }) is not { V4: { } from } own) yield break;
        foreach (var (child, _) in c.Links)
        {
            if (child.Sandbox?.Endpoints.FirstOrDefault(e => e.Network == own.Network)?.V4 is not { } to) continue;
            foreach (var (port, protocol) in Ports(child)) yield return new(FirewallWords.Of(own.Network), c.Name, from, to, protocol, new(port));
        }
    }

    private static IEnumerable<(ushort Port, string Protocol)> Ports(Container child) =>
        child.Exposed.Select(x => x.Split('/')).Select(x => (ushort.Parse(x[0], System.Globalization.CultureInfo.InvariantCulture), x[1])).OrderBy(x => x.Item1).ThenBy(x => x.Item2, StringComparer.Ordinal);

    private static IEnumerable<(string, string)> Variables(Container c, Container child, string alias)
    {
        string prefix = alias.ToUpperInvariant().Replace('-', '_');
        string address = child.Sandbox!.Endpoints.FirstOrDefault(e => e.Network.IsDefaultBridge)?.V4?.ToString() ?? "";
        var ports = Ports(child).ToList();
        if (ports.Count > 0) yield return ($"{prefix}_PORT", $"{ports[0].Protocol}://{address}:{ports[0].Port}");
        foreach (var (port, protocol) in ports)
        {
            string name = $"{prefix}_PORT_{port}_{protocol.ToUpperInvariant()}";
            yield return (name, $"{protocol}://{address}:{port}");
            yield return (name + "_ADDR", address);
            yield return (name + "_PORT", $"{port}");
            yield return (name + "_PROTO", protocol);
        }
        yield return ($"{prefix}_NAME", $"/{c.Name}/{alias}");
        foreach (string entry in child.Options.Environment)
        {
            int equals = entry.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0 && entry[..equals] is not ("HOME" or "PATH")) yield return ($"{prefix}_ENV_{entry[..equals]}", entry[(equals + 1)..]);
        }
    }
}
