using NetSim.Model.Addressing;
using NetSim.Model.Tracing;

namespace NetSim.Model.Routing;

/// <summary>What a route does with a packet.</summary>
public enum RouteType
{
    /// <summary>Sends it on.</summary>
    Unicast,
    /// <summary>Drops it silently.</summary>
    Blackhole,
    /// <summary>Answers ICMP host (IPv6: no route to destination) unreachable.</summary>
    Unreachable,
    /// <summary>Answers ICMP administratively prohibited.</summary>
    Prohibit,
}

/// <summary>One row of a routing table, with the words of `ip -j route`.</summary>
public sealed record Route
{
    /// <summary>Where to; <see cref="Subnet.AllV4"/> is "default".</summary>
    public required Subnet Destination { get; init; }

    /// <summary>The next hop, or null when the destination is on the link.</summary>
    public IpAddress? Gateway { get; init; }

    /// <summary>The interface's name; empty for blackhole, unreachable, prohibit.</summary>
    public string Interface { get; init; } = "";

    /// <summary>"kernel", "static", or empty for boot (what `ip route add` makes, which `ip route` doesn't show).</summary>
    public string Protocol { get; init; } = "";

    /// <summary>"link", "host", or empty for global.</summary>
    public string Scope { get; init; } = "";

    /// <summary>The source address a local sender takes, or null.</summary>
    public IpAddress? PreferredSource { get; init; }

    /// <summary>Lower wins among equal prefixes. 0 in IPv4 by default; IPv6: 256 connected, 1024 added.</summary>
    public int Metric { get; init; }

    /// <summary>What it does.</summary>
    public RouteType Type { get; init; }

    /// <summary>The table it is in, by name or number; empty for the main one.</summary>
    public string Table { get; init; } = "";

    /// <summary>Why it is there.</summary>
    public Origin Origin { get; init; } = Origin.NotDockers;

    /// <summary>As `ip route` writes it: "default via 172.18.0.1 dev eth0".</summary>
    public override string ToString()
    {
        var parts = new List<string>();
        if (Type != RouteType.Unicast) parts.Add(Type.ToString().ToLowerInvariant());
        parts.Add(Destination.IsAll ? "default" : Destination.PrefixLength == Destination.Address.BitLength ? Destination.Address.ToString() : Destination.ToString());
        if (Gateway is { } g) parts.Add($"via {g}");
        if (Interface.Length > 0) parts.Add($"dev {Interface}");
        if (Protocol.Length > 0) parts.Add($"proto {Protocol}");
        if (Scope.Length > 0) parts.Add($"scope {Scope}");
        if (PreferredSource is { } s) parts.Add($"src {s}");
        if (Metric > 0) parts.Add($"metric {Metric}");
        return string.Join(' ', parts);
    }
}
