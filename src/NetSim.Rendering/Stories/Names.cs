using NetSim.Model.Addressing;
using NetSim.Model.Topology;

namespace NetSim.Rendering.Stories;

/// <summary>Whom an address belongs to, in the words of people.</summary>
internal sealed class Names
{
    private readonly Topology _now;
    private readonly Func<IpAddress, string?> _shown;

    /// <summary>The names at an instant. <paramref name="shown"/> knows those that only the picture has: of containers that are gone, of computers that a capture tells of.</summary>
    public Names(Topology now, Func<IpAddress, string?> shown) => (_now, _shown) = (now, shown);

    /// <summary>"webapp", "the host", "the client outside", else the address.</summary>
    public string Of(IpAddress address)
    {
        if (Owner(address) is not { } owner) return Container(address) ?? address.ToString();
        return owner.Kind switch { NamespaceKind.Host => "the host", NamespaceKind.Outside => "the client outside", _ => owner.Label };
    }

    /// <summary>The namespace that has an address now, or null.</summary>
    public NetworkNamespace? Owner(IpAddress address) =>
        address.IsLoopback ? null : _now.Namespaces.FirstOrDefault(n => n.Interfaces.Exists(i => i.Addresses.Exists(a => a.Address == address)));

    /// <summary>The network on which an address was leased, or null.</summary>
    public string? Network(IpAddress address) => _now.Networks.Find(n => n.Subnets.Any(s => s.Contains(address)))?.Name;

    private string? Container(IpAddress address) => _now.Endpoints.Find(e => e.Addresses.Any(a => a.Address == address))?.Container
        ?? _shown(address);
}
