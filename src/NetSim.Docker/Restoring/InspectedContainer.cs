using NetSim.Model.Addressing;

namespace NetSim.Docker.Restoring;

/// <summary>A row of a port map of `docker inspect`: "80/tcp", "0.0.0.0", "8080".</summary>
/// <param name="Key">Container port and protocol.</param>
/// <param name="HostAddress">HostIp as written; may be empty.</param>
/// <param name="HostPort">HostPort as written; may be empty, or a span of ports where it was asked for.</param>
public sealed record InspectedPort(string Key, string HostAddress, string HostPort);

/// <summary>NetworkSettings.Networks.NAME of `docker inspect`.</summary>
public sealed record InspectedEndpoint
{
    /// <summary>The network's name.</summary>
    public required string Network { get; init; }

    /// <summary>NetworkID; may be empty.</summary>
    public string NetworkId { get; init; } = "";

    /// <summary>EndpointID; empty while it is not plugged in.</summary>
    public string EndpointId { get; init; } = "";

    /// <summary>IPAMConfig.IPv4Address: what was asked for, or null.</summary>
    public string? AskedV4 { get; init; }

    /// <summary>IPAMConfig.IPv6Address: what was asked for, or null.</summary>
    public string? AskedV6 { get; init; }

    /// <summary>IPAddress, or null.</summary>
    public IpAddress? V4 { get; init; }

    /// <summary>GlobalIPv6Address, or null.</summary>
    public IpAddress? V6 { get; init; }

    /// <summary>MacAddress, or null.</summary>
    public MacAddress? Mac { get; init; }

    /// <summary>Aliases; null where there are none.</summary>
    public IReadOnlyList<string>? Aliases { get; init; }

    /// <summary>Links on a network of the user's; null where there are none.</summary>
    public IReadOnlyList<string>? Links { get; init; }

    /// <summary>DriverOpts; null where there are none.</summary>
    public IReadOnlyDictionary<string, string>? DriverOptions { get; init; }

    /// <summary>GwPriority.</summary>
    public int GatewayPriority { get; init; }
}

/// <summary>A container as `docker inspect` shows it.</summary>
public sealed record InspectedContainer
{
    /// <summary>Without the slash.</summary>
    public required string Name { get; init; }

    /// <summary>64 hex digits.</summary>
    public required string Id { get; init; }

    /// <summary>Config.Image.</summary>
    public string Image { get; init; } = "";

    /// <summary>State.Status: "running", "exited".</summary>
    public string Status { get; init; } = "created";

    /// <summary>State.StartedAt as Docker writes it; sorts as text.</summary>
    public string Started { get; init; } = "";

    /// <summary>State.ExitCode.</summary>
    public int ExitCode { get; init; }

    /// <summary>HostConfig.NetworkMode.</summary>
    public string Mode { get; init; } = "default";

    /// <summary>Config.Hostname.</summary>
    public string Hostname { get; init; } = "";

    /// <summary>Config.Domainname.</summary>
    public string Domainname { get; init; } = "";

    /// <summary>Config.Cmd.</summary>
    public IReadOnlyList<string> Command { get; init; } = [];

    /// <summary>Config.Entrypoint.</summary>
    public IReadOnlyList<string> Entrypoint { get; init; } = [];

    /// <summary>Config.Env.</summary>
    public IReadOnlyList<string> Environment { get; init; } = [];

    /// <summary>Config.ExposedPorts: "80/tcp".</summary>
    public IReadOnlyList<string> Exposed { get; init; } = [];

    /// <summary>Config.Labels.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>HostConfig.PortBindings: what was asked for.</summary>
    public IReadOnlyList<InspectedPort> Asked { get; init; } = [];

    /// <summary>HostConfig.PublishAllPorts.</summary>
    public bool PublishAll { get; init; }

    /// <summary>NetworkSettings.Ports: what was given.</summary>
    public IReadOnlyList<InspectedPort> Given { get; init; } = [];

    /// <summary>HostConfig.Dns.</summary>
    public IReadOnlyList<string> Dns { get; init; } = [];

    /// <summary>HostConfig.DnsSearch.</summary>
    public IReadOnlyList<string> DnsSearch { get; init; } = [];

    /// <summary>HostConfig.DnsOptions.</summary>
    public IReadOnlyList<string> DnsOptions { get; init; } = [];

    /// <summary>HostConfig.ExtraHosts.</summary>
    public IReadOnlyList<string> ExtraHosts { get; init; } = [];

    /// <summary>HostConfig.Links: "/db:/web/cache".</summary>
    public IReadOnlyList<string> Links { get; init; } = [];

    /// <summary>HostConfig.Sysctls.</summary>
    public IReadOnlyDictionary<string, string> Sysctls { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>HostConfig.RestartPolicy.Name.</summary>
    public string Restart { get; init; } = "no";

    /// <summary>Config.Tty.</summary>
    public bool Terminal { get; init; }

    /// <summary>NetworkSettings.Networks, in the file's order.</summary>
    public IReadOnlyList<InspectedEndpoint> Endpoints { get; init; } = [];

    /// <summary>Does it run?</summary>
    public bool Runs => Status is "running" or "paused";
}
