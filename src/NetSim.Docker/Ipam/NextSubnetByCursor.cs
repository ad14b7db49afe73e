using NetSim.Model.Addressing;

namespace NetSim.Docker.Ipam;

/// <summary>Up to 26 the search for a subnet goes on after the last one given and wraps; a freed subnet comes again only after the wrap.
/// Source: moby v26.1.5 libnetwork/ipam/allocator.go getPredefinedPool, updateStartIndex; recorded in 07-subnet-order (20.10.24, 26.1.5).</summary>
internal sealed class NextSubnetByCursor : ISubnetChoice
{
    private readonly Dictionary<bool, int> _start = [];

    /// <inheritdoc/>
    public Subnet? Next(IReadOnlyList<PoolBlock> pools, IReadOnlyCollection<Subnet> used, IReadOnlyCollection<Subnet> excluded)
    {
        var flat = pools.SelectMany(PredefinedPools.Subnets).ToList();
        if (flat.Count == 0) return null;
        bool v6 = flat[0].Address.IsV6;
        int start = _start.GetValueOrDefault(v6);
        for (int n = 0; n < flat.Count; n++)
        {
            int at = (start + n) % flat.Count;
            if (used.Any(flat[at].Overlaps) || excluded.Any(flat[at].Overlaps)) continue;
            _start[v6] = at + 1;
            return flat[at];
        }
        return null;
    }

    /// <inheritdoc/>
    public void StartOver() => _start.Clear();
}
