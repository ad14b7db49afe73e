using NetSim.Docker.Books;
using NetSim.Model.Tracing;

namespace NetSim.Docker.Networks;

/// <summary>Sysctls of one endpoint's interface (27): the driver option com.docker.network.endpoint.sysctls, "net.ipv4.conf.IFNAME.x=1,…". Source: moby v27.0.1 libnetwork/netlabel/labels.go,
/// v28.5.2 libnetwork/osl/interface_linux.go setSysctls, daemon/container_operations.go validateEndpointSettings.</summary>
internal static class EndpointSysctls
{
    /// <summary>The driver option.</summary>
    public const string Option = "com.docker.network.endpoint.sysctls";

    /// <summary>What is wrong with the option, in the words of the validation of endpoints; nothing when all is right.</summary>
    public static IEnumerable<string> Faults(Daemon d, EndpointSettings s)
    {
        if (!d.Version.AtLeast(27)) yield break;
        foreach (string one in Of(s).Where(o => Parts(o) is not ["net", "ipv4" or "ipv6" or "mpls", _, "IFNAME" or "ifname", _]))
            yield return $"unrecognised network interface sysctl '{one}'; represent 'net.X.Y.ethN.Z=V' as 'net.X.Y.IFNAME.Z=V', 'X' must be 'ipv4', 'ipv6' or 'mpls'";
    }

    /// <summary>Sets them, once the interface has its addresses.</summary>
    /// <exception cref="DaemonException">One has no value.</exception>
    public static void Set(Daemon d, Endpoint e, string space)
    {
        if (!d.Version.AtLeast(27)) return;
        foreach (string one in Of(e.Settings))
        {
            int equals = one.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0) throw new DaemonException($"expected sysctl '{one}' to have format name=value");
            string key = one[..equals].Replace(".IFNAME.", $".{e.Interface}.", StringComparison.OrdinalIgnoreCase);
            d.Make(new Change.SysctlSet(space, key, one[(equals + 1)..]) { Origin = new(e.Container.OriginObject, "driver-opt " + one, "endpoint-sysctls") });
        }
    }

    private static string[] Of(EndpointSettings s) => s.DriverOptions?.GetValueOrDefault(Option) is { Length: > 0 } text ? text.Split(',') : [];

    /// <summary>"net", "ipv4", "conf", "eth0" and the rest.</summary>
    public static string[] Parts(string key) => key.Split('.', 5);
}
