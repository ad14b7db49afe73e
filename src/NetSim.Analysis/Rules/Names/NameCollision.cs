using NetSim.Analysis.Findings;
using NetSim.Analysis.Statistics;
using NetSim.Model.Topology;

namespace NetSim.Analysis.Rules.Names;

/// <summary>One name that two networks or projects give to different containers.</summary>
internal sealed class NameCollision : Diagnosis
{
    public override string Name => "name-collision";

    public override IEnumerable<Finding> Find(DiagnosisCase c)
    {
        if (c.Model?.Topology is not { } t) yield break;
        foreach (var from in t.Containers.Where(x => x.State == "running"))
        {
            var mine = t.Endpoints.Where(e => e.Container == from.Name).Select(e => e.Network).ToHashSet(StringComparer.Ordinal);
            foreach (var name in t.Names.Names.Where(n => mine.Contains(n.Network) && n.Container != from.Name).GroupBy(n => n.Name, StringComparer.OrdinalIgnoreCase))
            {
                var holders = name.Select(n => n.Container).Distinct().ToList();
                if (holders.Count < 2 || !IsCollision(t, [.. name], holders)) continue;
                yield return new(Name, Severity.Warning, $"{from.Name} knows two by the name {name.Key}: {string.Join(" and ", name.Select(n => $"{n.Container} on {n.Network}").Distinct())}; which it reaches is chance, or the order of its networks")
                {
                    Evidence = [.. name.Take(4).Select(n => new Evidence(Table: $"names of network {n.Network}", Row: $"{n.Name} -> {n.Address} ({n.Container})"))],
                    Advice = $"ask by name and network ({name.Key}.{name.First().Network}), or by the container's own name",
                    Subject = name.Key,
                };
            }
        }
    }

    /// <summary>Replicas of one service share a name on purpose; different images, networks or projects don't.</summary>
    private static bool IsCollision(Topology t, List<Model.Naming.PublishedName> names, List<string> holders)
    {
        var facts = holders.Select(h => t.Containers.Find(x => x.Name == h)).OfType<ContainerFacts>().ToList();
        string? Label(ContainerFacts x) => x.Labels.GetValueOrDefault("com.docker.compose.project");
        return facts.Select(Label).Distinct().Count() > 1 || names.Select(n => n.Network).Distinct().Count() > 1 && !facts.TrueForAll(f => names.Where(n => n.Container == f.Name).Select(n => n.Network).Distinct().Count() == names.Select(n => n.Network).Distinct().Count());
    }
}
