using NetSim.Analysis.Findings;
using NetSim.Analysis.Statistics;

namespace NetSim.Analysis.Rules.Tables;

/// <summary>The table of connections is full: new ones are dropped.</summary>
internal sealed class ConntrackFull : Diagnosis
{
    public override string Name => "conntrack-full";

    public override IEnumerable<Finding> Find(DiagnosisCase c)
    {
        if (c.Model?.Topology.Find("host") is not { } host) yield break;
        string key = host.Sysctls.ContainsKey("net.netfilter.nf_conntrack_max") ? "net.netfilter.nf_conntrack_max" : "net.nf_conntrack_max";
        if (!host.Sysctls.TryGetValue(key, out var value) || !int.TryParse(value.Trim(), out int most) || most <= 0) yield break;
        int count = Math.Max(host.Conntrack.Count, host.Sysctls.TryGetValue("net.netfilter.nf_conntrack_count", out var told) && int.TryParse(told.Trim(), out int n) ? n : 0);
        if (count * 10L < most * 9L) yield break;
        yield return new(Name, count >= most ? Severity.Error : Severity.Warning, $"the host tracks {count} connections and has room for {most}: {(count >= most ? "packets that begin a new one are dropped" : "soon packets that begin a new one are dropped")}")
        {
            Evidence = [new(Table: "host sysctl", Row: $"{key} = {most}"), new(Table: "host conntrack", Row: $"{count} entries")],
            Commands = [$"sysctl -w {key}={Math.Max(65536, most * 4)}"],
            Advice = "look who opens so many (conntrack -L | cut …); shorter net.netfilter.nf_conntrack_tcp_timeout_established forgets idle ones sooner",
            Subject = key,
        };
    }
}
