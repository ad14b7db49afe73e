using NetSim.Analysis.Findings;
using NetSim.Analysis.Statistics;

namespace NetSim.Analysis.Rules.Names;

/// <summary>Each look-up asks for names that do not exist before the one that does: search list and ndots.</summary>
internal sealed class SearchStorm : Diagnosis
{
    public override string Name => "dns-search-storm";

    public override IEnumerable<Finding> Find(DiagnosisCase c)
    {
        var all = NameViews.Of(c);
        var related = NameViews.ByLabel(all);
        foreach (var found in all.Where(q => q.Kind == NameKind.Found).GroupBy(q => (q.From, q.Name)))
        {
            var q = found.First();
            var tries = related[(q.From, NameViews.First(q.Name).ToLowerInvariant())].Where(o => o.Kind == NameKind.NoName && o.Name.StartsWith(q.Name + ".", StringComparison.OrdinalIgnoreCase) && Math.Abs(o.Asked.Time - q.Asked.Time) < 30_000_000_000).ToList();
            if (tries.Count < 2) continue;
            yield return new(Name, Severity.Warning, $"before {q.From} asked for {q.Name}, it asked {tries.Count} times for names that do not exist ({string.Join(", ", tries.Select(t => t.Name).Distinct().Take(3))}): the search list comes first for a name with so few dots (ndots)")
            {
                Evidence = [.. tries.Take(3).SelectMany(t => t.Evidence.Take(1)), .. q.Evidence.Take(1), .. Conf(c, q.From)],
                Advice = $"write the name with a dot at its end ({q.Name}.), or lower ndots: docker run --dns-option ndots:1",
                Subject = $"{q.From} {q.Name}",
            };
        }
    }

    private static IEnumerable<Evidence> Conf(DiagnosisCase c, string owner) => c.Model?.Topology.Files.GetValueOrDefault((owner, "/etc/resolv.conf")) is not { } text ? [] : text.Split('\n').Where(l => l.StartsWith("search", StringComparison.Ordinal) || l.StartsWith("options", StringComparison.Ordinal)).Select(l => new Evidence(Table: $"{owner} /etc/resolv.conf", Row: l));
}
