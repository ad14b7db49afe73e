using NetSim.Rendering.Layout;
using NetSim.Rendering.Scenes;

namespace NetSim.Rendering.Layers;

/// <summary>Finds a place for a packet's tag that meets no text, dock, glyph or cable.</summary>
internal static class TagPlace
{
    /// <summary>The first free place in the order above, below, beside, each nearer first; the least bad one when none is free.</summary>
    public static Box? Find(TagWords said, Spot glyph, IReadOnlyList<Box> obstacles, MapLayout layout)
    {
        var (width, height) = said.Size;
        var page = new Box(16, 76, layout.PageWidth - 32, layout.Building.Bottom - 76);
        Box? best = null;
        double least = double.MaxValue;
        foreach (var box in Candidates(glyph, width, height))
        {
            if (!page.Contains(box)) continue;
            double cost = obstacles.Where(o => o.Overlaps(box.Grown(4))).Sum(o => Overlap(o, box.Grown(4)) + 40);
            if (cost <= 0) return box;
            if (cost < least) (best, least) = (box, cost);
        }
        return best;
    }

    private static IEnumerable<Box> Candidates(Spot g, double width, double height)
    {
        double[] shifts = [.82, .18, .5, .. Enumerable.Range(1, 23).Select(i => 1 - i / 24.0)];
        foreach (double gap in new double[] { 24, 30, 40, 52, 70 })
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
