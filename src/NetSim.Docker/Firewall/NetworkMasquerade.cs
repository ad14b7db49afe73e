using NetSim.Model.Netfilter;

namespace NetSim.Docker.Firewall;

/// <summary>What leaves a network by another interface gets the host's address. Newest network first. All versions; com.docker.network.host_ipv4 and host_ipv6 name the address.
/// Source: moby v20.10.24 libnetwork/drivers/bridge/setup_ip_tables.go setupIPTablesInternal (natRule); moby v28.5.2 setupNonInternalNetworkRules. Recorded: 01-seed of all engines.</summary>
internal sealed class NetworkMasquerade : FirewallRule
{
    public override string Name => "network-masquerade";

    public override IEnumerable<FirewallLine> OfNetwork(FirewallView view, FirewallNetwork network)
    {
        if (network.Internal || !network.Masquerade || view.Mode(network) == GatewayMode.Routed) yield break;
        yield return new("nat", "POSTROUTING", LineKind.Insert, $"-s {view.Pool(network)} ! -o {network.Bridge} {Target(view, network)}");
    }

    /// <summary>"-j MASQUERADE", or SNAT to the address that the network's option names.</summary>
    public static string Target(FirewallView view, FirewallNetwork network) =>
        (view.Family == IpFamily.V4 ? network.HostIpv4 : network.HostIpv6) is { } host ? $"-j SNAT --to-source {host}" : "-j MASQUERADE";
}
