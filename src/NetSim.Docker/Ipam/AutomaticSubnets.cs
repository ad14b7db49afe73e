using NetSim.Model.Addressing;

namespace NetSim.Docker.Ipam;

/// <summary>The subnets that networks get which ask for none, for those who show them.
/// Source: moby v20.10.24 and v28.5.2 libnetwork/ipamutils/utils.go localScopeDefaultNetworks.</summary>
public static class AutomaticSubnets
{
    /// <summary>Of IPv4 in the order in which they are taken, when daemon.json says nothing of pools: 31.</summary>
    public static IReadOnlyList<Subnet> Default { get; } = [.. PredefinedPools.Default.SelectMany(PredefinedPools.Subnets)];
}
