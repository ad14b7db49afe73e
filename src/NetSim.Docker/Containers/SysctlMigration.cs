using NetSim.Docker.Books;
using NetSim.Docker.Networks;

namespace NetSim.Docker.Containers;

/// <summary>A --sysctl that names an interface: up to 26 it is set as it stands, 27 moves eth0's to the first network's driver option, from 28 it is refused.
/// Source: moby v27.5.1 and v28.5.2 api/server/router/container/container_routes.go handleSysctlBC; recorded on 28.5.2.</summary>
internal static class SysctlMigration
{
    /// <summary>Moves or refuses the sysctls of a new container that name an interface.</summary>
    /// <returns>The request, and the warning that the client prints (null: none).</returns>
    /// <exception cref="DaemonException">One can't be meant.</exception>
    public static (ContainerRequest Request, string? Warning) Migrate(Daemon d, ContainerRequest r)
    {
        if (!d.Version.AtLeast(27) || r.Mode == "host" || r.Mode.StartsWith("container:", StringComparison.Ordinal)) return (r, null);
        var named = r.Options.Sysctls.Where(s => EndpointSysctls.Parts(s.Key) is ["net", _, _, { } name, _] && name.StartsWith("eth", StringComparison.Ordinal)).ToList();
        if (named.Count == 0) return (r, null);
        string first = named[0].Key;
        if (d.Version.AtLeast(28)) throw new DaemonException($"interface specific sysctl setting \"{first}\" must be supplied using driver option '{EndpointSysctls.Option}'");
        if (named.Find(s => EndpointSysctls.Parts(s.Key)[3] != "eth0").Key is { } other)
            throw new DaemonException($"unable to determine network endpoint for sysctl {other}, use driver option '{EndpointSysctls.Option}' to set per-interface sysctls");
        string moved = string.Join(',', named.Select(s => $"{s.Key.Replace(".eth0.", ".IFNAME.", StringComparison.Ordinal)}={s.Value}"));
        var options = r.Endpoints[0].DriverOptions ??= new(StringComparer.Ordinal);
        options[EndpointSysctls.Option] = options.TryGetValue(EndpointSysctls.Option, out string? own) ? $"{moved},{own}" : moved;
        var rest = new SortedDictionary<string, string>(r.Options.Sysctls.Where(s => !named.Contains(s)).ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal);
        return (r with { Options = r.Options with { Sysctls = rest } }, $"Migrated sysctl \"{string.Join(',', named.Select(s => s.Key))}\" to DriverOpts{{\"{EndpointSysctls.Option}\":\"{moved}\"}}.");
    }
}
