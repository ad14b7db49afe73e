using NetSim.Model.Addressing;
using NetSim.Model.Routing;
using NetSim.Simulation.Devices;

namespace NetSim.Simulation.Stacks;

/// <summary>What becomes of packets to one destination.</summary>
internal enum RouteKind
{
    /// <summary>No route.</summary>
    None,
    /// <summary>Sent on, through a device.</summary>
    Unicast,
    /// <summary>For this namespace.</summary>
    Local,
    /// <summary>To all on a link, and to this namespace.</summary>
    Broadcast,
    /// <summary>To a group on a link.</summary>
    Multicast,
    /// <summary>Forbidden by a route of type blackhole, unreachable or prohibit.</summary>
    Forbidden,
}

/// <summary>The decision for one destination, kept until a table of the namespace changes.</summary>
internal sealed class RouteDecision
{
    private const int DefaultMtu = 1500;

    /// <summary>What becomes of the packet.</summary>
    public required RouteKind Kind { get; init; }

    /// <summary>The device it leaves by (lo for local ones).</summary>
    public Device? Out { get; init; }

    /// <summary>The address whose hardware address is needed: the gateway, or the destination itself.</summary>
    public IpAddress NextHop { get; init; }

    /// <summary>The source address that a local sender takes.</summary>
    public IpAddress Source { get; init; }

    /// <summary>The row of the table, or null for what is not in it.</summary>
    public Route? Route { get; init; }

    /// <summary>Number of the detail in the trace, or -1.</summary>
    public int Detail { get; init; } = -1;

    /// <summary>The tables for which it holds.</summary>
    public int Version { get; init; }

    private int _pathMtu = int.MaxValue;
    private long _pathMtuUntil;

    /// <summary>Bytes of a packet of ours that come through whole: the device's MTU, or less where a router beyond said so in the last ten minutes.</summary>
    public int Mtu(long now) => _pathMtu < int.MaxValue && now < _pathMtuUntil ? Math.Min(Out?.Mtu ?? DefaultMtu, _pathMtu) : Out?.Mtu ?? DefaultMtu;

    /// <summary>A router said how much comes through (RFC 1191, RFC 8201). Source: linux v6.6 net/ipv4/route.c __ip_rt_update_pmtu.</summary>
    /// <param name="mtu">Bytes of an IP packet.</param>
    /// <param name="least">net.ipv4.route.min_pmtu, or IPv6's least MTU.</param>
    /// <param name="now">Nanoseconds; it holds for net.ipv4.route.mtu_expires from then.</param>
    public void Narrow(int mtu, int least, long now)
    {
        if (mtu >= Mtu(now)) return;
        _pathMtu = Math.Max(mtu, least);
        _pathMtuUntil = now + 600_000_000_000;
    }

    /// <summary>The neighbour it leads to, once known.</summary>
    public Neighbour? Neighbour { get; set; }
}
