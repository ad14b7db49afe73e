using NetSim.Model.Addressing;

namespace NetSim.Simulation.Stacks;

/// <summary>The connections of a namespace by their two ends. Those of IPv4 go by a key of twelve bytes, which is found faster.</summary>
internal sealed class FlowTable
{
    private readonly Dictionary<ShortKey, TcpConnection> _v4 = [];
    private readonly Dictionary<LongKey, TcpConnection> _v6 = [];

    private readonly struct ShortKey(uint local, uint remote, uint ports) : IEquatable<ShortKey>
    {
        private readonly ulong _addresses = (ulong)local << 32 | remote;
        private readonly uint _ports = ports;

        public bool Equals(ShortKey other) => _addresses == other._addresses && _ports == other._ports;

        public override bool Equals(object? obj) => obj is ShortKey other && Equals(other);

        public override int GetHashCode() => (int)((_addresses * 0x9E37_79B9_7F4A_7C15 ^ _ports * 0xBF58_476D_1CE4_E5B9) >> 32);
    }

    private readonly record struct LongKey(IpAddress Local, IpAddress Remote, uint Ports);

    /// <summary>The connection between two ends, or null.</summary>
    public TcpConnection? Find(in IpAddress local, ushort localPort, in IpAddress remote, ushort remotePort)
    {
        uint ports = (uint)localPort << 16 | remotePort;
        return local.IsV4 ? _v4.GetValueOrDefault(new(local.V4, remote.V4, ports)) : _v6.GetValueOrDefault(new(local, remote, ports));
    }

    /// <summary>Adds a connection in place of any between the same ends.</summary>
    public void Add(TcpConnection c)
    {
        if (c.Path.Local.IsV4) _v4[Short(c)] = c;
        else _v6[Long(c)] = c;
    }

    /// <summary>Removes a connection, but not another between the same ends.</summary>
    public void Remove(TcpConnection c)
    {
        if (!ReferenceEquals(Find(c.Path.Local, c.LocalPort, c.Path.Remote, c.RemotePort), c)) return;
        if (c.Path.Local.IsV4) _v4.Remove(Short(c));
        else _v6.Remove(Long(c));
    }

    private static ShortKey Short(TcpConnection c) => new(c.Path.Local.V4, c.Path.Remote.V4, (uint)c.LocalPort << 16 | c.RemotePort);

    private static LongKey Long(TcpConnection c) => new(c.Path.Local, c.Path.Remote, (uint)c.LocalPort << 16 | c.RemotePort);
}
