using QuikGraph;
using QuikGraph.Algorithms;

namespace NetSim.House.Tests;

/// <summary>Finds what uses itself by way of others.</summary>
internal static class Circles
{
    /// <summary>The groups of names that reach each other, each as "A, B, C".</summary>
    public static IReadOnlyList<string> Find(IEnumerable<(string From, string To)> uses)
    {
        var graph = uses.Where(u => u.From != u.To).Select(u => new Edge<string>(u.From, u.To)).ToAdjacencyGraph<string, Edge<string>>();
        var group = new Dictionary<string, int>(StringComparer.Ordinal);
        graph.StronglyConnectedComponents(group);
        return group.GroupBy(g => g.Value).Where(g => g.Count() > 1)
            .Select(g => string.Join(", ", g.Select(x => x.Key).Order(StringComparer.Ordinal))).Order(StringComparer.Ordinal).ToList();
    }
}
