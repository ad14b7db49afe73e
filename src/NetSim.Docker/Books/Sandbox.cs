using NetSim.Model.Addressing;
using NetSim.Model.Naming;
using NetSim.Model.Routing;

namespace NetSim.Docker.Books;

/// <summary>A container's network namespace while it runs, and what dockerd keeps about it.</summary>
internal sealed class Sandbox
{
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);

    /// <summary>64 hex digits.</summary>
    public required string Id { get; init; }

    /// <summary>Key of the namespace: "host", or the container's name (with "~2" if that is taken).</summary>
    public required string Namespace { get; init; }

    /// <summary>"/var/run/docker/netns/5cd50abae3c8".</summary>
    public string Key => Namespace == "host" ? "/var/run/docker/netns/default" : "/var/run/docker/netns/" + Id[..12];

    /// <summary>Endpoints in the order in which they were plugged in.</summary>
    public List<Endpoint> Endpoints { get; } = [];


    /// <summary>The namespace's next interface number (28: interfaces are made inside).</summary>
    public int NextIndex { get; set; } = 2;

    /// <summary>Is the loopback's IPv6 address there?</summary>
    public bool LoopbackV6 { get; set; }

    /// <summary>The container DNS resolver's ports and settings, or null while it has none.</summary>
    public ResolverSpec? Resolver { get; set; }

    /// <summary>Default routes that are in place.</summary>
    public List<Route> DefaultRoutes { get; } = [];

    /// <summary>The endpoint that gives the IPv4 default route, or null.</summary>
    public Endpoint? Gateway { get; set; }

    /// <summary>Lines of /etc/hosts after the fixed ones: the network (empty: extra hosts and links) and the line.</summary>
    public List<(string Network, string Line)> HostLines { get; } = [];

    /// <summary>Do the own lines stay in /etc/hosts when it is closed (a port could not be published)?</summary>
    public bool KeepsHostLines { get; set; }

    /// <summary>Servers that the resolver asks while the container has a way out; null before it was started.</summary>
    public IReadOnlyList<Upstream>? Upstreams { get; set; }

    /// <summary>Ports of the resolver.</summary>
    public (Port Udp, Port Tcp) ResolverPorts { get; set; }

    /// <summary>The next number of interfaces with a prefix (up to 27 numbers only grow).</summary>
    public int NextNumber(string prefix)
    {
        int number = _numbers.GetValueOrDefault(prefix);
        _numbers[prefix] = number + 1;
        return number;
    }
}
