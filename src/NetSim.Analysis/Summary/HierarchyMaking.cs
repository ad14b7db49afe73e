using NetSim.Analysis.Reading;
using NetSim.Analysis.Statistics;

namespace NetSim.Analysis.Summary;

/// <summary>From stacks of layers to the tree of protocols, and to frames by layer.</summary>
internal static class HierarchyMaking
{
    private static readonly Dictionary<LayerKind, string> Names = new()
    {
        [LayerKind.QinQ] = "ieee8021ad",
        [LayerKind.Pppoe] = "pppoe",
        [LayerKind.Other] = "other",
        [LayerKind.Unread] = "link type not read",
    };

    public static string Name(LayerKind kind) => Names.GetValueOrDefault(kind) ?? kind.ToString().ToLowerInvariant();

    /// <summary>Frames that have a layer at least once.</summary>
    public static IReadOnlyDictionary<string, long> Frames(LayerCounts counts)
    {
        var frames = new SortedDictionary<LayerKind, long>();
        foreach (var (layers, n, _) in counts.Stacks())
            foreach (var kind in layers.Distinct().Where(k => k is not (LayerKind.Other or LayerKind.Data or LayerKind.Unread)))
                frames[kind] = frames.GetValueOrDefault(kind) + n;
        return frames.ToDictionary(f => Name(f.Key), f => f.Value);
    }

    public static IReadOnlyList<LayerShare> Tree(LayerCounts counts)
    {
        var root = new Branch();
        foreach (var (layers, frames, bytes) in counts.Stacks())
        {
            var at = root;
            foreach (var kind in layers) at = at.Child(kind, frames, bytes);
        }
        var tree = new List<LayerShare>();
        root.Tell(tree, 0);
        return tree;
    }

    private sealed class Branch
    {
        private readonly SortedDictionary<LayerKind, Branch> _children = [];
        private long _frames, _bytes;

        public Branch Child(LayerKind kind, long frames, long bytes)
        {
            if (!_children.TryGetValue(kind, out var child)) _children[kind] = child = new();
            child._frames += frames;
            child._bytes += bytes;
            return child;
        }

        public void Tell(List<LayerShare> tree, int depth)
        {
            foreach (var (kind, child) in _children.OrderByDescending(c => c.Value._frames))
            {
                tree.Add(new(depth, Name(kind), child._frames, child._bytes));
                child.Tell(tree, depth + 1);
            }
        }
    }
}
