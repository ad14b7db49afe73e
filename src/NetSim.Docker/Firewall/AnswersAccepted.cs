namespace NetSim.Docker.Firewall;

/// <summary>Answers and errors of conversations that were let through before are let through to a bridge. All versions; 28.0.0 by one rule (see <see cref="JumpsAtTheTop"/>) that asks a set of subnets.
/// Source: moby v20.10.24 libnetwork/iptables/iptables.go ProgramChain (establish); moby v28.5.2 libnetwork/drivers/bridge/setup_ip_tables_linux.go setupIPTables (ctRule). Recorded: 01-seed of all engines.</summary>
internal sealed class AnswersAccepted : FirewallRule
{
    public override string Name => "answers-accept";

    public override IEnumerable<FirewallLine> OfDaemon(FirewallView view) => view.ByIpset ? [new("ipset", view.ExternalBridges, LineKind.Member, "")] : [];

    public override IEnumerable<FirewallLine> OfNetwork(FirewallView view, FirewallNetwork network)
    {
        if (network.Internal) yield break;
        if (view.ByIpset)
        {
            yield return new("ipset", view.ExternalBridges, LineKind.Member, view.Pool(network)!.Value.ToString());
            yield break;
        }
        string text = $"-o {network.Bridge} -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT";
        yield return view.OldLayout ? new("filter", "FORWARD", LineKind.Insert, text) : new("filter", "DOCKER-CT", LineKind.Append, text);
    }
}
