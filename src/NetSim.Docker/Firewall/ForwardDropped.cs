using NetSim.Model.Netfilter;

namespace NetSim.Docker.Firewall;

/// <summary>A daemon that turned on forwarding sets the policy of FORWARD to DROP: 20.10 to 27 when it starts, 28 and later with the first network of the family.
/// Source: moby v20.10.24 libnetwork/drivers/bridge/setup_ip_forwarding.go setupIPForwarding; moby v28.5.2 setup_ip_forwarding.go setupIPv4Forwarding, setupIPv6Forwarding.
/// Recorded: 01-seed and 35-ipv6-network (ip6tables) of 28.5.2.</summary>
internal sealed class ForwardDropped : FirewallRule
{
    public override string Name => "forward-policy-drop";

    public override IEnumerable<FirewallLine> OfDaemon(FirewallView view) => view.OldLayout && view.Family == IpFamily.V4 ? Policy(view) : [];

    public override IEnumerable<FirewallLine> OfNetwork(FirewallView view, FirewallNetwork network) => view.OldLayout && view.Family == IpFamily.V4 ? [] : Policy(view);

    private static FirewallLine[] Policy(FirewallView view)
    {
        bool keep = view.Family == IpFamily.V4 ? view.Settings.KeepForwardPolicy : view.Settings.KeepForwardPolicy6;
        return keep ? [] : [new("filter", "FORWARD", LineKind.Policy, "DROP")];
    }
}
