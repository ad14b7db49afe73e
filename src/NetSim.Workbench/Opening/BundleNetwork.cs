using NetSim.Docker.Firewall;
using NetSim.Model.Addressing;
using NetSim.Model.Routing;
using NetSim.Model.Topology;
using NetSim.Model.Tracing;

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

    /// <summary>Does the file say whether IPv4 is on?</summary>
    public bool TellsIpv4 { get; init; }

    /// <summary>Has it a container DNS (all but the predefined)?</summary>
    public bool HasNames => Facts.Name is not ("bridge" or "host" or "none");

    /// <summary>Reads one.</summary>
    public static BundleNetwork Of(BundleJson json)
    {
        var options = json["Options"].Fields.ToDictionary(o => o.Key, o => o.Value.Text, StringComparer.Ordinal);
        string name = json["Name"].Text, id = json["Id"].Text, driver = json["Driver"].Text;
        var pools = json["IPAM"]["Config"].Items.Select(c => (c["Subnet"].Subnet, Gateway: c["Gateway"].Address)).Where(c => c.Subnet is not null).OrderBy(c => c.Subnet!.Value.Address.IsV6).ToList();
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
            TellsIpv4 = json["EnableIPv4"].Value is not null,
        };
    }

    /// <summary>The bridge, as docker makes it.</summary>
    public IEnumerable<Change> Links()
    {
        if (Facts.Driver != "bridge") yield break;
        string bridge = Facts.Interface!;
        int mtu = int.TryParse(Options.GetValueOrDefault("com.docker.network.driver.mtu"), out int m) && m > 0 ? m : 1500;
        yield return new Change.InterfaceMade("host", new() { Name = bridge, Kind = InterfaceKind.Bridge, Mtu = mtu });
        yield return new Change.InterfaceChanged("host", bridge, Up: true);
        foreach (var (subnet, gateway) in Facts.Subnets.Zip(Facts.Gateways))
        {
            yield return new Change.AddressAdded("host", bridge, new(gateway, subnet.PrefixLength));
            yield return new Change.RouteAdded("host", new Route { Destination = subnet, Interface = bridge, Protocol = "kernel", Scope = subnet.Address.IsV6 ? "" : "link", PreferredSource = subnet.Address.IsV6 ? null : gateway, Metric = subnet.Address.IsV6 ? 256 : 0 });
        }
    }

    /// <summary>In the words of the firewall's rules.</summary>
    public FirewallNetwork ForFirewall() => new()
    {
        Name = Facts.Name,
        Bridge = Facts.Interface!,
        V4 = Facts.Subnets.Cast<Subnet?>().FirstOrDefault(s => !s!.Value.Address.IsV6),
        V6 = Facts.Subnets.Cast<Subnet?>().FirstOrDefault(s => s!.Value.Address.IsV6),
        Internal = Facts.Internal,
        Icc = Options.GetValueOrDefault("com.docker.network.bridge.enable_icc") != "false",
        Masquerade = Options.GetValueOrDefault("com.docker.network.bridge.enable_ip_masquerade") != "false",
    };
}
