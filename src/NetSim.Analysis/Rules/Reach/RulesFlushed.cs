using NetSim.Analysis.Explanation;
using NetSim.Analysis.Findings;
using NetSim.Model.Topology;

namespace NetSim.Analysis.Rules.Reach;

/// <summary>Docker's rules are gone: somebody flushed or replaced the firewall after the engine had written it.</summary>
internal sealed class RulesFlushed : ReachRule
{
    public override string Name => "rules-flushed";

    public override string? Because(ReachCase c) => c.Answer.Disposition is not Disposition.Unresolved && (c.Question.From == "outside" || c.Answer.Disposition != Disposition.Refused) && IsFlushed(c.Topology)
        ? "Docker's own rules are gone from the firewall of the host" : null;

    public override IReadOnlyList<string> Commands(ReachCase c) => ["systemctl restart docker"];

    public override string? Advice(ReachCase c) => "the engine writes its rules anew when it starts; let the other tool leave the tables filter and nat alone";

    public override IEnumerable<Evidence> Rows(ReachCase c) => [new(Table: "host iptables", Row: "no rule of Docker in filter or in nat")];

    /// <summary>Are Docker's chains there, and none of its rules in one of the tables?</summary>
    internal static bool IsFlushed(Topology t)
    {
        if (t.Find("host") is not { } host || !t.Networks.Exists(n => n is { Driver: "bridge", Internal: false } && t.Endpoints.Exists(e => e.Network == n.Name))) return false;
        var (filter, nat) = (host.Rules.Find("filter"), host.Rules.Find("nat"));
        bool wrote = filter?.Chain("DOCKER") is not null || nat?.Chain("DOCKER") is not null || filter?.Chain("DOCKER-USER") is not null;
        return wrote && !(HasDockers(filter) && HasDockers(nat));
    }

    private static bool HasDockers(Model.Netfilter.Table? table) => table is not null && table.Chains.Any(c => c.Rules.Exists(r => r.Origin.Rule.Length > 0));
}
