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

    /// <summary>Opens the ports of linked containers, and its own for those that link to it, on a bridge with icc off. A rule that is there is not made twice.</summary>
    public static void Open(Daemon d, Container c)
    {
        foreach (var link in c.LinkedFrom.Where(p => p.IsRunning).SelectMany(p => Rules(p, c).Select(r => (r.Rule, r.Own))).Concat(Rules(c, null).Select(r => (r.Rule, r.Other))).ToList())
        {
            if (!d.Containers.All.Any(o => o.OpenedLinks.Exists(l => Same(l.Rule, link.Rule)))) d.Make(d.Firewall.LinkAdded(link.Rule));
            c.OpenedLinks.Add(link);
        }
    }

    /// <summary>Closes them, up to the first whose other end is gone meanwhile: there the engine gives up, and the rules stay.
    /// Source: moby v28.5.2 libnetwork/drivers/bridge/bridge_linux.go link.</summary>
    public static void Close(Daemon d, Container c)
    {
        foreach (var (rule, other) in c.OpenedLinks.TakeWhile(l => l.Other.Network.Endpoints.Contains(l.Other)).ToList()) d.Make(d.Firewall.LinkRemoved(rule));
        c.OpenedLinks.Clear();
    }

    /// <summary>Containers that link to this one learn its address.</summary>
    public static void ChildStarted(Daemon d, Container child)
    {
        foreach (var parent in child.LinkedFrom.Where(p => p.IsRunning)) ContainerFiles.Relinked(d, parent, child);
    }

    private static bool Same(FirewallLink a, FirewallLink b) => (a.From, a.To, a.Protocol, a.Port) == (b.From, b.To, b.Protocol, b.Port);

    private static IEnumerable<(FirewallLink Rule, Endpoint Own, Endpoint Other)> Rules(Container c, Container? only)
    {
        if (c.Sandbox?.Endpoints.FirstOrDefault(e => e.Network is { IsDefaultBridge: true, Icc: false }) is not { V4: { } from } own) yield break;
        foreach (var child in c.Links.Select(l => l.Child).Where(x => only is null || x == only).Distinct())
        {
            if (child.Sandbox?.Endpoints.FirstOrDefault(e => e.Network == own.Network) is not { V4: { } to } other) continue;
            foreach (var (port, protocol) in Ports(child)) yield return (new(FirewallWords.Of(own.Network), c.Name, from, to, protocol, new(port)), own, other);
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
