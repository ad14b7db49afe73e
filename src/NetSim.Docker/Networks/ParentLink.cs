using System.Globalization;
using NetSim.Docker.Books;
using NetSim.Model.Topology;
using NetSim.Model.Tracing;

namespace NetSim.Docker.Networks;

/// <summary>The parent of a macvlan or ipvlan network: an interface of the host; a VLAN of one ("eth0.10"), which Docker makes where it is missing and removes with its last network;
/// without a parent a dummy, "dm-" or "di-" and the network's id. Source: moby v28.5.2 libnetwork/drivers/macvlan/macvlan_network.go createNetwork, macvlan_setup.go.</summary>
internal static class ParentLink
{
    private const string NotSupported = "operation not supported";

    /// <summary>The name of a network's dummy, by which error texts up to 26 also name the network.</summary>
    public static string DummyName(Network n) => (n.Driver == "macvlan" ? "dm-" : "di-") + n.Id[..12];

    /// <summary>Finds it, or makes it.</summary>
    /// <exception cref="DaemonException">It can't be had.</exception>
    public static void Make(Daemon d, Network n)
    {
        ParentRules.Check(d, n);
        string given = n.Options.GetValueOrDefault(NetworkOptions.Parent) ?? "";
        string parent = given.Length > 0 ? given : DummyName(n);
        ParentRules.CheckSharing(d, n, parent);
        // From 26 a network without a parent has no way out, and so no gateway.
        n.DriverInternal = given.Length == 0 && d.Version.AtLeast(26);
        if (Exists(d, parent)) n.MadeParent = ParentRules.Users(d, n, parent).Any(o => o.MadeParent);
        else MakeMissing(d, n, given, parent);
        n.Interface = parent;
    }

    /// <summary>Removes it where Docker made it and no other network needs it.</summary>
    public static void Remove(Daemon d, Network n)
    {
        if (!n.MadeParent || n.Interface is not { } parent || ParentRules.Users(d, n, parent).Any()) return;
        d.Make(new Change.InterfaceRemoved("host", parent) { Origin = new(n.OriginObject, "", "parent-link") });
    }

    private static bool Exists(Daemon d, string name) => d.Host.Interfaces.Any(i => i.Name == name);

    private static void MakeMissing(Daemon d, Network n, string given, string parent)
    {
        var origin = new Origin(n.OriginObject, given.Length > 0 ? "-o parent=" + given : "", "parent-link");
        var spec = given.Length == 0 ? Dummy(d, parent) : Vlan(d, n, parent);
        d.Make(new Change.InterfaceMade("host", spec with { Index = d.Numbers.Next() }) { Origin = origin });
        d.Make(new Change.InterfaceChanged("host", parent, Up: true) { Origin = origin });
        n.MadeParent = true;
    }

    private static InterfaceSpec Dummy(Daemon d, string name)
    {
        if (d.Host.Lacks.Contains("dummy")) throw new DaemonException(NotSupported);
        return new() { Name = name, Kind = InterfaceKind.Dummy, Mac = d.Ids.NewMac() };
    }

    private static InterfaceSpec Vlan(Daemon d, Network n, string name)
    {
        var parts = name.Split('.');
        if (parts.Length == 1) throw new DaemonException($"invalid subinterface vlan name {name}, example formatting is eth0.10");
        if (parts.Length != 2) throw new DaemonException($"required interface name format is: name.vlan_id, ex. eth0.10 for vlan 10, instead received {name}");
        if (!int.TryParse(parts[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int id))
            throw new DaemonException($"unable to parse a valid vlan id from: {parts[1]} (ex. eth0.10 for vlan 10)");
        // The macvlan driver of 20.10 has a word too many. Source: v20.10.24 vendor/github.com/docker/libnetwork/drivers/macvlan/macvlan_setup.go parseVlan.
        string was = d.Version.AtLeast(23) || n.Driver == "ipvlan" ? "was" : "does was";
        if (!Exists(d, parts[0])) throw new DaemonException($"-o parent interface {was} not found on the host: {parts[0]}");
        if (id is < 1 or > 4094) throw new DaemonException($"vlan id must be between 1-4094, received: {id}");
        if (d.Host.Lacks.Contains("vlan")) throw new DaemonException($"failed to create {name} vlan link: {NotSupported}");
        return new() { Name = name, Kind = InterfaceKind.Vlan, Parent = parts[0], VlanId = id, Mtu = 0 };
    }
}
