using System.Globalization;
using NetSim.Docker.Books;

namespace NetSim.Docker.Networks;

/// <summary>The name of a container's interface: "eth" and up to 27 a number that only grows while the container runs, for each prefix apart, from 28 the lowest free number.
/// Source: moby v26.1.5 libnetwork/osl/namespace_linux.go, v28.5.2 libnetwork/osl/interface_linux.go generateIfaceName; recorded in 12-connect-disconnect.</summary>
internal static class InterfaceNames
{
    /// <summary>Chooses it.</summary>
    public static string Choose(Daemon d, Endpoint e, Sandbox sandbox)
    {
        if (d.Version.AtLeast(28) && e.Settings.DriverOptions?.GetValueOrDefault(NetworkOptions.InterfaceName) is { Length: > 0 } exact) return exact;
        string prefix = e.Network.Options.GetValueOrDefault(NetworkOptions.InterfacePrefix) ?? "eth";
        if (!d.Version.AtLeast(28)) return prefix + sandbox.NextNumber(prefix).ToString(CultureInfo.InvariantCulture);
        for (int n = 0; ; n++)
        {
            string name = prefix + n.ToString(CultureInfo.InvariantCulture);
            if (!sandbox.Endpoints.Exists(other => other.Interface == name)) return name;
        }
    }
}
