namespace NetSim.Simulation.Stacks;

/// <summary>The last answers for IPv4 addresses, found faster than in a dictionary: each has one place by its address. Grows while answers push each other out.</summary>
internal sealed class Recent<T> where T : class
{
    private const int LeastBits = 4;
    private const int MostBits = 12;
    private (uint Address, T? Answer)[] _entries = [];
    private int _shift = 32 - LeastBits;
    private int _pushedOut;

    /// <summary>The answer for an address, or null when it is not at hand.</summary>
    public T? Find(uint address)
    {
        var entries = _entries;
        uint at = Place(address);
        return at < (uint)entries.Length && entries[at].Address == address ? entries[at].Answer : null;
    }

    /// <summary>Keeps an answer.</summary>
    public void Keep(uint address, T answer)
    {
        if (_entries.Length == 0) _entries = new (uint, T?)[1 << LeastBits];
        ref var entry = ref _entries[Place(address)];
        if (entry.Answer is not null && entry.Address != address && ++_pushedOut > _entries.Length && _entries.Length < 1 << MostBits) Grow();
        _entries[Place(address)] = (address, answer);
    }

    /// <summary>Forgets all.</summary>
    public void Clear() => Array.Clear(_entries);

    private uint Place(uint address) => address * 0x9E37_79B1u >> _shift; // Fibonacci hashing: neighbours come to lie far apart

    private void Grow()
    {
        var before = _entries;
        _entries = new (uint, T?)[before.Length * 2];
        _shift--;
        _pushedOut = 0;
        foreach (var (address, answer) in before)
            if (answer is not null) _entries[Place(address)] = (address, answer);
    }
}
