namespace NetSim.Docker.Books;

/// <summary>Names of -o options. Source: moby v28.5.2 libnetwork/drivers/bridge/labels.go, libnetwork/netlabel/labels.go.</summary>
internal static class NetworkOptions
{
    /// <summary>Name of the bridge.</summary>
    public const string BridgeName = "com.docker.network.bridge.name";

    /// <summary>Is it docker0?</summary>
    public const string DefaultBridge = "com.docker.network.bridge.default_bridge";

    /// <summary>Inter-container communication.</summary>
    public const string Icc = "com.docker.network.bridge.enable_icc";

    /// <summary>Masquerading.</summary>
    public const string Masquerade = "com.docker.network.bridge.enable_ip_masquerade";

    /// <summary>Where published ports are bound by default.</summary>
    public const string HostBinding = "com.docker.network.bridge.host_binding_ipv4";

    /// <summary>No address on the bridge.</summary>
    public const string InhibitIpv4 = "com.docker.network.bridge.inhibit_ipv4";

    /// <summary>nat, nat-unprotected, routed, isolated.</summary>
    public const string GatewayModeV4 = "com.docker.network.bridge.gateway_mode_ipv4";

    /// <summary>nat, nat-unprotected, routed, isolated.</summary>
    public const string GatewayModeV6 = "com.docker.network.bridge.gateway_mode_ipv6";

    /// <summary>MTU.</summary>
    public const string Mtu = "com.docker.network.driver.mtu";

    /// <summary>The host's interface below macvlans and ipvlans.</summary>
    public const string Parent = "parent";

    /// <summary>bridge, private, vepa, passthru.</summary>
    public const string MacvlanMode = "macvlan_mode";

    /// <summary>l2, l3, l3s.</summary>
    public const string IpvlanMode = "ipvlan_mode";

    /// <summary>bridge, private, vepa (23).</summary>
    public const string IpvlanFlag = "ipvlan_flag";

    /// <summary>"eth" of eth0.</summary>
    public const string InterfacePrefix = "com.docker.network.container_iface_prefix";

    /// <summary>Exact name of an endpoint's interface (28).</summary>
    public const string InterfaceName = "com.docker.network.endpoint.ifname";

    /// <summary>Announcements of a new endpoint (28).</summary>
    public const string AnnounceCount = "com.docker.network.advertise_addr_nmsgs";

    /// <summary>Milliseconds between them (28).</summary>
    public const string AnnounceInterval = "com.docker.network.advertise_addr_ms";

    /// <summary>A Boolean option.</summary>
    public static bool Flag(IReadOnlyDictionary<string, string> options, string name, bool otherwise) =>
        options.TryGetValue(name, out string? text) ? text is "true" or "1" or "t" or "T" or "TRUE" or "True" : otherwise;
}
