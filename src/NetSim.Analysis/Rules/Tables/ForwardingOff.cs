using NetSim.Analysis.Findings;
using NetSim.Analysis.Statistics;

namespace NetSim.Analysis.Rules.Tables;

/// <summary>The host passes no packets on, whether or not anybody was seen to suffer.</summary>
internal sealed class ForwardingOff : Diagnosis
{
    public override string Name => "ip-forward-off";

    public override IEnumerable<Finding> Find(DiagnosisCase c)
    {
        if (c.Model?.Topology is not { } t || t.Find("host") is not { } host || !t.Networks.Exists(n => n is { Driver: "bridge", Internal: false } && t.Endpoints.Exists(e => e.Network == n.Name))) yield break;
        if (!host.Sysctls.TryGetValue("net.ipv4.ip_forward", out var value) || value.Trim() != "0") yield break;
        yield return new(Name, Severity.Error, "net.ipv4.ip_forward is 0 on the host: containers do not get out, and published ports are not reached from other hosts")
        {
            Evidence = [new(Table: "host sysctl", Row: "net.ipv4.ip_forward = 0")],
            Commands = ["sysctl -w net.ipv4.ip_forward=1"],
            Advice = "something sets it back after the engine had set it: look into /etc/sysctl.conf and /etc/sysctl.d",
            Subject = "host",
        };
    }
}
