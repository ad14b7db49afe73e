namespace NetSim.Docker.Firewall;

/// <summary>What comes to a bridge from elsewhere and was not accepted for a published port is dropped (nat-unprotected: accepted). From 28.
/// Source: moby v28.5.2 libnetwork/drivers/bridge/setup_ip_tables_linux.go setDefaultForwardRule. Recorded: 01-seed of 28.5.2.</summary>
internal sealed class UnpublishedDropped : FirewallRule
{
    public override string Name => "unpublished-drop";

    public override IEnumerable<FirewallLine> OfNetwork(FirewallView view, FirewallNetwork network)
    {
        if (view.OldLayout || network.Internal) yield break;
        bool open = view.Mode(network) == GatewayMode.NatUnprotected;
        yield return new("filter", "DOCKER", LineKind.Append, $"! -i {network.Bridge} -o {network.Bridge} -j {(open ? "ACCEPT" : "DROP")}", open ? "gateway_mode=nat-unprotected" : "");
    }
}
