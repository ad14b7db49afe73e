using NetSim.Docker.Engine;
using NetSim.Docker.Firewall;
using NetSim.Docker.Ipam;
using NetSim.Model.Addressing;
using NetSim.Model.Tracing;

namespace NetSim.Docker.Books;

/// <summary>All that dockerd knows: its settings, networks, containers, pools and ports, and the changes that the request in hand makes.</summary>
internal sealed class Daemon(EngineVersion version, EngineSettings settings, IReadOnlyDictionary<string, ImageFacts> images, Random chance)
{
    /// <summary>Which engine it is.</summary>
    public EngineVersion Version { get; } = version;

    /// <summary>daemon.json.</summary>
    public EngineSettings Settings { get; } = settings;

    /// <summary>Ids and other random things.</summary>
    public IdSource Ids { get; } = new(chance);

    /// <summary>Networks.</summary>
    public NetworkBook Networks { get; } = new();

    /// <summary>Containers.</summary>
    public ContainerBook Containers { get; } = new();

    /// <summary>Subnets of networks.</summary>
    public AddressSpace Subnets { get; } = new(version.AtLeast(27) ? new LowestFreeSubnet() : new NextSubnetByCursor(), settings.AddressPools);

    /// <summary>Host ports.</summary>
    public HostPorts Ports { get; } = new();

    /// <summary>Numbers of the host's interfaces.</summary>
    public HostNumbers Numbers { get; } = new();

    /// <summary>The rules it writes.</summary>
    public FirewallProgram Firewall { get; set; } = new(version, new FirewallSettings
    {
        Iptables = settings.Iptables,
        Ip6tables = settings.Ip6tables,
        UserlandProxy = settings.UserlandProxy,
        Nftables = settings.Nftables && version.AtLeast(29),
        AllowDirectRouting = settings.AllowDirectRouting && version.AtLeast(28, 2),
        // Only a daemon that turns forwarding on sets the policy. Source: moby v28.5.2 libnetwork/drivers/bridge/setup_ip_forwarding.go.
        KeepForwardPolicy = !settings.IpForward || settings.KeepForwardPolicy && version.AtLeast(28),
        KeepForwardPolicy6 = !settings.IpForward || settings.KeepForwardPolicy && version.AtLeast(28),
        AcceptMark = version.AtLeast(29) ? settings.AcceptMark : "",
    });

    /// <summary>docker events.</summary>
    public EventBook Events { get; } = new();

    /// <summary>Keys of namespaces that were ever used, so that none is used twice at a time.</summary>
    public HashSet<string> Namespaces { get; } = new(StringComparer.Ordinal);

    /// <summary>The Linux it runs on, at the time of the request.</summary>
    public HostView Host { get; set; } = new();

    /// <summary>What the request has changed so far.</summary>
    public List<Change> Changes { get; set; } = [];

    /// <summary>What the request met that is not modelled.</summary>
    public List<string> Warnings { get; set; } = [];

    /// <summary>Ids of main processes that were given.</summary>
    public HashSet<string> ProcessIds { get; } = new(StringComparer.Ordinal);

    /// <summary>Numbers execs and processes.</summary>
    public int ProcessCounter { get; set; }

    /// <summary>The prefix of automatic IPv6 subnets (27 and later), made at the first use.</summary>
    public Subnet? Ula { get; set; }

    /// <summary>The time of the request.</summary>
    public SimTime Now => Host.Now;

    /// <summary>Notes a change.</summary>
    public void Make(Change change) => Changes.Add(change);

    /// <summary>Notes changes.</summary>
    public void Make(IEnumerable<Change> changes) => Changes.AddRange(changes);

    /// <summary>Names of all images of the catalogue.</summary>
    public IEnumerable<string> ImageNames => images.Keys.Order(StringComparer.Ordinal);

    /// <summary>Names of volumes that were made.</summary>
    public SortedSet<string> Volumes { get; } = new(StringComparer.Ordinal);

    /// <summary>Is an image in the catalogue?</summary>
    public bool Knows(string name) => Find(name) is not null;

    /// <summary>What is known of an image; a warning where it is nothing.</summary>
    public ImageFacts Image(string name)
    {
        if (Find(name) is { } facts) return facts;
        Warnings.Add($"image {name} is not in the image catalogue: it is taken to have no command, no exposed ports and no environment");
        return new(WithoutTag(name), [], [], [], new Dictionary<string, string>(StringComparer.Ordinal)) { Known = false };
    }

    private ImageFacts? Find(string name) => images.GetValueOrDefault(name) ?? images.GetValueOrDefault(WithoutTag(name)) ?? images.GetValueOrDefault(Short(WithoutTag(name)));

    /// <summary>"docker.io/library/redis" is redis.</summary>
    private static string Short(string name)
    {
        if (name.StartsWith("docker.io/", StringComparison.Ordinal)) name = name["docker.io/".Length..];
        return name.StartsWith("library/", StringComparison.Ordinal) ? name["library/".Length..] : name;
    }

    private static string WithoutTag(string name)
    {
        int at = name.IndexOf('@', StringComparison.Ordinal);
        if (at >= 0) name = name[..at];
        int colon = name.LastIndexOf(':');
        return colon > name.LastIndexOf('/') ? name[..colon] : name;
    }
}
