using NetSim.Model.Topology;

namespace NetSim.Workbench.Opening;

/// <summary>A network of network-inspect.json.</summary>
internal sealed record BundleNetwork
{
    /// <summary>For people and pictures.</summary>
    public required NetworkFacts Facts { get; init; }

    /// <summary>When it was made, as docker writes it.</summary>
    public required string Created { get; init; }

    /// <summary>Its options.</summary>
    public required IReadOnlyDictionary<string, string> Options { get; init; }

    /// <summary>Has it a container DNS (all but the predefined)?</summary>
    public bool HasNames => Facts.Name is not ("bridge" or "host" or "none");

    /// <summary>Reads one.</summary>
    public static BundleNetwork Of(BundleJson json)
    {
        var options = json["Options"].Fields.ToDictionary(o => o.Key, o => o.Value.Text, StringComparer.Ordinal);
        string name = json["Name"].Text, id = json["Id"].Text, driver = json["Driver"].Text;
        var pools = json["IPAM"]["Config"].Items.Where(c => c["Subnet"].Text.Length > 0).Select(c => (c["Subnet"].Subnet, Gateway: c["Gateway"].Address)).Where(c => c.Subnet is not null).OrderBy(c => c.Subnet!.Value.Address.IsV6).ToList();
        string? link = driver switch
        {
            "bridge" => options.GetValueOrDefault("com.docker.network.bridge.name") is { Length: > 0 } b ? b : name == "bridge" ? "docker0" : $"br-{id[..Math.Min(12, id.Length)]}",
            "macvlan" or "ipvlan" => options.GetValueOrDefault("parent"),
            _ => null,
        };
        var gateways = pools.Select(p => p.Gateway ?? p.Subnet!.Value.Address.Plus(1)).ToList();
        return new()
        {
            Facts = new(name, id, driver, pools.Select(p => p.Subnet!.Value).ToList(), gateways, link, json["Internal"].Flag),
            Created = json["Created"].Text,
            Options = options,
        };
    }
}
