using NetSim.Model.Addressing;
using NetSim.Model.Routing;
using NetSim.Model.Topology;
using NetSim.Model.Tracing;
using NetSim.Simulation.Stacks;

namespace NetSim.Simulation;

/// <summary>What the kernel does by itself when something was changed: lo in a new namespace, connected routes, IPv6 link-local addresses.
/// Source: linux v6.6 net/ipv4/fib_frontend.c fib_add_ifaddr, net/ipv6/addrconf.c addrconf_notify.</summary>
internal sealed class FollowUps(Topology topology, Func<string, NamespaceStack> stack, Action<Change> apply)
{
    /// <summary>A link that carries less has no IPv6 (RFC 8200, section 5; linux v6.6 net/ipv6/addrconf.c addrconf_notify).</summary>
    private const int LeastMtu6 = 1280;
    private readonly Dictionary<Interface, MacAddress> _lent = [];

    /// <summary>Applies what follows from a change that was just made.</summary>
    public void After(Change change)
    {
        switch (change)
        {
            case Change.NamespaceMade c: NewNamespace(c.Namespace); break;
            case Change.AddressAdded c: AddressAdded(c); break;
            case Change.AddressRemoved c: Disconnect(c.Namespace, c.Interface, c.Address); break;
            case Change.InterfaceChanged { Mac: not null } c: MacChanged(topology[c.Namespace].Find(c.Name)); break;
            case Change.InterfaceRemoved or Change.NamespaceRemoved: GiveBack(); break;
            case Change.InterfaceChanged { Mtu: { } mtu } c: MtuChanged(topology[c.Namespace].Find(c.Name), mtu); break;
            case Change.InterfaceChanged { Up: true } c: Raised(topology[c.Namespace].Find(c.Name)); break;
            case Change.InterfaceChanged { Up: false } c: Lowered(topology[c.Namespace].Find(c.Name)); break;
            case Change.InterfaceChanged { Master.Length: > 0 } c: Carried(topology[c.Namespace].Find(c.Master)); break;
            case Change.SysctlSet c when c.Key.EndsWith(".disable_ipv6", StringComparison.Ordinal): Ipv6Switched(c); break;
            default: break;
        }
    }

    private void NewNamespace(string space)
    {
        apply(new Change.InterfaceMade(space, new InterfaceSpec { Name = "lo", Index = 1, Kind = InterfaceKind.Loopback, Mtu = 65536 }));
        apply(new Change.InterfaceChanged(space, "lo", Up: true));
    }

    private void AddressAdded(Change.AddressAdded c)
    {
        if (topology[c.Namespace].Find(c.Interface) is not { Up: true } i) return;
        Connect(i, c.Address);
        if (c.Address.Address is { IsV6: true, IsLinkLocal: false }) LinkLocal(i);
    }

    private void Raised(Interface? i)
    {
        if (i is null) return;
        if (i.Kind == InterfaceKind.Loopback) Loopback(i);
        foreach (var a in i.Addresses.ToList()) Connect(i, a);
        Carried(i);
        Carried(i.Peer);
    }

    /// <summary>An interface may have a carrier now, and so may its bridge.</summary>
    private void Carried(Interface? i)
    {
        if (i is not { Carrier: true }) return;
        LinkLocal(i);
        foreach (var child in topology.ChildrenOf(i)) Carried(child);
        if (i.Master is { } master) Carried(master);
    }

    private void Lowered(Interface? i)
    {
        if (i is null) return;
        foreach (var r in i.Namespace.Routes.Routes.Where(r => r.Interface == i.Name).ToList()) apply(new Change.RouteRemoved(i.Namespace.Key, r));
        foreach (var a in i.Addresses.Where(a => a.Address.IsV6).ToList()) apply(new Change.AddressRemoved(i.Namespace.Key, i.Name, a));
    }

    private void Loopback(Interface lo)
    {
        Give(lo, new(IpAddress.LoopbackV4, 8));
        if (!stack(lo.Namespace.Key).Sysctls.Ipv6Disabled(lo.Name)) Give(lo, new(IpAddress.FromV6(0, 1), 128));
    }

    /// <summary>fe80:: with the EUI-64 of the hardware address, where IPv6 is on and the link is there.</summary>
    private void LinkLocal(Interface i)
    {
        if (i.Kind == InterfaceKind.Loopback || !i.Carrier) return;
        if (!HasIpv6(i)) return;
        Give(i, new(i.Kind == InterfaceKind.Ipvlan && i.Parent is { } parent ? OfSharer(i, parent) : i.Mac.ToLinkLocal(), 64));
    }

    /// <summary>Ipvlans have one hardware address: their number takes the place of ff:fe. Source: linux v6.6 include/net/addrconf.h addrconf_ifid_eui48, drivers/net/ipvlan/ipvlan_main.c ipvlan_link_new.</summary>
    private IpAddress OfSharer(Interface i, Interface parent)
    {
        ulong mac = i.Mac.Value, number = (ulong)topology.ChildrenOf(parent).ToList().IndexOf(i) + 1;
        return IpAddress.FromV6(0xFE80UL << 48, mac >> 24 << 40 | number << 24 | mac & 0xFF_FFFF);
    }

    /// <summary>A macvlan of mode passthru gives its parent its own address; ipvlans have their parent's.
    /// Source: linux v6.6 drivers/net/macvlan.c macvlan_set_mac_address, ipvlan/ipvlan_main.c ipvlan_device_event.</summary>
    private void MacChanged(Interface? i)
    {
        if (i is null) return;
        foreach (var child in topology.ChildrenOf(i).Where(c => c.Kind == InterfaceKind.Ipvlan && c.Mac != i.Mac)) apply(new Change.InterfaceChanged(child.Namespace.Key, child.Name, Mac: i.Mac));
        if (i is not { Kind: InterfaceKind.Macvlan, Mode: "passthru", Parent: { } parent } || parent.Mac == i.Mac) return;
        _lent.TryAdd(parent, parent.Mac);
        apply(new Change.InterfaceChanged(parent.Namespace.Key, parent.Name, Mac: i.Mac));
    }

    private void MtuChanged(Interface? i, int mtu)
    {
        if (i is null) return;
        if (mtu >= LeastMtu6) Carried(i);
        else foreach (var a in i.Addresses.Where(a => a.Address.IsV6).ToList()) apply(new Change.AddressRemoved(i.Namespace.Key, i.Name, a));
    }

    /// <summary>A parent has its own address again when its passthru is gone. Source: linux v6.6 drivers/net/macvlan.c macvlan_port_destroy.</summary>
    private void GiveBack()
    {
        foreach (var (parent, mac) in _lent.Where(l => !topology.ChildrenOf(l.Key).Any(c => c.Mode == "passthru")).ToList())
        {
            _lent.Remove(parent);
            apply(new Change.InterfaceChanged(parent.Namespace.Key, parent.Name, Mac: mac));
        }
    }

    /// <summary>Inside a container Docker switches IPv6 off on all interfaces but those of networks with IPv6.</summary>
    private bool HasIpv6(Interface i)
    {
        if (stack(i.Namespace.Key).Sysctls.Ipv6Disabled(i.Name) || i.Mtu < LeastMtu6) return false;
        return i.Namespace.Kind != NamespaceKind.Container || i.Namespace.Sysctls.ContainsKey($"net.ipv6.conf.{i.Name}.disable_ipv6") || i.Addresses.Exists(a => a.Address.IsV6);
    }

    private void Give(Interface i, InterfaceAddress address)
    {
        if (!i.Addresses.Contains(address)) apply(new Change.AddressAdded(i.Namespace.Key, i.Name, address));
    }

    private void Connect(Interface i, InterfaceAddress a)
    {
        if (ConnectedRoute(i, a) is { } route && !i.Namespace.Routes.Of(route.Interface).Any(r => r.Destination == route.Destination && r.Protocol == "kernel"))
            apply(new Change.RouteAdded(i.Namespace.Key, route));
    }

    private void Disconnect(string space, string name, InterfaceAddress address)
    {
        if (topology.Find(space)?.Find(name) is not { } i || ConnectedRoute(i, address) is not { } gone) return;
        if (i.Addresses.Exists(a => a.Address.IsV6 == address.Address.IsV6 && a.Subnet == address.Subnet)) return;
        if (i.Namespace.Routes.Of(name).FirstOrDefault(r => r.Destination == gone.Destination && r.Protocol == "kernel") is { } route)
            apply(new Change.RouteRemoved(space, route));
    }

    private void Ipv6Switched(Change.SysctlSet c)
    {
        string name = c.Key.Split('.')[3];
        foreach (var i in topology[c.Namespace].Interfaces.Where(i => name == "all" || i.Name == name).ToList())
        {
            if (c.Value.Trim() == "0")
            {
                if (i is { Kind: InterfaceKind.Loopback, Up: true }) Loopback(i);
                else if (i.Up) LinkLocal(i);
                continue;
            }
            foreach (var a in i.Addresses.Where(a => a.Address.IsV6).ToList()) apply(new Change.AddressRemoved(c.Namespace, i.Name, a));
        }
    }

    /// <summary>The route that comes with an address; none for a whole address or on lo (Linux keeps those in the table "local").</summary>
    private static Route? ConnectedRoute(Interface i, InterfaceAddress a)
    {
        if (i.Kind == InterfaceKind.Loopback || a.PrefixLength == a.Address.BitLength) return null;
        return a.Address.IsV4
            ? new Route { Destination = a.Subnet, Interface = i.Name, Protocol = "kernel", Scope = "link", PreferredSource = a.Address, Origin = Origin.Kernel }
            : new Route { Destination = a.Subnet, Interface = i.Name, Protocol = "kernel", Metric = 256, Origin = Origin.Kernel };
    }
}
