using NetSim.Docker.Books;
using NetSim.Model.Addressing;
using NetSim.Model.Tracing;

namespace NetSim.Docker.Naming;

/// <summary>Writes a container's resolv.conf, hosts and hostname, and keeps hosts up to date while it runs.</summary>
internal static class ContainerFiles
{
    /// <summary>What is there before the first network is plugged in: the host's resolv.conf and a hosts file without own addresses; from 28 the hostname file too.
    /// A start that fails leaves these. Recorded in 11-errors, 33-ipvlan.</summary>
    public static void WriteInitial(Daemon d, Container c, Sandbox sandbox)
    {
        c.HasFiles = true;
        WriteResolvConf(d, c, ResolvConfKind.HostCopy);
        sandbox.HostLines.Clear();
        sandbox.HostLines.AddRange(HostsFile.Extra(c.Options.ExtraHosts, HostGateway(d)).Select(l => ("", l)));
        WriteHosts(d, c, sandbox);
        if (d.Version.AtLeast(28)) WriteHostname(d, c);
    }

    /// <summary>All three, at start.</summary>
    public static void WriteAll(Daemon d, Container c, Sandbox sandbox)
    {
        WriteResolvConf(d, c, KindOf(c, sandbox));
        WriteOwnLines(d, c, sandbox);
        WriteHostname(d, c);
    }

    /// <summary>The hosts file with the lines of links and of the own addresses.</summary>
    public static void WriteOwnLines(Daemon d, Container c, Sandbox sandbox)
    {
        c.HasFiles = true;
        sandbox.HostLines.Clear();
        sandbox.HostLines.AddRange(HostsFile.Extra(c.Options.ExtraHosts, HostGateway(d)).Select(l => ("", l)));
        foreach (var (child, alias) in c.Links)
            if (LinkAddress(child) is { } address) sandbox.HostLines.Add(("", HostsFile.LinkLine(address, alias, child)));
        foreach (var e in sandbox.Endpoints) AddLines(c, e, sandbox);
        WriteHosts(d, c, sandbox);
    }

    /// <summary>After plugging in: a line more; the first user-defined network also changes resolv.conf.</summary>
    public static void Connected(Daemon d, Container c, Endpoint e, Sandbox sandbox)
    {
        AddLines(c, e, sandbox);
        WriteHosts(d, c, sandbox);
    }

    /// <summary>After unplugging: up to 27 the lines of all networks are gone, and none at all where it was the default bridge, which has no names; from 28 those of that network.
    /// Source: moby v20.10.24 libnetwork/endpoint.go sbLeave, libnetwork/network.go getSvcRecords; recorded in 12-connect-disconnect.</summary>
    public static void Disconnected(Daemon d, Container c, Network network, Sandbox sandbox)
    {
        sandbox.HostLines.RemoveAll(l => d.Version.AtLeast(28) ? l.Network == network.Name : l.Network.Length > 0 && network.IsUserDefined);
        WriteHosts(d, c, sandbox);
    }

    /// <summary>After the stop: no own lines; up to 27 they stay where the default bridge was the only network.</summary>
    /// <param name="d">The daemon.</param>
    /// <param name="c">Whose.</param>
    /// <param name="sandbox">Its sandbox.</param>
    /// <param name="named">Had it a network with names?</param>
    public static void Stopped(Daemon d, Container c, Sandbox sandbox, bool named)
    {
        if (named || d.Version.AtLeast(28)) sandbox.HostLines.RemoveAll(l => l.Network.Length > 0);
        WriteHosts(d, c, sandbox);
    }

    /// <summary>A linked container came up with an address: its lines in the linking one's hosts follow. Recorded in 04-link-default-bridge.</summary>
    public static void Relinked(Daemon d, Container parent, Container child)
    {
        if (parent.Sandbox is not { } sandbox || LinkAddress(child) is not { } address) return;
        foreach (var (_, alias) in parent.Links.Where(l => l.Child == child))
        {
            string line = HostsFile.LinkLine(address, alias, child);
            string names = line[(line.IndexOf('\t', StringComparison.Ordinal) + 1)..];
            int at = sandbox.HostLines.FindIndex(l => l.Line.EndsWith("\t" + names, StringComparison.Ordinal));
            if (at >= 0) sandbox.HostLines[at] = ("", line);
        }
        WriteHosts(d, parent, sandbox);
    }

    /// <summary>resolv.conf alone.</summary>
    public static void WriteResolvConf(Daemon d, Container c, ResolvConfKind kind) =>
        Write(d, c, "/etc/resolv.conf", ResolvConfText.Write(d.Version, Plan(d, c, kind), d.Host.ResolvConf), "resolv-conf");

    /// <summary>How the container's resolv.conf is made.</summary>
    public static ResolvConfPlan Plan(Daemon d, Container c, ResolvConfKind kind) => ResolvConfPlan.Make(d.Version, d.Settings, c.Options, d.Host.ResolvConf, kind);

    /// <summary>Files of another container, for one that shares its network.</summary>
    public static void CopyFrom(Daemon d, Container c, Container other)
    {
        c.HasFiles = true;
        c.FilesOf = other.FilesOf ?? other;
        c.Files.Clear();
        foreach (var (path, text) in other.Files) Write(d, c, path, text, "shared-network");
    }

    /// <summary>The container whose files it uses was removed, and they with it.</summary>
    public static void Lost(Daemon d, Container c)
    {
        foreach (string path in c.Files.Keys) d.Make(new Change.FileWritten(c.Name, path, null) { Origin = new(c.OriginObject, "", "shared-network") });
        c.Files.Clear();
    }

    /// <summary>Moves the files to the container's new name.</summary>
    public static void Renamed(Daemon d, Container c, string oldName)
    {
        var origin = new Origin(c.OriginObject, "", "rename");
        foreach (var (path, text) in c.Files)
        {
            d.Make(new Change.FileWritten(oldName, path, null) { Origin = origin });
            d.Make(new Change.FileWritten(c.Name, path, text) { Origin = origin });
        }
    }

    private static void WriteHostname(Daemon d, Container c) => Write(d, c, "/etc/hostname", c.Hostname + "\n", "hostname-file");

    private static ResolvConfKind KindOf(Container c, Sandbox sandbox) =>
        c.NetworkMode == "host" ? ResolvConfKind.HostCopy
        : sandbox.Endpoints.Exists(e => e.Network.IsUserDefined) ? ResolvConfKind.Embedded : ResolvConfKind.Legacy;

    private static string HostGateway(Daemon d) => (d.Settings.HostGateway ?? d.Networks.Find("bridge")?.V4?.Gateway ?? IpAddress.AnyV4).ToString();

    private static string? LinkAddress(Container child) => child.Sandbox?.Endpoints.FirstOrDefault(e => e.Network.IsDefaultBridge)?.V4?.ToString();

    private static void AddLines(Container c, Endpoint e, Sandbox sandbox)
    {
        if (e.Network.Driver is "host" or "null") return;
        string names = HostsFile.OwnNames(c);
        sandbox.HostLines.AddRange(e.Addresses.Select(a => (e.Network.Name, $"{a.Address}\t{names}")));
    }

    private static void WriteHosts(Daemon d, Container c, Sandbox sandbox)
    {
        var lines = sandbox.HostLines.Select(l => l.Line);
        bool copy = c.NetworkMode == "host" && c.Options.ExtraHosts.Count == 0;
        Write(d, c, "/etc/hosts", copy ? d.Host.Hosts : HostsFile.Write(d.Version, lines), "hosts-file");
    }

    private static void Write(Daemon d, Container c, string path, string text, string rule)
    {
        if (c.Files.TryGetValue(path, out string? before) && before == text) return;
        c.Files[path] = text;
        d.Make(new Change.FileWritten(c.Name, path, text) { Origin = new(c.OriginObject, "", rule) });
    }
}
