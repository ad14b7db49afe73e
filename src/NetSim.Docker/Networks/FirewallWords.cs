using NetSim.Docker.Books;
using NetSim.Docker.Firewall;
using NetSim.Model.Addressing;

namespace NetSim.Docker.Networks;

/// <summary>A network, endpoint or port of the books in the words of the firewall's rules.</summary>
internal static class FirewallWords
{
    /// <summary>Does the network make rules? Only bridges do.</summary>
    public static bool HasRules(Network network) => network.Driver == "bridge";

    /// <summary>The network.</summary>
    public static FirewallNetwork Of(Network n) => new()
    {
        Name = n.Name,
        Bridge = n.Interface!,
        V4 = n.V4?.Pool.Subnet,
        V6 = n.V6?.Pool.Subnet,
        Internal = n.Internal,
        Icc = n.Icc,
        Masquerade = n.Masquerade,
        Mode = Mode(n.GatewayMode(v6: false)),
        Mode6 = Mode(n.GatewayMode(v6: true)),
        HostIpv4 = Address(n, "com.docker.network.host_ipv4"),
        HostIpv6 = Address(n, "com.docker.network.host_ipv6"),
        TrustedInterfaces = n.Options.TryGetValue("com.docker.network.bridge.trusted_host_interfaces", out string? list) ? list.Split(':') : [],
    };

    /// <summary>The endpoint.</summary>
    public static FirewallEndpoint Of(Endpoint e) => new(Of(e.Network), e.Container.Name, e.V4, e.V6);

    /// <summary>The published port.</summary>
    public static FirewallPort Of(Endpoint e, PortBinding p) =>
        new(Of(e.Network), e.Container.Name, p.Protocol, p.HostAddress, new(p.HostPort), p.ContainerAddress, new(p.ContainerPort), p.Option);

    private static GatewayMode Mode(string? name) => name switch
    {
        "routed" => GatewayMode.Routed,
        "nat-unprotected" => GatewayMode.NatUnprotected,
        "isolated" => GatewayMode.Isolated,
        _ => GatewayMode.Nat,
    };

    private static IpAddress? Address(Network n, string option) => IpAddress.TryParse(n.Options.GetValueOrDefault(option), out var a) ? a : null;
}
