using NetSim.Model.Addressing;

namespace NetSim.Docker.Ipam;

/// <summary>How the next automatic subnet is chosen; a rule that changed between engine versions.
/// Source: moby v28.5.2 libnetwork/ipams/defaultipam/address_space.go, v26.1.5 libnetwork/ipam/allocator.go.</summary>
internal interface ISubnetChoice
{
    /// <summary>The next subnet that overlaps none of <paramref name="used"/> and <paramref name="excluded"/>, or null when there is none.</summary>
    /// <param name="pools">The blocks to cut from, all of one family.</param>
    /// <param name="used">Subnets that networks have.</param>
    /// <param name="excluded">Name servers and connected routes of the host.</param>
    Subnet? Next(IReadOnlyList<PoolBlock> pools, IReadOnlyCollection<Subnet> used, IReadOnlyCollection<Subnet> excluded);

    /// <summary>Forgets what was given before, as a daemon does that starts again.</summary>
    void StartOver();
}
