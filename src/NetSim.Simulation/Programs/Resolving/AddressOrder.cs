using NetSim.Model.Addressing;
using NetSim.Simulation.Sockets;

namespace NetSim.Simulation.Programs.Resolving;

/// <summary>The order of destination addresses as glibc sorts them: the rules of RFC 6724, section 6, with the tables of RFC 3484 (glibc 2.36 getaddrinfo.c,
/// default_labels and default_precedence), so that fd00::/8 comes before IPv4. Rules that decide here: unusable destinations last (1), matching scope (2),
/// matching label (5), higher precedence (6), smaller scope (8), longest matching prefix (9).</summary>
internal static class AddressOrder
{
    private static readonly (Subnet Prefix, int Precedence, int Label)[] Policy =
    [
        (Subnet.Parse("::1/128"), 50, 0), (Subnet.Parse("::ffff:0:0/96"), 10, 4), (Subnet.Parse("::/96"), 20, 3), (Subnet.Parse("2001::/32"), 40, 7),
        (Subnet.Parse("2002::/16"), 30, 2), (Subnet.Parse("fec0::/10"), 40, 5), (Subnet.Parse("fc00::/7"), 40, 6), (Subnet.Parse("::/0"), 40, 1),
    ];

    /// <summary>Sorts; equal ones stay in the order given.</summary>
    public static IReadOnlyList<IpAddress> Sort(IEnumerable<IpAddress> addresses, INetwork network)
    {
        var all = addresses.Distinct().Select(a => (Address: a, Source: network.SourceFor(a))).ToList();
        return all.Count < 2 ? all.Select(a => a.Address).ToList() : all
            .OrderBy(a => a.Source is null)
            .ThenBy(a => a.Source is { } s && Scope(s) != Scope(a.Address))
            .ThenBy(a => a.Source is { } s && Of(s).Label != Of(a.Address).Label)
            .ThenByDescending(a => Of(a.Address).Precedence)
            .ThenBy(a => Scope(a.Address))
            .ThenByDescending(a => a.Address.IsV6 && a.Source is { } s ? CommonBits(a.Address, s) : 0)
            .Select(a => a.Address).ToList();
    }

    private static (int Precedence, int Label) Of(IpAddress address)
    {
        var mapped = address.IsV6 ? address : IpAddress.FromV6(0, 0xFFFF_0000_0000UL | address.V4);
        foreach (var (prefix, precedence, label) in Policy)
            if (prefix.Contains(mapped)) return (precedence, label);
        return (40, 1);
    }

    /// <summary>2 link-local (loopback and 169.254 count as such), 14 global (RFC 6724, 3.1 and 3.2).</summary>
    private static int Scope(IpAddress address) => address.IsLoopback || address.IsLinkLocal ? 2 : 14;

    private static int CommonBits(IpAddress a, IpAddress b) => (int)UInt128.LeadingZeroCount(a.Bits ^ b.Bits);
}
