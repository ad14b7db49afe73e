using NetSim.Model.Addressing;

namespace NetSim.Model.Naming;

/// <summary>A name of a container on a network. <paramref name="Primary"/> is the name that a reverse look-up gives.</summary>
public sealed record PublishedName(string Network, string Container, string Name, IpAddress Address, bool Primary);

/// <summary>The names of all networks, as the container DNS resolver knows them. Matching ignores case.</summary>
public sealed class NameTable
{
    private readonly List<PublishedName> _names = [];

    /// <summary>All names in order of publication.</summary>
    public IReadOnlyList<PublishedName> Names => _names;

    /// <summary>Publishes a name.</summary>
    public void Publish(PublishedName name) => _names.Add(name);

    /// <summary>Withdraws a name.</summary>
    public void Withdraw(PublishedName name) => _names.Remove(name);

    /// <summary>The addresses of a name on a network, both families, in order of publication; empty when the network does not know it.</summary>
    public IReadOnlyList<IpAddress> Addresses(string network, string name) =>
        _names.Where(n => n.Network == network && string.Equals(n.Name, name, StringComparison.OrdinalIgnoreCase)).Select(n => n.Address).Distinct().ToList();

    /// <summary>"name.network" of an address on a network, or null.</summary>
    public string? Reverse(string network, IpAddress address) =>
        _names.FirstOrDefault(n => n.Network == network && n.Address == address && n.Primary) is { } n ? $"{n.Name}.{network}" : null;
}
