using NetSim.Docker.Compose.Reading;

namespace NetSim.Docker.Compose.Project;

/// <summary>A service of a Compose project, with all that its containers are made of.</summary>
internal sealed record ComposeService(string Name, ComposePlace Place)
{
    /// <summary>The image as written; of a service that is only built: PROJECT-SERVICE.</summary>
    public required string Image { get; init; }

    /// <summary>Is it built (and the image therefore unknown, unless the catalogue has one of that name)?</summary>
    public bool Built { get; init; }

    /// <summary>container_name; empty for PROJECT-SERVICE-NUMBER.</summary>
    public string ContainerName { get; init; } = "";

    /// <summary>The command; null for the image's.</summary>
    public IReadOnlyList<string>? Command { get; init; }

    /// <summary>The entrypoint; null for the image's, empty for none.</summary>
    public IReadOnlyList<string>? Entrypoint { get; init; }

    /// <summary>"A=b", sorted.</summary>
    public IReadOnlyList<string> Environment { get; init; } = [];

    /// <summary>The user's labels.</summary>
    public SortedDictionary<string, string> Labels { get; init; } = new(StringComparer.Ordinal);

    /// <summary>How many containers.</summary>
    public int Scale { get; init; } = 1;

    /// <summary>Its networks in the order of priority, then of name; the first is the container's network mode.</summary>
    public IReadOnlyList<ServiceNetwork> Networks { get; init; } = [];

    /// <summary>network_mode; empty for networks.</summary>
    public string NetworkMode { get; init; } = "";

    /// <summary>Published ports.</summary>
    public IReadOnlyList<ServicePort> Ports { get; init; } = [];

    /// <summary>Ports that are only exposed: "80/tcp".</summary>
    public IReadOnlyList<string> Expose { get; init; } = [];

    /// <summary>What it waits for, links and network_mode among them.</summary>
    public IReadOnlyList<Dependency> DependsOn { get; init; } = [];

    /// <summary>"service" or "service:alias".</summary>
    public IReadOnlyList<string> Links { get; init; } = [];

    /// <summary>"container" or "container:alias".</summary>
    public IReadOnlyList<string> ExternalLinks { get; init; } = [];

    /// <summary>"name:address".</summary>
    public IReadOnlyList<string> ExtraHosts { get; init; } = [];

    /// <summary>DNS servers.</summary>
    public IReadOnlyList<string> Dns { get; init; } = [];

    /// <summary>Search domains.</summary>
    public IReadOnlyList<string> DnsSearch { get; init; } = [];

    /// <summary>Options of resolv.conf.</summary>
    public IReadOnlyList<string> DnsOptions { get; init; } = [];

    /// <summary>Host name; empty for the short id.</summary>
    public string Hostname { get; init; } = "";

    /// <summary>Domain.</summary>
    public string Domainname { get; init; } = "";

    /// <summary>mac_address of the service, for its first network.</summary>
    public string MacAddress { get; init; } = "";

    /// <summary>Sysctls.</summary>
    public SortedDictionary<string, string> Sysctls { get; init; } = new(StringComparer.Ordinal);

    /// <summary>Capabilities more.</summary>
    public IReadOnlyList<string> CapAdd { get; init; } = [];

    /// <summary>Capabilities less.</summary>
    public IReadOnlyList<string> CapDrop { get; init; } = [];

    /// <summary>privileged.</summary>
    public bool Privileged { get; init; }

    /// <summary>Restart policy as the engine calls it.</summary>
    public string Restart { get; init; } = "no";

    /// <summary>Its limit.</summary>
    public int RestartLimit { get; init; }

    /// <summary>tty.</summary>
    public bool Terminal { get; init; }

    /// <summary>stdin_open.</summary>
    public bool OpenStdin { get; init; }

    /// <summary>user.</summary>
    public string User { get; init; } = "";

    /// <summary>working_dir.</summary>
    public string WorkingDirectory { get; init; } = "";

    /// <summary>Profiles; none: always.</summary>
    public IReadOnlyList<string> Profiles { get; init; } = [];

    /// <summary>How its health is asked for, or null.</summary>
    public HealthCheck? Health { get; init; }

    /// <summary>Changes when the configuration changes; not the value that Compose computes.</summary>
    public string Hash { get; init; } = "";
}

/// <summary>A service's place on a network of the project.</summary>
internal sealed record ServiceNetwork(string Key, ComposePlace Place)
{
    /// <summary>Is there more than the name? Then inspect shows an (empty) IPAMConfig.</summary>
    public bool Configured { get; init; }

    /// <summary>More names.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>A fixed address, or empty.</summary>
    public string Ipv4 { get; init; } = "";

    /// <summary>A fixed address, or empty.</summary>
    public string Ipv6 { get; init; } = "";

    /// <summary>link_local_ips.</summary>
    public IReadOnlyList<string> LinkLocal { get; init; } = [];

    /// <summary>A fixed MAC address, or empty.</summary>
    public string Mac { get; init; } = "";

    /// <summary>interface_name, or empty.</summary>
    public string InterfaceName { get; init; } = "";

    /// <summary>driver_opts, or null.</summary>
    public SortedDictionary<string, string>? DriverOptions { get; init; }

    /// <summary>Networks of higher priority are connected first.</summary>
    public int Priority { get; init; }

    /// <summary>The network of the highest one gives the default route.</summary>
    public int GatewayPriority { get; init; }
}

/// <summary>A published port.</summary>
/// <param name="Target">"80/tcp".</param>
/// <param name="HostAddress">Empty for the default.</param>
/// <param name="Published">"8080", "8080-8090" or empty.</param>
/// <param name="Place">Where it stands.</param>
internal sealed record ServicePort(string Target, string HostAddress, string Published, ComposePlace Place);

/// <summary>What must be before a service starts.</summary>
/// <param name="Service">Which service.</param>
/// <param name="Condition">"service_started", "service_healthy", "service_completed_successfully".</param>
/// <param name="Required">May it be missing?</param>
/// <param name="Restart">Is this one restarted when that one is?</param>
/// <param name="Place">Where it stands.</param>
internal sealed record Dependency(string Service, string Condition, bool Required, bool Restart, ComposePlace Place);

/// <summary>How a container is asked whether it is healthy.</summary>
/// <param name="Command">The words to run in it.</param>
/// <param name="Interval">Time between two questions.</param>
/// <param name="Retries">Failures in a row until it is unhealthy.</param>
/// <param name="StartPeriod">Time at the beginning in which failures don't count.</param>
/// <param name="StartInterval">Time between questions in that period.</param>
internal sealed record HealthCheck(IReadOnlyList<string> Command, TimeSpan Interval, int Retries, TimeSpan StartPeriod, TimeSpan StartInterval);
