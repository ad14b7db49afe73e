using NetSim.Model.Addressing;

namespace NetSim.Docker.Ipam;

/// <summary>The subnets that networks have, and the choice of the next automatic one.
/// Source: moby v28.5.2 libnetwork/ipams/defaultipam/address_space.go.</summary>
internal sealed class AddressSpace(ISubnetChoice choice, IReadOnlyList<PoolBlock> configured)
{
    private readonly List<Subnet> _used = [];

    /// <summary>The next automatic subnet of a family, noted as used; null when the pools are used up.</summary>
    public Subnet? Next(bool v6, IReadOnlyCollection<Subnet> excluded, PoolBlock? more = null)
    {
        var pools = (configured.Count > 0 ? configured : PredefinedPools.Default).Where(p => p.Base.Address.IsV6 == v6).ToList();
        if (pools.Count == 0 && more is not null) pools.Add(more);
        var next = choice.Next(pools, _used, excluded);
        if (next is { } subnet) _used.Add(subnet);
        return next;
    }

    /// <summary>Does a network have a subnet with an address in common?</summary>
    public bool Overlaps(Subnet subnet) => _used.Exists(subnet.Overlaps);

    /// <summary>Notes a subnet that the user chose.</summary>
    public void Use(Subnet subnet) => _used.Add(subnet);

    /// <summary>The daemon starts again: the choice begins anew, subnets in use stay in use.</summary>
    public void StartOver() => choice.StartOver();

    /// <summary>Gives a subnet back.</summary>
    public void Release(Subnet subnet) => _used.Remove(subnet);
}
