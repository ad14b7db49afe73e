using NetSim.Model.Naming;
using NetSim.Model.Netfilter;
using NetSim.Model.Tracing;

namespace NetSim.Docker.Firewall;

/// <summary>In a container's own namespace: port 53 of 127.0.0.11 leads to the resolver's random ports, and its answers come from port 53 again. All versions.
/// Source: moby v20.10.24 libnetwork/resolver_unix.go reexecSetupResolver; moby v28.5.2 libnetwork/resolver_unix.go setupNAT. Recorded: 01-seed of all engines (containers/webapp).</summary>
internal static class ResolverNat
{
    // Parsed once: a host of 1,000 containers has 8,000 of these rules, which differ in their ports alone.
    private static readonly Rule ToOutput = RuleText.Parse("-d 127.0.0.11 -j DOCKER_OUTPUT");
    private static readonly Rule ToPostrouting = RuleText.Parse("-d 127.0.0.11 -j DOCKER_POSTROUTING");
    private static readonly Rule TcpIn = RuleText.Parse("-d 127.0.0.11 -p tcp --dport 53 -j DNAT --to-destination 127.0.0.11:53");
    private static readonly Rule UdpIn = RuleText.Parse("-d 127.0.0.11 -p udp --dport 53 -j DNAT --to-destination 127.0.0.11:53");
    private static readonly Rule TcpOut = RuleText.Parse("-s 127.0.0.11 -p tcp --sport 53 -j SNAT --to-source :53");
    private static readonly Rule UdpOut = RuleText.Parse("-s 127.0.0.11 -p udp --sport 53 -j SNAT --to-source :53");

    /// <summary>The changes in the container's namespace.</summary>
    public static List<Change> Of(ResolverSpec resolver)
    {
        var origin = new Origin($"container {resolver.Namespace}", "", "resolver-nat");
        return
        [
            Chain("DOCKER_OUTPUT"),
            Chain("DOCKER_POSTROUTING"),
            Line("OUTPUT", ToOutput),
            Line("DOCKER_OUTPUT", In(TcpIn, resolver.TcpPort.Number)),
            Line("DOCKER_OUTPUT", In(UdpIn, resolver.UdpPort.Number)),
            Line("POSTROUTING", ToPostrouting),
            Line("DOCKER_POSTROUTING", Out(TcpOut, resolver.TcpPort.Number)),
            Line("DOCKER_POSTROUTING", Out(UdpOut, resolver.UdpPort.Number)),
        ];

        Change Chain(string name) => new Change.ChainSet(resolver.Namespace, IpFamily.V4, "nat", name, null) { Origin = origin };

        Change Line(string chain, Rule rule) => new Change.RuleAdded(resolver.Namespace, IpFamily.V4, "nat", chain, null, rule with { Origin = origin }) { Origin = origin };
    }

    private static Rule In(Rule rule, ushort port) => rule with { Target = (Target.Dnat)rule.Target! with { Port = port } };

    private static Rule Out(Rule rule, ushort port) => rule with { Matches = rule.Matches.Select(m => m is Match.SourcePorts ? new Match.SourcePorts(port, port) : m).ToList() };
}
