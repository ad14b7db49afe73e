namespace NetSim.Docker.Firewall;

/// <summary>What one bridge sends to another bridge is dropped, in two stages. Up to 28; from 29 the rules of published ports are enough. 20.10 to 27 insert into both stages, 28 appends to the first.
/// Source: moby v20.10.24 libnetwork/drivers/bridge/setup_ip_tables.go setINC; moby v28.5.2 setup_ip_tables_linux.go setINC. Recorded: 22-isolation and 13-multihome-order of 20.10.24 and 28.5.2.</summary>
internal sealed class NetworksApart : FirewallRule
{
    public override string Name => "networks-apart";

    public override IEnumerable<FirewallLine> OfNetwork(FirewallView view, FirewallNetwork network)
    {
        if (!view.Isolates || network.Internal) yield break;
        string br = network.Bridge;
        if (!view.OldLayout && view.Mode(network) == GatewayMode.Routed)
        {
            yield return new("filter", "DOCKER-ISOLATION-STAGE-1", LineKind.Insert, $"-o {br} -j RETURN", "gateway_mode=routed");
            yield return new("filter", "DOCKER-ISOLATION-STAGE-1", LineKind.Insert, $"-i {br} -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT", "gateway_mode=routed");
        }
        yield return new("filter", "DOCKER-ISOLATION-STAGE-1", view.OldLayout ? LineKind.Insert : LineKind.Append, $"-i {br} ! -o {br} -j DOCKER-ISOLATION-STAGE-2");
        yield return new("filter", "DOCKER-ISOLATION-STAGE-2", LineKind.Insert, $"-o {br} -j DROP");
    }
}
