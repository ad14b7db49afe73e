namespace NetSim.Docker.Firewall;

/// <summary>enable_icc: containers of one network reach each other, or (false) not. From 28 the ACCEPT is needed for internal networks only, as all that a bridge sends out is accepted.
/// Source: moby v20.10.24 libnetwork/drivers/bridge/setup_ip_tables.go setIcc; moby v28.5.2 setup_ip_tables_linux.go setIcc. Recorded: 23-icc-false-network of 20.10.24 and 28.5.2.</summary>
internal sealed class ContainersAmongThemselves : FirewallRule
{
    public override string Name => "icc";

    public override IEnumerable<FirewallLine> OfNetwork(FirewallView view, FirewallNetwork network)
    {
        string both = $"-i {network.Bridge} -o {network.Bridge}", chain = view.OldLayout ? "FORWARD" : view.Forward;
        if (!network.Icc) yield return new("filter", chain, LineKind.Append, $"{both} -j DROP", "enable_icc=false");
        else if (view.OldLayout) yield return new("filter", chain, LineKind.Insert, $"{both} -j ACCEPT");
        else if (network.Internal) yield return new("filter", chain, LineKind.Append, $"{both} -j ACCEPT", "--internal");
    }
}
