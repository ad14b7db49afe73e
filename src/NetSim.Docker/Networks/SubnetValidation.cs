using NetSim.Docker.Books;
using NetSim.Model.Addressing;

namespace NetSim.Docker.Networks;

/// <summary>From 25 the daemon validates subnets, ranges, gateways and auxiliary addresses before anything is made; up to 24 host bits are accepted.
/// Source: moby v28.5.2 api/types/network/ipam.go ValidateIPAM; recorded in 11-errors.</summary>
internal static class SubnetValidation
{
    /// <summary>Refuses what is wrong, all faults in one message.</summary>
    /// <exception cref="DaemonException">Something is wrong.</exception>
    public static void Check(NetworkRequest request)
    {
        var faults = request.Subnets.Where(s => s.Subnet.Length > 0).SelectMany(s => Faults(s, request.Ipv6)).ToList();
        if (faults.Count > 0) throw new DaemonException("invalid network config:\n" + Join(faults));
    }

    /// <summary>One fault alone, or several as a list. Source: moby v28.5.2 internal/multierror.</summary>
    public static string Join(IReadOnlyList<string> faults) => faults.Count == 1 ? faults[0] : string.Join('\n', faults.Select(f => "* " + f));

    private static IEnumerable<string> Faults(SubnetRequest s, bool ipv6)
    {
        if (!InterfaceAddress.TryParse(s.Subnet, out var written))
        {
            yield return $"invalid subnet {s.Subnet}: invalid CIDR block notation";
            yield break;
        }
        if (written.Address.IsV6 && !ipv6) yield break;
        var subnet = written.Subnet;
        if (subnet.Address != written.Address) yield return $"invalid subnet {s.Subnet}: it should be {subnet}";
        if (s.Range is { } range && RangeFault(range, subnet) is { } fault) yield return fault;
        if (s.Gateway is { } gateway && AddressFault($"invalid gateway {gateway}", gateway, subnet) is { } bad) yield return bad;
        foreach (var (name, address) in s.Auxiliary)
            if (AddressFault($"invalid auxiliary address {name}", address, subnet) is { } wrong) yield return wrong;
    }

    private static string? RangeFault(string range, Subnet subnet)
    {
        if (!InterfaceAddress.TryParse(range, out var written)) return $"invalid ip-range {range}: invalid CIDR block notation";
        if (written.Address.IsV6 != subnet.Address.IsV6) return $"invalid ip-range {range}: parent subnet is an {(subnet.Address.IsV6 ? "IPv6" : "IPv4")} block";
        if (written.Subnet.Address != written.Address) return $"invalid ip-range {range}: it should be {written.Subnet}";
        if (written.PrefixLength < subnet.PrefixLength) return $"invalid ip-range {range}: CIDR block is bigger than its parent subnet {subnet}";
        return subnet.Contains(written.Subnet) ? null : $"invalid ip-range {range}: parent subnet {subnet} doesn't contain ip-range";
    }

    private static string? AddressFault(string what, string address, Subnet subnet)
    {
        if (!IpAddress.TryParse(address, out var ip)) return $"{what}: invalid address";
        if (ip.IsV6 != subnet.Address.IsV6) return $"{what}: parent subnet is an {(subnet.Address.IsV6 ? "IPv6" : "IPv4")} block";
        return subnet.Contains(ip) ? null : $"{what}: parent subnet {subnet} doesn't contain this address";
    }
}
