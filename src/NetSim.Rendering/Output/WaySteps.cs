using System.Text;
using NetSim.Rendering.Scenes;

namespace NetSim.Rendering.Output;

/// <summary>The path data of a line with round corners.</summary>
internal static class WaySteps
{
    /// <summary>"M10 10H40Q48 10 48 18V60".</summary>
    public static string Of(IReadOnlyList<Spot> points, double corner)
    {
        var d = new StringBuilder().Append('M').Append(Pair(points[0]));
        for (int i = 1; i < points.Count - 1; i++)
        {
            var (a, b, c) = (points[i - 1], points[i], points[i + 1]);
            double before = a.DistanceTo(b), after = b.DistanceTo(c), cut = Math.Min(corner, Math.Min(before, after) / 2);
            d.Append('L').Append(Pair(Towards(b, a, cut / before)));
            if (cut > 0) d.Append('Q').Append(Pair(b)).Append(' ').Append(Pair(Towards(b, c, cut / after)));
        }
        return d.Append('L').Append(Pair(points[^1])).ToString();
    }

    private static Spot Towards(Spot from, Spot to, double share) => new(from.X + (to.X - from.X) * share, from.Y + (to.Y - from.Y) * share);

    private static string Pair(Spot p) => $"{Svg.Number(p.X)} {Svg.Number(p.Y)}";
}
