namespace NetSim.Docker.Firewall;

/// <summary>SCTP packets from a published port get their checksum filled in. 20.10 to 27 (later only when asked for by an environment variable of the daemon, which is not modelled).
/// Source: moby v20.10.24 libnetwork/iptables/iptables.go Forward (CHECKSUM --checksum-fill).</summary>
internal sealed class SctpChecksum : FirewallRule
{
    public override string Name => "sctp-checksum";

    public override IEnumerable<FirewallLine> OfPort(FirewallView view, FirewallPort port)
    {
        if (!view.OldLayout || port.Protocol != "sctp") yield break;
        yield return new("mangle", "POSTROUTING", LineKind.Append, $"-p sctp --sport {port.ContainerPort} -j CHECKSUM --checksum-fill", port.Option);
    }
}
