using NetSim.Model.Addressing;

namespace NetSim.Docker.Ipam;

/// <summary>A block that is cut into subnets of one size (an entry of default-address-pools).</summary>
/// <param name="Base">The block.</param>
/// <param name="Size">Prefix length of the subnets.</param>
internal sealed record PoolBlock(Subnet Base, int Size);

/// <summary>The pools that automatic subnets come from: 172.17/16 to 172.31/16, then 192.168/16 in /20s, 31 in all.
/// Source: moby v20.10.24 and v28.5.2 libnetwork/ipamutils/utils.go localScopeDefaultNetworks; recorded in 07-subnet-order.</summary>
internal static class PredefinedPools
{
    /// <summary>What is used when daemon.json says nothing.</summary>
    public static IReadOnlyList<PoolBlock> Default { get; } =
    [
        Pool("172.17.0.0/16", 16), Pool("172.18.0.0/16", 16), Pool("172.19.0.0/16", 16), Pool("172.20.0.0/14", 16),
        Pool("172.24.0.0/14", 16), Pool("172.28.0.0/14", 16), Pool("192.168.0.0/16", 20),
    ];

    /// <summary>One after the other, as they are cut from the blocks. Endless blocks of IPv6 are cut lazily.</summary>
    public static IEnumerable<Subnet> Subnets(PoolBlock pool)
    {
        var step = UInt128.One << (pool.Base.Address.BitLength - pool.Size);
        var end = pool.Base.Last.Bits;
        for (var at = pool.Base.Address.Bits; ; at += step)
        {
            yield return new Subnet(IpAddress.FromBits(at, pool.Base.Address), pool.Size);
            if (end - at < step) yield break;
        }
    }

    private static PoolBlock Pool(string subnet, int size) => new(Subnet.Parse(subnet), size);
}
