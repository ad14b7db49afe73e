using NetSim.Model.Addressing;

namespace NetSim.Docker.Ipam;

/// <summary>From 27 the next subnet is the first of the sorted pools that overlaps nothing, so that a freed subnet comes again at once.
/// Source: moby v28.5.2 libnetwork/ipams/defaultipam/address_space.go allocatePredefinedPool; recorded in 07-subnet-order (28.5.2).</summary>
internal sealed class LowestFreeSubnet : ISubnetChoice
{
    /// <inheritdoc/>
    public Subnet? Next(IReadOnlyList<PoolBlock> pools, IReadOnlyCollection<Subnet> used, IReadOnlyCollection<Subnet> excluded)
    {
        foreach (var pool in pools.OrderBy(p => p.Base))
            foreach (var subnet in PredefinedPools.Subnets(pool))
                if (!used.Any(subnet.Overlaps) && !excluded.Any(subnet.Overlaps)) return subnet;
        return null;
    }

    /// <inheritdoc/>
    public void StartOver()
    {
        // There is nothing to forget.
    }
}
