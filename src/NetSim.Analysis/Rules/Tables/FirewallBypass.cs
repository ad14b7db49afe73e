using NetSim.Analysis.Explanation;
using NetSim.Analysis.Findings;
using NetSim.Analysis.Statistics;
using NetSim.Model.Topology;

namespace NetSim.Analysis.Rules.Tables;

/// <summary>The host's firewall closes ports in INPUT; published ports pass it by in FORWARD.</summary>
internal sealed class FirewallBypass : Diagnosis
{
    public override string Name => "firewall-bypass";

    public override IEnumerable<Finding> Find(DiagnosisCase c)
    {
        if (c.Model is not { Topology: var t } model || t.Find("host")?.Rules.Find("filter") is not { } filter || filter.Chain("INPUT") is not { } input) yield break;
        bool ufw = filter.Chain("ufw-before-input") is not null || filter.Chain("ufw-user-input") is not null;
        bool closes = input.Policy == "DROP" || ufw || input.Rules.Count > 0 && input.Rules[^1].Target is Model.Netfilter.Target.Drop or Model.Netfilter.Target.Reject && input.Rules[^1].ToString().StartsWith("-j", StringComparison.Ordinal);
        if (!closes) yield break;
        foreach (var container in t.Containers.Where(x => x.State == "running"))
            foreach (var p in container.Published.Where(p => p.HostAddress is { IsAny: true, IsV4: true } && p.Protocol == "tcp"))
            {
                var answer = model.Explain(new("outside", "host", p.HostPort, AskedProtocol.Tcp));
                if (answer.Disposition != Disposition.Delivered || answer.Hops.SelectMany(h => h.Steps).All(s => s.Rule is not { Chain: "DOCKER" })) continue;
                yield return new(Name, Severity.Warning, $"port {p.HostPort} of {container.Name} is open to everybody though the host's firewall{(ufw ? " (ufw)" : "")} closes INPUT: published ports are translated before INPUT is asked, and go through FORWARD")
                {
                    Evidence = [new(Table: "host iptables filter INPUT", Row: ufw ? "chains of ufw" : $"policy {input.Policy}"), .. answer.Hops.SelectMany(h => h.Steps).Where(s => s.Rule is { Chain: "DOCKER" }).Take(1).Select(s => new Evidence(Table: $"host iptables {s.Rule!.Table} DOCKER", Row: $"{s.Rule.RuleNumber}: {s.Rule.RuleText}"))],
                    Commands = [$"iptables -I DOCKER-USER -i {Uplink(t)} -p tcp -m conntrack --ctorigdstport {p.HostPort} ! -s 192.0.2.0/24 -j DROP"],
                    Advice = $"publish it on 127.0.0.1 if only the host needs it (-p 127.0.0.1:{p.HostPort}:{p.ContainerPort}); or say in DOCKER-USER who may (in place of 192.0.2.0/24)",
                    Subject = $"{container.Name} {p.HostPort}",
                };
            }
    }

    private static string Uplink(Topology t) => t.Find("host")!.Routes.Routes.FirstOrDefault(r => r.Destination.IsAll)?.Interface ?? "eth0";
}
