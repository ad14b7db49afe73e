using NetSim.Model.Naming;
using NetSim.Model.Netfilter;
using NetSim.Model.Tracing;

namespace NetSim.Docker.Firewall;

/// <summary>In a container's own namespace: port 53 of 127.0.0.11 leads to the resolver's random ports, and its answers come from port 53 again. All versions.
/// Source: moby v20.10.24 libnetwork/resolver_unix.go reexecSetupResolver; moby v28.5.2 libnetwork/resolver_unix.go setupNAT. Recorded: 01-seed of all engines (containers/webapp).</summary>
internal static class ResolverNat
{
    /// <summary>The changes in the container's namespace.</summary>
    public static List<Change> Of(ResolverSpec resolver)
    {
        var origin = new Origin($"container {resolver.Namespace}", "", "resolver-nat");
        return
        [
            Chain("DOCKER_OUTPUT"),
            Chain("DOCKER_POSTROUTING"),
            Line("OUTPUT", "-d 127.0.0.11 -j DOCKER_OUTPUT"),
            Line("DOCKER_OUTPUT", $"-d 127.0.0.11 -p tcp --dport 53 -j DNAT --to-destination 127.0.0.11:{resolver.TcpPort}"),
            Line("DOCKER_OUTPUT", $"-d 127.0.0.11 -p udp --dport 53 -j DNAT --to-destination 127.0.0.11:{resolver.UdpPort}"),
            Line("POSTROUTING", "-d 127.0.0.11 -j DOCKER_POSTROUTING"),
            Line("DOCKER_POSTROUTING", $"-s 127.0.0.11 -p tcp --sport {resolver.TcpPort} -j SNAT --to-source :53"),
            Line("DOCKER_POSTROUTING", $"-s 127.0.0.11 -p udp --sport {resolver.UdpPort} -j SNAT --to-source :53"),
        ];

        Change Chain(string name) => new Change.ChainSet(resolver.Namespace, IpFamily.V4, "nat", name, null) { Origin = origin };

        Change Line(string chain, string text) => new Change.RuleAdded(resolver.Namespace, IpFamily.V4, "nat", chain, null, RuleText.Parse(text) with { Origin = origin }) { Origin = origin };
    }
}
