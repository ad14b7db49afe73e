using NetSim.Analysis.Findings;
using NetSim.Analysis.Statistics;

namespace NetSim.Analysis.Rules.Tables;

/// <summary>What the engine refused: pools used up, ports taken, addresses in use.</summary>
internal sealed class EngineErrors : Diagnosis
{
    public override string Name => "engine-refused";

    public override IReadOnlyList<string> Names => ["pool-exhausted", "subnet-overlap", "port-taken", "address-taken", "ports-exhausted"];

    public override IEnumerable<Finding> Find(DiagnosisCase c)
    {
        foreach (var e in c.Errors)
        {
            var (rule, sentence, advice) = Kind(e.Text);
            if (rule is not null) yield return new(rule, Severity.Error, $"{e.Command}: {sentence}") { Evidence = [e.Evidence], Advice = advice, Subject = e.Command };
        }
    }

    private static (string? Rule, string Sentence, string Advice) Kind(string text)
    {
        bool Says(string part) => text.Contains(part, StringComparison.OrdinalIgnoreCase);
        if (Says("non-overlapping IPv4 address pool") || Says("have been fully subnetted")) return ("pool-exhausted", "all address pools for networks are used up", "remove networks that nobody uses (docker network prune), or add smaller pools to daemon.json: \"default-address-pools\": [{\"base\": \"10.200.0.0/16\", \"size\": 24}]");
        if (Says("no available IPv4 addresses")) return ("pool-exhausted", "all addresses of the network are used up", "make the network anew with a larger subnet (--subnet), or a larger --ip-range");
        if (Says("Pool overlaps with other one")) return ("subnet-overlap", "the subnet lies over that of another network", "choose a subnet that no network has: docker network inspect -f '{{.Name}} {{range .IPAM.Config}}{{.Subnet}}{{end}}' $(docker network ls -q)");
        if (Says("port is already allocated") || Says("address already in use") && Says("port")) return ("port-taken", "the port of the host is taken", "publish another port, or stop what has this one: ss -ltnp");
        if (Says("address already in use") || Says("Address already in use")) return ("address-taken", "the address is taken by another container", "leave out --ip, or keep addresses for it free: --ip-range for the others");
        if (Says("connect") && Says("Cannot assign requested address") && !Says("Error response from daemon")) return ("ports-exhausted", "no port is left for a new connection to that place (TIME_WAIT keeps each for a minute)", "keep connections open instead of opening one for each question, or widen net.ipv4.ip_local_port_range");
        return (null, "", "");
    }
}
