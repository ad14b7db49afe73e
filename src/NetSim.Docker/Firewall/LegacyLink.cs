namespace NetSim.Docker.Firewall;

/// <summary>--link on a network with icc off: the linking container reaches the exposed ports of the other, and gets answers. All versions.
/// Source: moby v20.10.24 libnetwork/iptables/iptables.go Link; moby v29.7.2 daemon/libnetwork/drivers/bridge/internal/iptabler/link.go AddLink.</summary>
internal sealed class LegacyLink : FirewallRule
{
    public override string Name => "legacy-link";

    public override IEnumerable<FirewallLine> OfLink(FirewallView view, FirewallLink link)
    {
        string both = $"-i {link.Network.Bridge} -o {link.Network.Bridge} -p {link.Protocol}";
        yield return new("filter", "DOCKER", LineKind.Append, $"{both} -s {link.From} -d {link.To} --dport {link.Port} -j ACCEPT", "--link");
        yield return new("filter", "DOCKER", LineKind.Append, $"{both} -s {link.To} -d {link.From} --sport {link.Port} -j ACCEPT", "--link");
    }
}
