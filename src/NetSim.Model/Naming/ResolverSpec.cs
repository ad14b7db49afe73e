using NetSim.Model.Addressing;

namespace NetSim.Model.Naming;

/// <summary>Another name of a container, known to one other container only (`--link db:store` on a user network).</summary>
public sealed record LinkAlias(string Network, string Alias, string Target);

/// <summary>A server that the resolver forwards to, and the namespace it asks from ("host", or a container's).</summary>
public sealed record Upstream(IpAddress Address, string FromNamespace);

/// <summary>What the container DNS resolver answers when no upstream did.</summary>
public enum UpstreamFailure
{
    /// <summary>Nothing: the client times out (20.10, 23).</summary>
    Silence,
    /// <summary>SERVFAIL (24 and later).</summary>
    ServFail,
}

/// <summary>The container DNS resolver of one container: 127.0.0.11, a process of dockerd that listens inside the container's namespace.</summary>
public sealed record ResolverSpec
{
    /// <summary>The container's namespace.</summary>
    public required string Namespace { get; init; }

    /// <summary>The random UDP port to which port 53 is translated.</summary>
    public required Port UdpPort { get; init; }

    /// <summary>The random TCP port to which port 53 is translated.</summary>
    public required Port TcpPort { get; init; }

    /// <summary>The networks whose names are known, in the order in which they are asked.</summary>
    public IReadOnlyList<string> Networks { get; init; } = [];

    /// <summary>Aliases of this container alone.</summary>
    public IReadOnlyList<LinkAlias> Links { get; init; } = [];

    /// <summary>Servers for all other names, in order.</summary>
    public IReadOnlyList<Upstream> Upstreams { get; init; } = [];

    /// <summary>What the client gets when no upstream answers.</summary>
    public UpstreamFailure Failure { get; init; } = UpstreamFailure.ServFail;

    /// <summary>Does NXDOMAIN make it ask the next server (20.10)?</summary>
    public bool NextServerOnNxDomain { get; init; }

    /// <summary>Is it down (a fault)? Then nobody listens at its ports.</summary>
    public bool Stopped { get; init; }

    /// <summary>Was ndots set explicitly? Then a single label that is not known is answered empty instead of forwarded.</summary>
    public bool NdotsSet { get; init; }
}
