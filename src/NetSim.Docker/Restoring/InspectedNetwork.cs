using NetSim.Model.Addressing;

namespace NetSim.Docker.Restoring;

/// <summary>A row of IPAM.Config of `docker network inspect`.</summary>
/// <param name="Subnet">The pool.</param>
/// <param name="Range">IPRange as written, or null.</param>
/// <param name="Gateway">Gateway, or null where it is not shown.</param>
/// <param name="Auxiliary">AuxiliaryAddresses by name.</param>
public sealed record InspectedPool(Subnet Subnet, string? Range, IpAddress? Gateway, IReadOnlyDictionary<string, string> Auxiliary);

/// <summary>A network as `docker network inspect` shows it.</summary>
public sealed record InspectedNetwork
{
    /// <summary>"app".</summary>
    public required string Name { get; init; }

    /// <summary>64 hex digits.</summary>
    public required string Id { get; init; }

    /// <summary>"bridge", "host", "null", "macvlan", "ipvlan", "overlay", a plugin's name.</summary>
    public required string Driver { get; init; }

    /// <summary>When it was made, as Docker writes it; sorts as text.</summary>
    public string Created { get; init; } = "";

    /// <summary>Internal.</summary>
    public bool Internal { get; init; }

    /// <summary>Attachable.</summary>
    public bool Attachable { get; init; }

    /// <summary>EnableIPv4; true where it is not shown.</summary>
    public bool EnableIpv4 { get; init; } = true;

    /// <summary>EnableIPv6.</summary>
    public bool EnableIpv6 { get; init; }

    /// <summary>IPAM.Driver.</summary>
    public string IpamDriver { get; init; } = "default";

    /// <summary>IPAM.Config.</summary>
    public IReadOnlyList<InspectedPool> Pools { get; init; } = [];

    /// <summary>Options.</summary>
    public IReadOnlyDictionary<string, string> Options { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Labels.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
