using NetSim.Docker.Books;
using NetSim.Docker.Engine;

namespace NetSim.Docker.Containers;

/// <summary>Flags that a network mode does not go with. Source: moby v28.5.2 daemon/internal/runconfig/hostconfig_unix.go validateNetMode; recorded in 31-none-host-container.</summary>
internal static class ModeConflicts
{
    /// <summary>Refuses them.</summary>
    /// <exception cref="DaemonException">There is a conflict.</exception>
    public static void Check(EngineVersion version, ContainerRequest r)
    {
        bool container = r.Mode.StartsWith("container:", StringComparison.Ordinal);
        var o = r.Options;
        if (r.Mode == "container:") throw new DaemonException($"{(version.AtLeast(25) ? "invalid" : "Invalid")} network mode: invalid container format container:<name|id>");
        if (container && r.Hostname.Length > 0) throw new DaemonException("conflicting options: hostname and the network mode");
        if (r.Mode == "host" && o.Links.Count > 0) throw new DaemonException("conflicting options: host type networking can't be used with links. This would result in undefined behavior");
        if (!container) return;
        if (o.Links.Count > 0) throw new DaemonException("conflicting options: container type network can't be used with links. This would result in undefined behavior");
        if (o.Dns.Count > 0) throw new DaemonException("conflicting options: dns and the network mode");
        if (o.ExtraHosts.Count > 0) throw new DaemonException("conflicting options: custom host-to-IP mapping and the network mode");
        if (o.MacAddress.Length > 0 && !version.AtLeast(25)) throw new DaemonException("conflicting options: mac-address and the network mode");
        if (o.Publish.Count > 0 || o.PublishAll) throw new DaemonException("conflicting options: port publishing and the container type network mode");
        if (r.Expose.Count > 0) throw new DaemonException("conflicting options: port exposing and the container type network mode");
    }
}
