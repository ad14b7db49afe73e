using NetSim.Analysis.Findings;

namespace NetSim.Analysis.Rules.Reach;

/// <summary>The servers that the container DNS asks fail.</summary>
internal sealed class UpstreamFailed : ReachRule
{
    public override string Name => "dns-servfail";

    public override string? Because(ReachCase c) => c.IsUnresolved && (c.Reason.Contains("SERVFAIL", StringComparison.Ordinal) || c.Reason.Contains("no upstream", StringComparison.Ordinal)) ? c.Reason : null;

    public override string? Advice(ReachCase c) => "the name server has a problem of its own, or reaches nobody it could ask; ask it by hand (dig @SERVER NAME), or name another: docker run --dns ADDRESS";
}
