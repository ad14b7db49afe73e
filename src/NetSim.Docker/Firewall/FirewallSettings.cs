using NetSim.Model.Addressing;

namespace NetSim.Docker.Firewall;

/// <summary>Settings of the daemon that change its rules (source: moby v28.5.2 cmd/dockerd/config_unix.go installConfigFlags).</summary>
public sealed record FirewallSettings
{
    /// <summary>"iptables": does the daemon write IPv4 rules at all?</summary>
    public bool Iptables { get; init; } = true;

    /// <summary>"firewall-backend": "nftables" (29 and later): rules in tables of nft's own, not of iptables.</summary>
    public bool Nftables { get; init; }

    /// <summary>"ip6tables"; null is the version's default: off up to 26, on from 27.</summary>
    public bool? Ip6tables { get; init; }

    /// <summary>"userland-proxy".</summary>
    public bool UserlandProxy { get; init; } = true;

    /// <summary>"allow-direct-routing" (28.2 and later): no rules against direct access to containers' addresses.</summary>
    public bool AllowDirectRouting { get; init; }

    /// <summary>"ip-forward-no-drop" (28 and later), or IPv4 forwarding was already on when the daemon started: the policy of FORWARD stays.</summary>
    public bool KeepForwardPolicy { get; init; }

    /// <summary>IPv6 forwarding was already on when the daemon started: the policy of ip6tables' FORWARD stays.</summary>
    public bool KeepForwardPolicy6 { get; init; }

    /// <summary>"bridge-accept-fwmark" (29 and later): "0x1" or "0x1/0x3"; empty when it is not set.</summary>
    public string AcceptMark { get; init; } = "";
}

/// <summary>What the host's rules do with the addresses of a network's containers in one family (com.docker.network.bridge.gateway_mode_ipv4 and _ipv6).</summary>
public enum GatewayMode
{
    /// <summary>Translated, reachable by published ports only.</summary>
    Nat,
    /// <summary>Translated, and reachable directly.</summary>
    NatUnprotected,
    /// <summary>Not translated; published ports open the container's own port.</summary>
    Routed,
    /// <summary>The bridge has no address (internal networks only).</summary>
    Isolated,
}

/// <summary>A bridge network as its rules see it.</summary>
public sealed record FirewallNetwork
{
    /// <summary>The network's name, for origins.</summary>
    public required string Name { get; init; }

    /// <summary>The bridge's interface name on the host.</summary>
    public required string Bridge { get; init; }

    /// <summary>The IPv4 pool, or null when the network has no IPv4.</summary>
    public Subnet? V4 { get; init; }

    /// <summary>The IPv6 pool, or null when the network has no IPv6.</summary>
    public Subnet? V6 { get; init; }

    /// <summary>--internal.</summary>
    public bool Internal { get; init; }

    /// <summary>com.docker.network.bridge.enable_icc.</summary>
    public bool Icc { get; init; } = true;

    /// <summary>com.docker.network.bridge.enable_ip_masquerade.</summary>
    public bool Masquerade { get; init; } = true;

    /// <summary>Mode of IPv4.</summary>
    public GatewayMode Mode { get; init; } = GatewayMode.Nat;

    /// <summary>Mode of IPv6.</summary>
    public GatewayMode Mode6 { get; init; } = GatewayMode.Nat;

    /// <summary>com.docker.network.host_ipv4: SNAT to this address in place of MASQUERADE.</summary>
    public IpAddress? HostIpv4 { get; init; }

    /// <summary>com.docker.network.host_ipv6: SNAT to this address in place of MASQUERADE.</summary>
    public IpAddress? HostIpv6 { get; init; }

    /// <summary>com.docker.network.bridge.trusted_host_interfaces (28.2 and later).</summary>
    public IReadOnlyList<string> TrustedInterfaces { get; init; } = [];
}

/// <summary>A container's place on a bridge network.</summary>
/// <param name="Network">The network.</param>
/// <param name="Container">The container's name, for origins.</param>
/// <param name="V4">Its IPv4 address, or null.</param>
/// <param name="V6">Its IPv6 address, or null.</param>
public sealed record FirewallEndpoint(FirewallNetwork Network, string Container, IpAddress? V4, IpAddress? V6);

/// <summary>One published port of one host address. A host address of one family and a container address of the other makes no rules: docker-proxy alone serves it.</summary>
/// <param name="Network">The network that is the container's gateway.</param>
/// <param name="Container">The container's name, for origins.</param>
/// <param name="Protocol">"tcp", "udp", "sctp".</param>
/// <param name="HostAddress">0.0.0.0, ::, or one address of the host.</param>
/// <param name="HostPort">Port on the host.</param>
/// <param name="ContainerAddress">The container's address on <paramref name="Network"/>.</param>
/// <param name="ContainerPort">Port in the container.</param>
/// <param name="Option">What asked for it, for origins: "-p 8080:80", "-P".</param>
public sealed record FirewallPort(FirewallNetwork Network, string Container, string Protocol, IpAddress HostAddress, Port HostPort, IpAddress ContainerAddress, Port ContainerPort, string Option);

/// <summary>A port that a legacy link opens from one container to another on a network with icc off.</summary>
/// <param name="Network">The network of both.</param>
/// <param name="Container">The linking container's name, for origins.</param>
/// <param name="From">The linking container's address.</param>
/// <param name="To">The linked container's address.</param>
/// <param name="Protocol">"tcp", "udp", "sctp".</param>
/// <param name="Port">An exposed port of the linked container.</param>
public sealed record FirewallLink(FirewallNetwork Network, string Container, IpAddress From, IpAddress To, string Protocol, Port Port);
