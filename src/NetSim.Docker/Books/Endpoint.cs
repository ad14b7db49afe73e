using NetSim.Model.Addressing;
using NetSim.Model.Naming;
using NetSim.Model.Topology;

namespace NetSim.Docker.Books;

/// <summary>What a real engine gave an endpoint.</summary>
/// <param name="Id">64 hex digits.</param>
/// <param name="V4">Its IPv4 address, or null.</param>
/// <param name="V6">Its IPv6 address, or null.</param>
/// <param name="Mac">Its hardware address, or null where it is not known.</param>
internal sealed record KnownEndpoint(string Id, IpAddress? V4, IpAddress? V6, MacAddress? Mac);

/// <summary>What the user asked for of a container on one network; kept while the container exists.</summary>
internal sealed class EndpointSettings(string networkName)
{
    /// <summary>The network's name.</summary>
    public string NetworkName { get; } = networkName;

    /// <summary>The network's id once it was found; empty before.</summary>
    public string NetworkId { get; set; } = "";

    /// <summary>--ip.</summary>
    public string? Ipv4 { get; set; }

    /// <summary>--ip6.</summary>
    public string? Ipv6 { get; set; }

    /// <summary>--link-local-ip.</summary>
    public List<string> LinkLocal { get; set; } = [];

    /// <summary>--mac-address.</summary>
    public MacAddress? Mac { get; set; }

    /// <summary>--network-alias; null when none was given.</summary>
    public List<string>? Aliases { get; set; }

    /// <summary>--link on a user-defined network: "db:store"; null when none was given.</summary>
    public List<string>? Links { get; set; }

    /// <summary>driver-opt; null when none was given.</summary>
    public SortedDictionary<string, string>? DriverOptions { get; set; }

    /// <summary>What it is known to have (an engine made from inspect output), until it was plugged in; else null.</summary>
    public KnownEndpoint? Known { get; set; }

    /// <summary>gw-priority (28).</summary>
    public int GatewayPriority { get; set; }

    /// <summary>Was it made by `network connect` (which sends an empty map of driver options)?</summary>
    public bool ByConnect { get; set; }

    /// <summary>Did the request carry an address configuration, if only an empty one (Compose sends it with a network that has settings)?</summary>
    public bool IpamSent { get; init; }

    /// <summary>The names it has in DNS, as inspect shows them (25 and later); null when it has none.</summary>
    public List<string>? DnsNames { get; set; }
}

/// <summary>A running container's place on a network.</summary>
internal sealed class Endpoint
{
    /// <summary>64 hex digits.</summary>
    public required string Id { get; init; }

    /// <summary>Which network.</summary>
    public required Network Network { get; init; }

    /// <summary>Whose.</summary>
    public required Container Container { get; init; }

    /// <summary>What was asked for.</summary>
    public required EndpointSettings Settings { get; init; }

    /// <summary>Its IPv4 address, or null.</summary>
    public IpAddress? V4 { get; set; }

    /// <summary>Its IPv6 address, or null.</summary>
    public IpAddress? V6 { get; set; }

    /// <summary>Hardware address.</summary>
    public MacAddress Mac { get; set; }

    /// <summary>"eth0"; empty before it is in the container.</summary>
    public string Interface { get; set; } = "";

    /// <summary>The container's end while it is still in the host.</summary>
    public string TemporaryName { get; set; } = "";

    /// <summary>The host's end of the veth pair; empty when there is none.</summary>
    public string HostInterface { get; set; } = "";

    /// <summary>Names published for it.</summary>
    public List<PublishedName> Names { get; } = [];

    /// <summary>Ports published on it.</summary>
    public List<PortBinding> Ports { get; } = [];

    /// <summary>Its addresses with the length of their subnets, IPv4 first.</summary>
    public IReadOnlyList<InterfaceAddress> Addresses
    {
        get
        {
            var list = new List<InterfaceAddress>();
            if (V4 is { } v4) list.Add(new(v4, Network.PoolOf(v4).Pool.Subnet.PrefixLength));
            if (V6 is { } v6) list.Add(new(v6, Network.PoolOf(v6).Pool.Subnet.PrefixLength));
            return list;
        }
    }

    /// <summary>As the trace tells it.</summary>
    public EndpointFacts Facts => new(Network.Name, Container.Name, Container.Sandbox!.Namespace, Interface, Addresses, Mac);
}
