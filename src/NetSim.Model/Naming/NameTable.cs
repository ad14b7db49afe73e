using NetSim.Model.Addressing;

namespace NetSim.Model.Naming;

/// <summary>A name of a container on a network. <paramref name="Primary"/> is the name that a reverse look-up gives.</summary>
public sealed record PublishedName(string Network, string Container, string Name, IpAddress Address, bool Primary);

/// <summary>The names of all networks, as the container DNS resolver knows them. Matching ignores case.</summary>
public sealed class NameTable
{
    private readonly List<PublishedName> _names = [];
    private readonly Dictionary<(string Network, string Name), List<PublishedName>> _byName = [];
    private readonly Dictionary<(string Network, IpAddress Address), List<PublishedName>> _byAddress = [];

    /// <summary>All names in order of publication.</summary>
    public IReadOnlyList<PublishedName> Names => _names;

    /// <summary>Publishes a name.</summary>
    public void Publish(PublishedName name)
    {
        _names.Add(name);
        Of(_byName, (name.Network, Folded(name.Name))).Add(name);
        Of(_byAddress, (name.Network, name.Address)).Add(name);
    }

    /// <summary>Withdraws a name.</summary>
    public void Withdraw(PublishedName name)
    {
        if (!_names.Remove(name)) return;
        Of(_byName, (name.Network, Folded(name.Name))).Remove(name);
        Of(_byAddress, (name.Network, name.Address)).Remove(name);
    }

    /// <summary>The addresses of a name on a network, both families, in order of publication; empty when the network does not know it.</summary>
    public IReadOnlyList<IpAddress> Addresses(string network, string name) =>
        _byName.TryGetValue((network, Folded(name)), out var found) ? found.Select(n => n.Address).Distinct().ToList() : [];

    /// <summary>"name.network" of an address on a network, or null.</summary>
    public string? Reverse(string network, IpAddress address) =>
        _byAddress.TryGetValue((network, address), out var found) && found.Find(n => n.Primary) is { } n ? $"{n.Name}.{network}" : null;

    /// <summary>Names are told apart as OrdinalIgnoreCase does.</summary>
    private static string Folded(string name) => name.ToUpperInvariant();

    private static List<PublishedName> Of<T>(Dictionary<T, List<PublishedName>> index, T key) where T : notnull =>
        index.TryGetValue(key, out var list) ? list : index[key] = [];
}
