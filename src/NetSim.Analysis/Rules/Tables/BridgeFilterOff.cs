using NetSim.Analysis.Findings;
using NetSim.Analysis.Statistics;

namespace NetSim.Analysis.Rules.Tables;

/// <summary>Bridged packets are not shown to iptables, so rules between containers of one network do nothing.</summary>
internal sealed class BridgeFilterOff : Diagnosis
{
    public override string Name => "bridge-nf-off";

    public override IEnumerable<Finding> Find(DiagnosisCase c)
    {
        if (c.Model?.Topology.Find("host") is not { } host || !host.Sysctls.TryGetValue(Key, out var value) || value.Trim() != "0") yield break;
        var apart = host.Rules.Tables.SelectMany(x => x.Chains).SelectMany(x => x.Rules).FirstOrDefault(r => r.Origin is { Rule: "icc" } && r.Target is Model.Netfilter.Target.Drop);
        yield return new(Name, Severity.Warning, apart is null ? "bridged packets are not shown to iptables: a container does not reach a port that a neighbour on its own network publishes, and rules between neighbours do nothing" : $"bridged packets are not shown to iptables, so icc=false of {apart.Origin.Object} does nothing: its containers reach each other")
        {
            Evidence = [new(Table: "host sysctl", Row: $"{Key} = 0"), .. apart is null ? (Evidence[])[] : [new(Table: "host iptables filter", Row: apart.ToString())]],
            Commands = ["modprobe br_netfilter", $"sysctl -w {Key}=1"],
            Subject = Key,
        };
    }

    private const string Key = "net.bridge.bridge-nf-call-iptables";
}
