namespace NetSim.Docker.Firewall;

/// <summary>What a network's containers send out is let through. From 28 in one rule with what they send to each other, unless enable_icc is false.
/// Source: moby v20.10.24 libnetwork/drivers/bridge/setup_ip_tables.go setupIPTablesInternal (outRule); moby v28.5.2 setupNonInternalNetworkRules (outRuleICC, outRuleNoICC). Recorded: 01-seed and 23-icc-false-network.</summary>
internal sealed class OutgoingAccepted : FirewallRule
{
    public override string Name => "outgoing-accept";

    public override IEnumerable<FirewallLine> OfNetwork(FirewallView view, FirewallNetwork network)
    {
        if (network.Internal) yield break;
        string br = network.Bridge;
        if (view.OldLayout) yield return new("filter", "FORWARD", LineKind.Insert, $"-i {br} ! -o {br} -j ACCEPT");
        else if (network.Icc) yield return new("filter", view.Forward, LineKind.Append, $"-i {br} -j ACCEPT");
        else yield return new("filter", view.Forward, LineKind.Append, $"-i {br} ! -o {br} -j ACCEPT", "enable_icc=false");
    }
}
