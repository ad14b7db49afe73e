using NetSim.Analysis.Findings;

namespace NetSim.Analysis.Rules.Reach;

/// <summary>The host passes no packets on.</summary>
internal sealed class IpForwardOff : ReachRule
{
    public override string Name => "ip-forward-off";

    public override string? Because(ReachCase c) => c.Answer.DecidedIn == "host" && c.Reason.Contains("ip_forward", StringComparison.Ordinal) ? "net.ipv4.ip_forward is 0 on the host, which passes nothing on" : null;

    public override IReadOnlyList<string> Commands(ReachCase c) => ["sysctl -w net.ipv4.ip_forward=1"];

    public override IEnumerable<Evidence> Rows(ReachCase c) => [new(Table: "host sysctl", Row: "net.ipv4.ip_forward = 0")];
}
