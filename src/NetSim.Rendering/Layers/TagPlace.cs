using NetSim.Rendering.Layout;
using NetSim.Rendering.Scenes;

namespace NetSim.Rendering.Layers;

/// <summary>Finds a place for a packet's tag that meets no text, dock, socket or glyph, and a cable only in need.</summary>
internal static class TagPlace
{
    /// <summary>The tag with all its words if that covers nothing, else with its lines folded, else its head alone; in need it covers as little as can be of cables and cards, but never anything hard.</summary>
    public static (TagWords Said, Box Box)? Choose(TagWords said, Spot glyph, Obstacles obstacles, MapLayout layout)
    {
        (TagWords, Box)? best = null;
        double least = double.MaxValue;
        foreach (var words in new[] { said, said.Folded, said with { Lines = [] } })
        {
            if (Find(words, glyph, obstacles, layout) is not { } found) continue;
            if (found.Cost <= 0) return (words, found.Box);
            if (found.Cost < least) (best, least) = ((words, found.Box), found.Cost);
        }
        return best;
    }

    /// <summary>The first place in the order above, below, beside, each nearer first, that covers nothing; else the one that covers least; null when something hard is always in the way.</summary>
    private static (Box Box, double Cost)? Find(TagWords said, Spot glyph, Obstacles obstacles, MapLayout layout)
    {
        var (width, height) = said.Size;
        var page = new Box(16, 76, layout.PageWidth - 32, layout.Building.Bottom - 76);
        (Box, double)? best = null;
        double least = double.MaxValue;
        foreach (var box in Candidates(glyph, width, height))
        {
            var wide = box.Grown(4);
            if (!page.Contains(box) || obstacles.Hard.Any(wide.Overlaps)) continue;
            double cost = obstacles.Soft.Where(wide.Overlaps).Sum(o => Overlap(o, wide) + 40);
            if (cost <= 0) return (box, 0);
            if (cost < least) (best, least) = ((box, cost), cost);
        }
        return best;
    }

    private static IEnumerable<Box> Candidates(Spot g, double width, double height)
    {
        double[] shifts = [.82, .18, .5, .. Enumerable.Range(1, 23).Select(i => 1 - i / 24.0)];
        foreach (double gap in new double[] { 24, 20, 30, 40, 52, 70, 90 })
        {
            foreach (double s in shifts) yield return new(Math.Round(g.X - width * (1 - s)), g.Y - gap - height, width, height);
            foreach (double s in shifts) yield return new(Math.Round(g.X - width * (1 - s)), g.Y + gap, width, height);
            foreach (double dy in new[] { 0, -20.0, 20 })
            {
                yield return new(g.X + gap, g.Y - height / 2 + dy, width, height);
                yield return new(g.X - gap - width, g.Y - height / 2 + dy, width, height);
            }
        }
    }

    private static double Overlap(Box a, Box b) =>
        Math.Max(1, Math.Min(a.Right, b.Right) - Math.Max(a.X, b.X)) * Math.Max(1, Math.Min(a.Bottom, b.Bottom) - Math.Max(a.Y, b.Y));
}
