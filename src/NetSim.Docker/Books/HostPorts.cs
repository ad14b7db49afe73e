using NetSim.Model.Addressing;

namespace NetSim.Docker.Books;

/// <summary>Which host ports are given out: per protocol and host address, counted from 32768 on and wrapping, a range from the last given of that range on.
/// Source: moby v26.1.5 and v28.5.2 libnetwork/portallocator/portallocator.go; recorded in 25-publish.</summary>
internal sealed class HostPorts
{
    private readonly Dictionary<(string Protocol, IpAddress Address), HashSet<ushort>> _taken = [];
    private readonly Dictionary<(string Protocol, IpAddress Address, ushort From, ushort To), ushort> _last = [];
    private readonly HashSet<(string Protocol, IpAddress Address, ushort Port)> _released = [];

    /// <summary>First and last ephemeral port: net.ipv4.ip_local_port_range.</summary>
    public (ushort From, ushort To) Ephemeral { get; set; } = (32768, 60999);

    /// <summary>Is the port given out for that very address?</summary>
    public bool IsTaken(string protocol, IpAddress address, ushort port) => Of(protocol, address).Contains(port);

    /// <summary>Is it given out for an address that shares it (the wildcard, or any if this is the wildcard)?</summary>
    public bool IsShared(string protocol, IpAddress address, ushort port) => _taken.Any(t => t.Key.Protocol == protocol && t.Key.Address.IsV6 == address.IsV6
        && (t.Key.Address == address || t.Key.Address.IsAny || address.IsAny) && t.Value.Contains(port));

    /// <summary>The address for which it is given out among those that share it: itself first; null when there is none.</summary>
    public IpAddress? Holder(string protocol, IpAddress address, ushort port) => IsTaken(protocol, address, port) ? address
        : _taken.Where(t => t.Key.Protocol == protocol && t.Key.Address.IsV6 == address.IsV6 && (t.Key.Address.IsAny || address.IsAny) && t.Value.Contains(port)).Select(t => (IpAddress?)t.Key.Address).FirstOrDefault();

    /// <summary>The next port of a range that is not given out for any of the addresses; null when none is left.</summary>
    public ushort? Next(string protocol, IReadOnlyList<IpAddress> addresses, ushort from, ushort to)
    {
        var key = (protocol, addresses[0], from, to);
        int last = _last.GetValueOrDefault(key, to);
        for (int n = 0; n <= to - from; n++)
        {
            last = last >= to ? from : last + 1;
            ushort port = (ushort)last;
            if (addresses.Any(a => IsTaken(protocol, a, port))) continue;
            foreach (var a in addresses) _last[(protocol, a, from, to)] = port;
            return port;
        }
        return null;
    }

    /// <summary>Notes a port as given out.</summary>
    public void Take(string protocol, IpAddress address, ushort port) => Of(protocol, address).Add(port);

    /// <summary>Gives a port back.</summary>
    public void Release(string protocol, IpAddress address, ushort port)
    {
        Of(protocol, address).Remove(port);
        _released.Add((protocol, address, port));
    }

    /// <summary>A new request begins: sockets given back before are closed by now.</summary>
    public void BeginRequest() => _released.Clear();

    /// <summary>Is or was (during this request) a listening socket one of ours?</summary>
    public bool WasOurs(string protocol, IpAddress address, ushort port) => IsTaken(protocol, address, port) || _released.Contains((protocol, address, port));

    private HashSet<ushort> Of(string protocol, IpAddress address)
    {
        if (!_taken.TryGetValue((protocol, address), out var set)) _taken[(protocol, address)] = set = [];
        return set;
    }
}
