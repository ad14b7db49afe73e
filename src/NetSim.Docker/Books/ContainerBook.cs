namespace NetSim.Docker.Books;

/// <summary>All containers, found by name or id.</summary>
internal sealed class ContainerBook
{
    private readonly List<Container> _containers = [];
    private readonly Dictionary<string, Container> _byName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Container> _byId = new(StringComparer.Ordinal);

    /// <summary>In order of creation.</summary>
    public IReadOnlyList<Container> All => _containers;

    /// <summary>Adds one.</summary>
    public void Add(Container container)
    {
        _containers.Add(container);
        _byName[container.Name] = container;
        _byId[container.Id] = container;
    }

    /// <summary>Removes one.</summary>
    public void Remove(Container container)
    {
        _containers.Remove(container);
        _byName.Remove(container.Name);
        _byId.Remove(container.Id);
    }

    /// <summary>Gives one another name.</summary>
    public void Rename(Container container, string name)
    {
        _byName.Remove(container.Name);
        container.Name = name;
        _byName[name] = container;
    }

    /// <summary>By full id, name (with or without slash), or a prefix of the id that only one has; else null.</summary>
    public Container? Find(string term)
    {
        if (_byId.TryGetValue(term, out var container) || _byName.TryGetValue(term.TrimStart('/'), out container)) return container;
        var starting = term.Length == 0 ? [] : _containers.Where(c => c.Id.StartsWith(term, StringComparison.Ordinal)).Take(2).ToList();
        return starting.Count == 1 ? starting[0] : null;
    }

    /// <summary>As <see cref="Find"/>.</summary>
    /// <exception cref="DaemonException">There is none.</exception>
    public Container Get(string term) => Find(term) ?? throw new DaemonException($"No such container: {term}");
}
