using NetSim.Analysis.Findings;
using NetSim.Analysis.Sightings;
using NetSim.Analysis.Statistics;

namespace NetSim.Analysis.Rules.Traffic;

/// <summary>Two stations claim one address at the same time.</summary>
internal sealed class AddressConflict : Diagnosis
{
    public override string Name => "arp-conflict";

    public override IEnumerable<Finding> Find(DiagnosisCase c)
    {
        foreach (var p in c.Points)
            foreach (var claims in p.Claims.Values.Where(x => !x.Address.IsAny).GroupBy(x => x.Address).Where(g => g.Count() > 1))
                if (Both(claims) is var (a, b))
                    yield return new(Name, Severity.Error, $"{a.Address} is claimed by {a.Mac} and by {b.Mac} at the same time{Owners(c, a, b)}: packets go now to one, now to the other")
                    {
                        Evidence = [Evidence.Of(a.First), Evidence.Of(b.First), Evidence.Of(b.Last)],
                        Advice = "give one of them another address; addresses set by hand (--ip, ip addr add) should lie outside what Docker hands out (--ip-range)",
                        Subject = a.Address.ToString(),
                    };
    }

    /// <summary>Two that speak alternately: each was heard after the other had begun.</summary>
    private static (ArpClaim, ArpClaim)? Both(IEnumerable<ArpClaim> claims)
    {
        var all = claims.OrderBy(x => x.First.Time).ToList();
        for (int i = 0; i < all.Count; i++)
            for (int j = i + 1; j < all.Count; j++)
                if (all[i].Last.Time > all[j].First.Time) return (all[i], all[j]);
        return null;
    }

    private static string Owners(DiagnosisCase c, ArpClaim a, ArpClaim b)
    {
        if (c.Model is not { } m) return "";
        var owners = m.Topology.Namespaces.SelectMany(n => n.Interfaces).Where(i => i.Mac == a.Mac || i.Mac == b.Mac).Select(i => i.Namespace.Label).Distinct().ToList();
        return owners.Count == 0 ? "" : $" ({string.Join(" and ", owners)})";
    }
}
