using NetSim.Analysis.Findings;

namespace NetSim.Analysis.Rules.Reach;

/// <summary>The servers that the container DNS asks do not answer.</summary>
internal sealed class SilentUpstream : ReachRule
{
    public override string Name => "dns-silent-upstream";

    public override string? Because(ReachCase c) => c.IsUnresolved && (c.Reason.Contains("does not answer", StringComparison.Ordinal) || c.Reason.Contains("can't be asked", StringComparison.Ordinal) || c.Reason.Contains("no name server answered", StringComparison.Ordinal)) ? c.Reason : null;

    public override string? Advice(ReachCase c) => "name a server that answers: docker run --dns ADDRESS, \"dns\" in daemon.json, or the host's /etc/resolv.conf";
}
