using NetSim.Docker.Books;
using NetSim.Docker.Engine;
using NetSim.Docker.Networks;
using NetSim.Model.Addressing;

namespace NetSim.Docker.Containers;

/// <summary>What is wrong with the settings of an endpoint. From 25 it is said before the container is made, all at once; before, at the start, the first fault.
/// Source: moby v28.5.2 daemon/network.go validateEndpointSettings; v20.10.24 daemon/container_operations.go; recorded in 11-errors.</summary>
internal static class EndpointValidation
{
    private const string NeedsSubnet = "user specified IP address is supported only when connecting to networks with user configured subnets";
    private const string NeedsUserNetwork = "user specified IP address is supported on user defined networks only";

    /// <summary>Lists the faults.</summary>
    public static List<string> Faults(Daemon d, Network network, EndpointSettings s, bool connecting)
    {
        var faults = new List<string>();
        bool address = s.Ipv4 is { Length: > 0 } || s.Ipv6 is { Length: > 0 };
        if (address && !network.IsUserDefined) faults.Add(NeedsUserNetwork);
        if (s.Aliases is { Count: > 0 } && !network.IsUserDefined && connecting) faults.Add("network-scoped alias is supported only for containers in user defined networks");
        Check((network.V4, network.PoolsOf(v6: false)), s.Ipv4, "IPv4", faults, d.Version);
        Check((network.V6, network.PoolsOf(v6: true)), s.Ipv6, "IPv6", faults, d.Version);
        faults.AddRange(EndpointSysctls.Faults(d, s));
        return d.Version.AtLeast(25) || connecting ? faults : [];
    }

    private static void Check((NetworkPool? First, IEnumerable<NetworkPool> All) pools, string? address, string family, List<string> faults, EngineVersion version)
    {
        if (address is not { Length: > 0 }) return;
        bool valid = IpAddress.TryParse(address, out var ip) && ip.IsV6 == (family == "IPv6");
        if (!version.AtLeast(25))
        {
            // Up to 24 the subnet is looked for first. Recorded with `network connect --ip 10.1.0.300`.
            if (pools.First is not { ChosenByUser: true }) faults.Add(NeedsSubnet);
            else if (!valid) faults.Add($"Invalid {family} address: {address})");
            return;
        }
        if (!valid) faults.Add($"invalid {family} address: {address}");
        // From 29.1 the subnet need not be the user's. Source: moby docker-v29.1.0 daemon/container_operations.go validateEndpointIPAddress.
        bool any = version.AtLeast(29, 1);
        if (!any && pools.First is not { ChosenByUser: true }) faults.Add(NeedsSubnet);
        else if (!valid || !pools.All.Any(p => p.Pool.Subnet.Contains(ip))) faults.Add(any ? $"no configured subnet contains IP address {address}" : $"no configured subnet or ip-range contain the IP address {address}");
    }
}
