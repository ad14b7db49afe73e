using NetSim.Docker.Ipam;
using NetSim.Model.Addressing;
using NetSim.Model.Topology;
using NetSim.Model.Tracing;

namespace NetSim.Docker.Books;

/// <summary>One entry of a network's IPAM configuration, as `docker network inspect` shows it.</summary>
/// <param name="Subnet">As the user wrote it.</param>
/// <param name="Range">--ip-range, or null.</param>
/// <param name="Gateway">As shown: the user's, or that of an automatic subnet; null is not shown.</param>
/// <param name="Auxiliary">--aux-address by name.</param>
internal sealed record IpamEntry(string Subnet, string? Range, string? Gateway, IReadOnlyDictionary<string, string> Auxiliary);

/// <summary>The addresses of one family of a network.</summary>
internal sealed class NetworkPool(AddressPool pool, IpAddress? gateway, bool chosenByUser)
{
    /// <summary>Where addresses come from.</summary>
    public AddressPool Pool { get; } = pool;

    /// <summary>The bridge's own address; null where the network has none.</summary>
    public IpAddress? Gateway { get; } = gateway;

    /// <summary>Another address that containers are told to use (--aux-address DefaultGatewayIPv4), or null.</summary>
    public IpAddress? ContainerGateway { get; init; }

    /// <summary>Did the user give the subnet?</summary>
    public bool ChosenByUser { get; } = chosenByUser;
}

/// <summary>A Docker network in dockerd's books.</summary>
internal sealed class Network
{
    /// <summary>"app".</summary>
    public required string Name { get; init; }

    /// <summary>64 hex digits.</summary>
    public required string Id { get; init; }

    /// <summary>"bridge", "host", "null", "macvlan", "ipvlan".</summary>
    public required string Driver { get; init; }

    /// <summary>When it was made.</summary>
    public SimTime Created { get; init; }

    /// <summary>--internal.</summary>
    public bool Internal { get; init; }

    /// <summary>Does the engine know gateway modes? From 27; before, the option is kept and has no effect. Recorded of 20.10.24 and 26.1.5.</summary>
    public bool HasGatewayModes { get; init; }

    /// <summary>The gateway mode of a family ("routed", "isolated" …), or null for the usual one.</summary>
    public string? GatewayMode(bool v6) => HasGatewayModes ? Options.GetValueOrDefault(v6 ? NetworkOptions.GatewayModeV6 : NetworkOptions.GatewayModeV4) : null;

    /// <summary>--attachable.</summary>
    public bool Attachable { get; init; }

    /// <summary>--ipv4 (28).</summary>
    public bool EnableIpv4 { get; init; } = true;

    /// <summary>--ipv6.</summary>
    public bool EnableIpv6 { get; init; }

    /// <summary>--ipam-driver.</summary>
    public string IpamDriver { get; init; } = "default";

    /// <summary>-o.</summary>
    public SortedDictionary<string, string> Options { get; init; } = new(StringComparer.Ordinal);

    /// <summary>--label.</summary>
    public SortedDictionary<string, string> Labels { get; init; } = new(StringComparer.Ordinal);

    /// <summary>What inspect shows under IPAM.</summary>
    public List<IpamEntry> Ipam { get; init; } = [];

    /// <summary>Its IPv4 addresses, or null.</summary>
    public NetworkPool? V4 { get; set; }

    /// <summary>Its IPv6 addresses, or null.</summary>
    public NetworkPool? V6 { get; set; }

    /// <summary>More pools of a network with several subnets of a family (macvlan, ipvlan), in order.</summary>
    public List<NetworkPool> MorePools { get; } = [];

    /// <summary>--config-only: it is only settings for others.</summary>
    public bool ConfigOnly { get; init; }

    /// <summary>--config-from: whose settings it took; empty when none.</summary>
    public string ConfigFrom { get; init; } = "";

    /// <summary>Did Docker make the parent of its macvlans or ipvlans?</summary>
    public bool MadeParent { get; set; }

    /// <summary>Has its driver no gateway for it, internal or not?</summary>
    public bool DriverInternal { get; set; }

    /// <summary>The bridge's or parent's name, or null.</summary>
    public string? Interface { get; set; }

    /// <summary>Was the bridge there before (and so stays)?</summary>
    public bool Adopted { get; set; }

    /// <summary>Endpoints of running containers, in order of plugging in.</summary>
    public List<Endpoint> Endpoints { get; } = [];

    /// <summary>The bridge's MAC address.</summary>
    public MacAddress Mac { get; set; }

    /// <summary>Is it one of none, host, bridge?</summary>
    public bool IsPredefined => Name is "none" or "host" or "bridge" && Labels.Count == 0 && (Driver is "null" or "host" || IsDefaultBridge);

    /// <summary>Is it the network "bridge"?</summary>
    public bool IsDefaultBridge => Name == "bridge" && Driver == "bridge";

    /// <summary>Has it a resolver and aliases, and static addresses?</summary>
    public bool IsUserDefined => !(Name is "bridge" or "host" or "none");

    /// <summary>MTU of its links; 0 is the kernel's.</summary>
    public int Mtu => Options.TryGetValue(NetworkOptions.Mtu, out string? text) && int.TryParse(text, out int mtu) ? mtu : 0;

    /// <summary>icc.</summary>
    public bool Icc => NetworkOptions.Flag(Options, NetworkOptions.Icc, true);

    /// <summary>Is its subnet masqueraded?</summary>
    public bool Masquerade => NetworkOptions.Flag(Options, NetworkOptions.Masquerade, true);

    /// <summary>Do its containers share a parent interface of the host (macvlan, ipvlan)?</summary>
    public bool HasParent => Driver is "macvlan" or "ipvlan";

    /// <summary>Is it an ipvlan of layer 3?</summary>
    public bool IsLayer3 => Driver == "ipvlan" && Options.GetValueOrDefault(NetworkOptions.IpvlanMode) is "l3" or "l3s";

    /// <summary>The pools of a family, in order.</summary>
    public IEnumerable<NetworkPool> PoolsOf(bool v6) => new[] { v6 ? V6 : V4 }.OfType<NetworkPool>().Concat(MorePools.Where(p => p.Pool.Subnet.Address.IsV6 == v6));

    /// <summary>The pool in which an address of an endpoint lies.</summary>
    public NetworkPool PoolOf(IpAddress address) => PoolsOf(address.IsV6).First(p => p.Pool.Subnet.Contains(address));

    /// <summary>"network app".</summary>
    public string OriginObject => "network " + Name;

    /// <summary>As the trace tells it.</summary>
    public NetworkFacts Facts
    {
        get
        {
            var pools = PoolsOf(v6: false).Concat(PoolsOf(v6: true)).ToList();
            return new(Name, Id, Driver, pools.ConvertAll(p => p.Pool.Subnet), pools.Where(p => p.Gateway is not null).Select(p => p.Gateway!.Value).ToList(), Interface, Internal);
        }
    }
}
