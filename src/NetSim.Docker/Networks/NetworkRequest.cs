namespace NetSim.Docker.Networks;

/// <summary>One subnet that `network create` asks for.</summary>
/// <param name="Subnet">As written; empty for an automatic one.</param>
/// <param name="Range">--ip-range, or null.</param>
/// <param name="Gateway">--gateway, or null.</param>
/// <param name="Auxiliary">--aux-address by name.</param>
internal sealed record SubnetRequest(string Subnet, string? Range, string? Gateway, IReadOnlyDictionary<string, string> Auxiliary);

/// <summary>What `network create` asks the daemon for.</summary>
internal sealed record NetworkRequest(string Name)
{
    /// <summary>-d.</summary>
    public string Driver { get; init; } = "bridge";

    /// <summary>--subnet and what belongs to each.</summary>
    public IReadOnlyList<SubnetRequest> Subnets { get; init; } = [];

    /// <summary>-o.</summary>
    public IReadOnlyDictionary<string, string> Options { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>--label.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>--ipam-driver.</summary>
    public string IpamDriver { get; init; } = "default";

    /// <summary>--internal.</summary>
    public bool Internal { get; init; }

    /// <summary>--attachable.</summary>
    public bool Attachable { get; init; }

    /// <summary>--ipv6.</summary>
    public bool Ipv6 { get; init; }

    /// <summary>--config-only.</summary>
    public bool ConfigOnly { get; init; }

    /// <summary>--config-from; empty when none.</summary>
    public string ConfigFrom { get; init; } = "";

    /// <summary>--scope; empty when none.</summary>
    public string Scope { get; init; } = "";

    /// <summary>--ingress.</summary>
    public bool Ingress { get; init; }

    /// <summary>--ipv4.</summary>
    public bool Ipv4 { get; init; } = true;
}
