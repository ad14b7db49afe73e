using NetSim.Model.Addressing;
using NetSim.Model.Topology;

namespace NetSim.Simulation.Stacks;

/// <summary>Which of its IPv6 addresses a namespace shows to a destination (RFC 6724, section 5). Rules that decide here: the destination itself (1), a scope that reaches it (2),
/// an address of the interface it leaves by (5), the same label (6), the longest common prefix (8), then the newest. Source: linux v6.6 net/ipv6/addrconf.c ipv6_get_saddr_eval, addrlabel.c ip6addrlbl_init_table.</summary>
internal static class Ipv6Source
{
    private const int LinkLocal = 2, SiteLocal = 5, Global = 14;

    private static readonly (Subnet Prefix, int Label)[] Labels =
    [
        (Subnet.Parse("::1/128"), 0), (Subnet.Parse("::ffff:0:0/96"), 4), (Subnet.Parse("::/96"), 3), (Subnet.Parse("2001:10::/28"), 7), (Subnet.Parse("2001::/32"), 6),
        (Subnet.Parse("2002::/16"), 2), (Subnet.Parse("fec0::/10"), 11), (Subnet.Parse("fc00::/7"), 5), (Subnet.Parse("::/0"), 1),
    ];

    private static readonly Subnet SiteLocals = Subnet.Parse("fec0::/10");

    /// <summary>The address of one device for a destination, or null when it has none.</summary>
    public static IpAddress? On(Interface device, IpAddress destination) => Choose([device], device, destination);

    /// <summary>The address of a namespace for a destination that is reached over a device, or null. Link-local destinations are shown addresses of their link alone.</summary>
    public static IpAddress? Of(NetworkNamespace space, Interface output, IpAddress destination) =>
        Choose(Scope(destination) == LinkLocal ? [output] : space.Interfaces.Where(i => i.Up && i.Kind != InterfaceKind.Loopback), output, destination);

    private static IpAddress? Choose(IEnumerable<Interface> devices, Interface output, IpAddress destination)
    {
        (InterfaceAddress Address, bool Leaves)? best = null;
        foreach (var device in devices)
            foreach (var a in device.Addresses.Where(a => a.Address.IsV6 && (!a.Address.IsLoopback || destination.IsLoopback)))
                if (best is not { } b || Compare((a, ReferenceEquals(device, output)), b, destination) >= 0) best = (a, ReferenceEquals(device, output));
        return best?.Address.Address;
    }

    /// <summary>Positive: a is better than b.</summary>
    private static int Compare((InterfaceAddress Address, bool Leaves) a, (InterfaceAddress Address, bool Leaves) b, IpAddress destination)
    {
        if (a.Address.Address == destination || b.Address.Address == destination) return a.Address.Address == destination ? 1 : -1;
        int mine = Scope(a.Address.Address), other = Scope(b.Address.Address), wanted = Scope(destination);
        if (mine != other) return (mine < other ? mine >= wanted : other < wanted) ? 1 : -1;
        if (a.Leaves != b.Leaves) return a.Leaves ? 1 : -1;
        bool alike = Label(a.Address.Address) == Label(destination), likewise = Label(b.Address.Address) == Label(destination);
        if (alike != likewise) return alike ? 1 : -1;
        return Common(a.Address, destination) - Common(b.Address, destination);
    }

    /// <summary>2 link-local, 5 site-local, 14 global; of a group, what it says itself (RFC 4291, section 2.7).</summary>
    private static int Scope(IpAddress address) => address.IsMulticast ? (int)(address.Bits >> 112) & 15
        : address.IsLinkLocal || address.IsLoopback ? LinkLocal : SiteLocals.Contains(address) ? SiteLocal : Global;

    private static int Label(IpAddress address) => Labels.First(l => l.Prefix.Contains(address)).Label;

    private static int Common(InterfaceAddress address, IpAddress destination) => Math.Min(address.PrefixLength, (int)UInt128.LeadingZeroCount(address.Address.Bits ^ destination.Bits));
}
