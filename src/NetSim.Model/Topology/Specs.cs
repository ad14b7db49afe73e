using NetSim.Model.Addressing;

namespace NetSim.Model.Topology;

/// <summary>What a namespace is.</summary>
public enum NamespaceKind
{
    /// <summary>The Docker host's own.</summary>
    Host,
    /// <summary>A container's sandbox.</summary>
    Container,
    /// <summary>The world beyond the uplink.</summary>
    Outside,
}

/// <summary>What an interface is, by the word of `ip -d link`.</summary>
public enum InterfaceKind
{
    /// <summary>lo.</summary>
    Loopback,
    /// <summary>One end of a veth pair.</summary>
    Veth,
    /// <summary>A bridge.</summary>
    Bridge,
    /// <summary>A macvlan on a parent.</summary>
    Macvlan,
    /// <summary>An ipvlan on a parent.</summary>
    Ipvlan,
    /// <summary>A VLAN of a parent (IEEE 802.1Q): its frames carry a tag on the parent.</summary>
    Vlan,
    /// <summary>A device that swallows what is sent.</summary>
    Dummy,
    /// <summary>A network card, or anything a capture names and nothing more is known of.</summary>
    Physical,
}

/// <summary>An interface when it is made.</summary>
public sealed record InterfaceSpec
{
    /// <summary>"eth0", "veth75af0f7", "br-7dc0a208ea23".</summary>
    public required string Name { get; init; }

    /// <summary>The number that `ip link` shows; 0: the namespace's next.</summary>
    public int Index { get; init; }

    /// <summary>What it is.</summary>
    public InterfaceKind Kind { get; init; } = InterfaceKind.Physical;

    /// <summary>Its hardware address.</summary>
    public MacAddress Mac { get; init; }

    /// <summary>Bytes of an IP packet that fit: 1500, loopback 65536; 0: as its parent's.</summary>
    public int Mtu { get; init; } = 1500;

    /// <summary>The parent's name (macvlan, ipvlan, VLAN), else null.</summary>
    public string? Parent { get; init; }

    /// <summary>"bridge", "private", "vepa", "passthru" (macvlan); "l2", "l3", "l3s" (ipvlan); else empty.</summary>
    public string Mode { get; init; } = "";

    /// <summary>"bridge", "private", "vepa" (ipvlan), else empty.</summary>
    public string ModeFlag { get; init; } = "";

    /// <summary>The tag's number, 1 to 4094 (VLAN), else 0.</summary>
    public int VlanId { get; init; }
}

/// <summary>A published port: where the host listens, and where it leads.</summary>
/// <param name="Protocol">"tcp", "udp", "sctp".</param>
/// <param name="HostAddress">0.0.0.0, ::, or one address of the host.</param>
/// <param name="HostPort">Port on the host.</param>
/// <param name="ContainerPort">Port in the container.</param>
public sealed record PublishedPort(string Protocol, IpAddress HostAddress, Port HostPort, Port ContainerPort);

/// <summary>A Docker network for people and pictures.</summary>
/// <param name="Name">"app".</param>
/// <param name="Id">64 hex digits.</param>
/// <param name="Driver">"bridge", "host", "null", "macvlan", "ipvlan".</param>
/// <param name="Subnets">Its pools, IPv4 first.</param>
/// <param name="Gateways">Their gateways, one for each pool or fewer.</param>
/// <param name="Interface">The bridge's (or parent's) name on the host, or null.</param>
/// <param name="Internal">Made with --internal.</param>
public sealed record NetworkFacts(string Name, string Id, string Driver, IReadOnlyList<Subnet> Subnets, IReadOnlyList<IpAddress> Gateways, string? Interface, bool Internal);

/// <summary>A container for people and pictures.</summary>
/// <param name="Name">"webapp".</param>
/// <param name="Id">64 hex digits.</param>
/// <param name="Image">As the user wrote it.</param>
/// <param name="State">"created", "running", "paused", "exited".</param>
/// <param name="Namespace">Key of its namespace, or empty while it has none.</param>
/// <param name="Published">Its published ports.</param>
/// <param name="Labels">Labels (Compose's project and service are among them).</param>
public sealed record ContainerFacts(string Name, string Id, string Image, string State, string Namespace, IReadOnlyList<PublishedPort> Published, IReadOnlyDictionary<string, string> Labels)
{
    /// <summary>Ports that its image, --expose or a publication names: "80/tcp".</summary>
    public IReadOnlyList<string> Exposed { get; init; } = [];
}

/// <summary>A container's place on a network: which interface is its end, with which addresses.</summary>
/// <param name="Network">The network's name.</param>
/// <param name="Container">The container's name.</param>
/// <param name="Namespace">Key of the container's namespace.</param>
/// <param name="Interface">"eth0".</param>
/// <param name="Addresses">IPv4 first.</param>
/// <param name="Mac">Its hardware address.</param>
public sealed record EndpointFacts(string Network, string Container, string Namespace, string Interface, IReadOnlyList<InterfaceAddress> Addresses, MacAddress Mac);

/// <summary>A process when it is started.</summary>
public sealed record ProcessSpec
{
    /// <summary>Unique in the run: "ctr:webapp", "proxy:tcp:0.0.0.0:32768", "exec:12".</summary>
    public required string Id { get; init; }

    /// <summary>Key of the namespace whose network it uses.</summary>
    public required string Namespace { get; init; }

    /// <summary>Program and arguments.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>Environment.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The container whose files it sees (its name); null: the files of its namespace ("host", "outside").</summary>
    public string? Container { get; init; }

    /// <summary>The image of the container, which tells how its programs behave.</summary>
    public string? Image { get; init; }

    /// <summary>What `hostname` prints.</summary>
    public string Hostname { get; init; } = "";

    /// <summary>As whom it runs: a user's name or number; null is root.</summary>
    public string? User { get; init; }

    /// <summary>The folder it runs in; null is the root folder.</summary>
    public string? Folder { get; init; }

    /// <summary>Has it a terminal (-t)?</summary>
    public bool Terminal { get; init; }

    /// <summary>Is what it does not known: a program that is not modelled, or the command of an image that nothing is known of?</summary>
    public bool Unmodelled { get; init; }

    /// <summary>May it change interfaces, addresses, routes and rules (CAP_NET_ADMIN)?</summary>
    public bool NetAdmin { get; init; } = true;
}
