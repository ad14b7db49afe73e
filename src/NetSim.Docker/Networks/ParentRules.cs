using NetSim.Docker.Books;

namespace NetSim.Docker.Networks;

/// <summary>What macvlan and ipvlan networks refuse: unknown modes, lo, a parent that is in use. Up to 26 a parent serves one macvlan network, from 27 several
/// unless one is passthru; an ipvlan's serves one. 20.10 knows neither ipvlan_flag nor l3s. Source: moby v20.10.24 vendor/github.com/docker/libnetwork/drivers/macvlan/macvlan_network.go,
/// v27.0.1 and v28.5.2 libnetwork/drivers/macvlan/macvlan_network.go, ipvlan/ipvlan_network.go.</summary>
internal static class ParentRules
{
    private static readonly string[] MacvlanModes = ["", "bridge", "private", "passthru", "vepa"];
    private static readonly string[] IpvlanModes = ["", "l2", "l3", "l3s"];
    private static readonly string[] IpvlanFlags = ["", "bridge", "private", "vepa"];

    /// <summary>Checks the options. From 28 this comes before a subnet is chosen.</summary>
    /// <exception cref="DaemonException">One is wrong.</exception>
    public static void Check(Daemon d, Network n)
    {
        string mode = Option(n, n.Driver == "macvlan" ? NetworkOptions.MacvlanMode : NetworkOptions.IpvlanMode), flag = Option(n, NetworkOptions.IpvlanFlag);
        if (n.Driver == "macvlan" && !MacvlanModes.Contains(mode))
            throw new DaemonException($"requested macvlan mode '{mode}' is not valid, 'bridge' mode is the macvlan driver default");
        if (n.Driver == "ipvlan" && (!IpvlanModes.Contains(mode) || mode == "l3s" && !d.Version.AtLeast(23)))
            throw new DaemonException($"requested ipvlan mode '{mode}' is not valid, 'l2' mode is the ipvlan driver default");
        if (n.Driver == "ipvlan" && d.Version.AtLeast(23) && !IpvlanFlags.Contains(flag))
            throw new DaemonException($"requested ipvlan flag '{flag}' is not valid, 'bridge' is the ipvlan driver default");
        if (Option(n, NetworkOptions.Parent) == "lo") throw new DaemonException($"loopback interface is not a valid {n.Driver} parent link");
    }

    /// <summary>Checks that the parent may serve the network too.</summary>
    /// <exception cref="DaemonException">It may not.</exception>
    public static void CheckSharing(Daemon d, Network n, string parent)
    {
        foreach (var other in Users(d, n, parent))
        {
            if (n.Driver == "ipvlan" || !d.Version.AtLeast(27))
                throw new DaemonException($"network {ParentLink.DummyName(other)} is already using parent interface {parent}");
            if (Option(n, NetworkOptions.MacvlanMode) == "passthru")
                throw new DaemonException($"cannot use mode passthru, macvlan network {other.Id} is already using parent interface {parent}");
            if (Option(other, NetworkOptions.MacvlanMode) == "passthru")
                throw new DaemonException($"macvlan network {other.Id} is already using parent interface {parent} in mode passthru");
        }
    }

    /// <summary>Other networks of the same driver on a parent.</summary>
    public static IEnumerable<Network> Users(Daemon d, Network n, string parent) => d.Networks.All.Where(o => o.Driver == n.Driver && o.Interface == parent && !ReferenceEquals(o, n));

    private static string Option(Network n, string name) => n.Options.GetValueOrDefault(name) ?? "";
}
