namespace NetSim.Docker.Books;

/// <summary>All networks, found by name or id.</summary>
internal sealed class NetworkBook
{
    private readonly List<Network> _networks = [];
    private readonly Dictionary<string, Network> _byName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Network> _byId = new(StringComparer.Ordinal);

    /// <summary>In order of creation.</summary>
    public IReadOnlyList<Network> All => _networks;

    /// <summary>Adds one.</summary>
    public void Add(Network network)
    {
        _networks.Add(network);
        _byName[network.Name] = network;
        _byId[network.Id] = network;
    }

    /// <summary>Removes one.</summary>
    public void Remove(Network network)
    {
        _networks.Remove(network);
        _byName.Remove(network.Name);
        _byId.Remove(network.Id);
    }

    /// <summary>By full id, name, or a prefix of the id that only one has.</summary>
    /// <exception cref="DaemonException">There is none, or more than one.</exception>
    public Network Get(string term)
    {
        if (Find(term) is { } found) return found;
        var starting = term.Length == 0 ? [] : _networks.Where(n => n.Id.StartsWith(term, StringComparison.Ordinal)).ToList();
        if (starting.Count > 1) throw new DaemonException($"network {term} is ambiguous ({starting.Count} matches found based on ID prefix)");
        return starting.Count == 1 ? starting[0] : throw new DaemonException($"network {term} not found");
    }

    /// <summary>By full id or name, or null.</summary>
    public Network? Find(string term) => _byId.GetValueOrDefault(term) ?? _byName.GetValueOrDefault(term);
}
