using NetSim.Model.Addressing;
using NetSim.Model.Topology;

namespace NetSim.Rendering.AddressMaps;

/// <summary>What a pool is to Docker.</summary>
internal enum PoolState
{
    /// <summary>Nobody's.</summary>
    Free,
    /// <summary>The one that the next network takes.</summary>
    Next,
    /// <summary>A network's.</summary>
    Used,
    /// <summary>The default network's.</summary>
    Default,
    /// <summary>The host's own, so Docker passes it over.</summary>
    Skipped,
}

/// <summary>A pool as a cell.</summary>
/// <param name="Subnet">Its block.</param>
/// <param name="State">What it is.</param>
/// <param name="Name">The network's name, or the word for its state.</param>
internal sealed record PoolCell(Subnet Subnet, PoolState State, string Name)
{
    /// <summary>The cells of Docker's pools in order, a row for each larger block they come from.</summary>
    public static List<List<PoolCell>> RowsOf(IReadOnlyList<Subnet> pools, AddressBook book)
    {
        var cells = new List<PoolCell>();
        bool next = false;
        foreach (var pool in pools)
        {
            var network = book.Networks.Find(n => n.Subnets.Any(s => s.Overlaps(pool)));
            var cell = network is not null ? new PoolCell(pool, network.Name == "bridge" ? PoolState.Default : PoolState.Used, network.Name)
                : book.Claims.Exists(c => c.Subnet.Overlaps(pool)) ? new(pool, PoolState.Skipped, "skipped")
                : !next ? new(pool, PoolState.Next, "next") : new(pool, PoolState.Free, "free");
            next |= cell.State == PoolState.Next;
            cells.Add(cell);
        }
        return [.. cells.GroupBy(c => (c.Subnet.PrefixLength, c.Subnet.Address.Bits >> 20)).SelectMany(g => g.Chunk(16)).Select(g => g.ToList())];
    }

    /// <summary>Networks that none of the pools holds: their subnets were chosen by hand, or are IPv6.</summary>
    public static List<(NetworkFacts Network, Subnet Subnet)> Others(IReadOnlyList<Subnet> pools, AddressBook book) =>
        [.. from n in book.Networks from s in n.Subnets where !pools.Any(p => p.Overlaps(s)) select (n, s)];
}
