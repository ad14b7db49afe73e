using NetSim.Model.Addressing;
using NetSim.Model.Topology;
using NetSim.Model.Tracing;

namespace NetSim.Analysis.Findings;

/// <summary>Who has which address: a container, the host, or the outside; an address that was given back keeps the name it had last.</summary>
internal sealed class EndBook
{
    private readonly Dictionary<IpAddress, string> _owners = [];
    private readonly Dictionary<IpAddress, string> _gone = [];
    private readonly Topology? _topology;

    public EndBook(Topology? topology, IReadOnlyList<Change> changes)
    {
        _topology = topology;
        foreach (var c in changes.OfType<Change.EndpointSet>())
            foreach (var a in c.Endpoint.Addresses) _gone[a.Address] = c.Endpoint.Container;
        if (topology is null) return;
        foreach (var space in topology.Namespaces)
            foreach (var a in space.Interfaces.SelectMany(i => i.Addresses).Where(a => !a.Address.IsLoopback && !a.Address.IsLinkLocal))
                _owners.TryAdd(a.Address, space.Kind == NamespaceKind.Container ? topology.Containers.Find(x => x.Namespace == space.Key)?.Name ?? space.Key : space.Key);
    }

    /// <summary>The owner at the end, or null.</summary>
    public string? Owner(IpAddress address) => _owners.GetValueOrDefault(address);

    /// <summary>The owner at the end, else the last one it had; else the outside where it is no address of a Docker network; else null.</summary>
    public string? Sender(IpAddress address)
    {
        if (_owners.TryGetValue(address, out var owner)) return owner;
        if (_topology is null || address.IsLoopback || address.IsLinkLocal || address.IsAny) return null;
        return _topology.Networks.Exists(n => n.Subnets.Any(s => s.Contains(address))) ? null : "outside";
    }

    /// <summary>Who had it, though nobody has it now.</summary>
    public string? Former(IpAddress address) => _owners.ContainsKey(address) ? null : _gone.GetValueOrDefault(address);

    /// <summary>"db (172.18.0.2)", or the address where nobody is known.</summary>
    public string Told(IpAddress address) => (Owner(address) ?? Former(address)) is { } name ? $"{name} ({address})" : address.ToString();

    /// <summary>"db:80 (172.18.0.2)", or "172.18.0.2:80".</summary>
    public string Told(IpAddress address, Port port) => (Owner(address) ?? Former(address)) is { } name ? $"{name}:{port} ({address})" : Model.Packets.FlowKey.End(address, port);

    /// <summary>The owner of an address that is written out; null when it is none.</summary>
    public string? Name(string address) => IpAddress.TryParse(address, out var a) ? Owner(a) ?? Former(a) : null;
}
