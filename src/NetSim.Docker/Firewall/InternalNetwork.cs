using NetSim.Model.Netfilter;

namespace NetSim.Docker.Firewall;

/// <summary>--internal: nothing leaves the network and nothing comes in, but for the host itself. Up to 28 in DOCKER-ISOLATION-STAGE-1, from 29 in DOCKER-INTERNAL.
/// Source: moby v20.10.24 libnetwork/drivers/bridge/setup_ip_tables.go setupInternalNetworkRules; moby v28.5.2 setup_ip_tables_linux.go; moby v29.7.2 iptabler/network.go. Recorded: 13-multihome-order of 20.10.24 and 28.5.2.</summary>
internal sealed class InternalNetwork : FirewallRule
{
    public override string Name => "internal-network";

    public override IEnumerable<FirewallLine> OfNetwork(FirewallView view, FirewallNetwork network)
    {
        if (!network.Internal) yield break;
        string br = network.Bridge, chain = view.Isolates ? "DOCKER-ISOLATION-STAGE-1" : "DOCKER-INTERNAL";
        bool bothNamed = view.Family == IpFamily.V6 && !view.OldLayout;
        yield return new("filter", chain, LineKind.Insert, $"-i {br} {(bothNamed ? $"! -o {br} " : "")}! -d {view.Pool(network)} -j DROP", "--internal");
        yield return new("filter", chain, LineKind.Insert, $"{(bothNamed ? $"! -i {br} " : "")}-o {br} ! -s {view.Pool(network)} -j DROP", "--internal");
    }
}
