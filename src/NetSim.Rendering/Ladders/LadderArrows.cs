using NetSim.Model.Tracing;
using NetSim.Rendering.Fonts;
using NetSim.Rendering.Layers;
using NetSim.Rendering.Scenes;
using NetSim.Rendering.Stories;
using NetSim.Rendering.Themes;

namespace NetSim.Rendering.Ladders;

/// <summary>Draws arrows, a little downhill, since what is sent arrives later: with heads, words in their widest free piece, marks of NAT, and the place where a packet died.</summary>
internal sealed class LadderArrows(Theme theme, LadderColumns columns)
{
    private const double Slant = 4, Stub = 40;

    /// <summary>Draws the arrow of a row.</summary>
    public void Draw(Sheet rows, Sheet words, LadderItem.Arrow a, double y, bool light)
    {
        var hue = theme.Hue(a.Group.Class);
        var ink = new Ink(null, hue, light ? 1.25 : 2.25);
        if (a.Hop.IsLoop) Loop(rows, words, a, (y, ink));
        else if (Ends(a.Hop) is { } ends) Straight(rows, words, a, (ends.From, ends.To, ends.Gap, y, ink));
        if (a.Hop.Death is not null) Death(rows, words, a, y);
    }

    private void Loop(Sheet rows, Sheet words, LadderItem.Arrow a, (double Y, Ink Ink) at)
    {
        if (columns.At(a.Hop.From) is not { } x) return;
        var (y, ink) = at;
        rows.Way([new(x, y - 6), new(x + 20, y - 6), new(x + 20, y + 6), new(x + 7, y + 6)], 6, ink);
        Head(rows, new(x, y + 6), new(x + 10, y + 6), ink.Stroke!.Value);
        double begin = x + (a.Hop.Death is null ? 35 : 44), room = columns.Right + 16 - begin;
        Label(words, new(begin + Math.Min(FontBook.Measure(a.Label, Style), room) / 2, y), a.Label, ink.Stroke!.Value, room);
    }

    /// <summary>Where an arrow begins and where its heads are; a gap where nobody saw the other end.</summary>
    private (double From, List<double> To, bool Gap)? Ends(LadderHop hop)
    {
        double? from = columns.At(hop.From);
        var to = hop.To.Where(p => p != hop.From).Select(p => columns.At(p)).OfType<double>().Where(x => x != from).Distinct().ToList();
        double? death = hop.Death is null ? null : DeathX(hop);
        if (death is not null && (from is null || from == death)) return null;
        if (death is { } d && to.Count == 0) to.Add(d);
        if (from is null) return to.Count == 0 ? null : (to[0] - (to[0] - Stub < LadderColumns.Left ? -Stub : Stub), to, true);
        if (to.Count > 0) return (from.Value, to, false);
        return (from.Value, [from.Value + (from.Value + Stub > columns.Right ? -Stub : Stub)], true);
    }

    private double? DeathX(LadderHop hop) => columns.At(hop.Death) ?? columns.At(hop.To.LastOrDefault(p => p.Namespace == hop.Death!.Namespace))
        ?? (hop.From?.Namespace == hop.Death!.Namespace ? columns.At(hop.From) : null) ?? columns.Columns.Find(c => c.Key == hop.Death!.Namespace)?.Middle;

    private void Straight(Sheet rows, Sheet words, LadderItem.Arrow a, (double From, List<double> To, bool Gap, double Y, Ink Ink) at)
    {
        var hue = at.Ink.Stroke!.Value;
        double far = at.To.MaxBy(x => Math.Abs(x - at.From));
        bool spread = at.To.Exists(x => x > at.From) && at.To.Exists(x => x < at.From), died = a.Hop.Death is not null;
        double slant = spread ? 0 : Slant;
        Spot From() => new(at.From, at.Y - slant);
        foreach (double end in spread ? [at.To.Min(), at.To.Max()] : new[] { far })
        {
            var to = new Spot(end, at.Y + slant);
            rows.Line(From(), Back(to, From(), died ? 0 : 6), at.Ink, guarded: true);
        }
        foreach (double x in at.To)
        {
            double share = Math.Abs(far - at.From) < 1 ? 1 : (x - at.From) / (far - at.From);
            var to = new Spot(x, at.Y - slant + 2 * slant * (spread ? 0 : share));
            bool unseen = at.Gap && a.Hop.From is not null;
            if (unseen) rows.Circle(to, 5, new(theme.Building, theme.Third, 1.5, (1.5, 2.5)));
            else if (!died) Head(rows, to, From(), hue);
        }
        if (a.Group.IsBothWays && !died) Head(rows, From(), new(far, at.Y + slant), hue);
        else if (a.IsAgain) Again(rows, From(), hue);
        else if (at.Gap && a.Hop.From is null) rows.Circle(From(), 5, new(theme.Building, theme.Third, 1.5, (1.5, 2.5)));
        else rows.Circle(From(), 3.2, new(hue));
        double? swap = SwapX(a.Hop, at.From, far);
        if (swap is { } s) Marks.Swap(rows, new(s, at.Y + slant * (2 * (s - at.From) / (far - at.From) - 1)), 7.5, theme.Words, theme.Building);
        var (middle, room) = Widest(spread ? at.To.Min() : at.From, spread ? at.To.Max() : far, swap);
        Label(words, new(middle, at.Y + (spread ? 0 : slant * (2 * (middle - at.From) / (far - at.From) - 1))), a.Label, at.Ink.Width < 2 ? theme.Third : hue, room - 30);
    }

    /// <summary>The mark of NAT stands in the namespace that did it, between the interfaces of the way.</summary>
    private double? SwapX(LadderHop hop, double from, double to)
    {
        if (hop.Swapped is null || columns.Columns.Find(c => c.Key == hop.Swapped) is not { } column) return null;
        var lanes = hop.Via.Where(v => v.Namespace == hop.Swapped).Select(v => columns.At(v)).OfType<double>().ToList();
        double x = lanes.Count > 0 ? lanes.Average() : column.Middle;
        double low = Math.Min(from, to), high = Math.Max(from, to);
        if (lanes.Count > 0 && x > low + 12 && x < high - 12) return x;
        double near = Math.Abs(column.Middle - from) < Math.Abs(column.Middle - to) ? from + 22 * Math.Sign(to - from) : to - 26 * Math.Sign(to - from);
        return high - low < 90 ? null : near;
    }

    /// <summary>The widest piece between two lifelines (or the mark of NAT) on the way: its middle and its width.</summary>
    private (double Middle, double Width) Widest(double from, double to, double? swap)
    {
        double low = Math.Min(from, to), high = Math.Max(from, to);
        var cuts = columns.Columns.SelectMany(c => c.Lanes).Select(l => columns.At(l)).OfType<double>().Append(low).Append(high).Where(x => x >= low && x <= high).Distinct().ToList();
        if (swap is { } s) cuts.Add(s);
        cuts.Sort();
        var best = (Middle: (low + high) / 2, Width: 0.0);
        for (int i = 1; i < cuts.Count; i++)
            if (cuts[i] - cuts[i - 1] > best.Width + .5) best = ((cuts[i] + cuts[i - 1]) / 2, cuts[i] - cuts[i - 1]);
        return best;
    }

    private static TextStyle Style => TextStyle.Medium(12);

    private void Label(Sheet words, Spot middle, string label, Colour hue, double room)
    {
        string text = FontBook.Shorten(label, Style, Math.Max(room, 14));
        if (text.Length == 0) return;
        double width = FontBook.Measure(text, Style);
        Paper(words, new(middle.X - width / 2 - 5, middle.Y - 8, width + 10, 16));
        words.Text(middle.Plus(0, 4.2), text, Style, hue, Anchor.Middle);
    }

    /// <summary>Words lie on paper that lets no line through, also where the ink is pale.</summary>
    private void Paper(Sheet words, Box box)
    {
        double opacity = words.Opacity;
        words.Opacity = 1;
        words.Rect(box, 4, new(theme.Building));
        words.Opacity = opacity;
    }

    /// <summary>The octagon where it died, and below it why.</summary>
    private void Death(Sheet rows, Sheet words, LadderItem.Arrow a, double y)
    {
        if (DeathX(a.Hop) is not { } x) return;
        double from = columns.At(a.Hop.From) ?? x;
        bool inside = a.Hop.Reason is DropReason.Loss or DropReason.LinkDown or DropReason.QueueFull;
        var at = new Spot(inside && Math.Abs(from - x) > 60 ? x - 20 * Math.Sign(x - from) : x, y + Slant);
        if (a.Hop.IsLoop) at = new(x + 22, y);
        else if (from == x) at = Short(rows, words, a, new(x, y));
        if (a.Hop.Reason is DropReason.Rejected or DropReason.NoSocket) Marks.Reject(words, theme, at, 8);
        else Marks.Cross(words, theme, at, 8);
        string why = DropSentences.Short(a.Hop.Reason) + (a.Hop.DeathWords.Length > 0 ? $": {a.Hop.DeathWords}" : "");
        var style = TextStyle.Medium(11.5);
        double width = FontBook.Measure(why, style), left = Math.Clamp(at.X - width / 2, LadderColumns.Left, Math.Max(LadderColumns.Left, columns.Right - width));
        Paper(words, new(left - 4, y + 13, width + 8, 16));
        words.Text(new(left, y + 25), why, style, theme.Drop);
    }

    /// <summary>It never got away from where it was sent: a short line towards the side where there is room, and its words beyond.</summary>
    private Spot Short(Sheet rows, Sheet words, LadderItem.Arrow a, Spot p)
    {
        var hue = theme.Hue(a.Group.Class);
        double width = Math.Min(FontBook.Measure(a.Label, Style), 190);
        int side = p.X + Stub + 20 + width > columns.Right + 20 ? -1 : 1;
        var end = p.Plus(side * Stub, 0);
        rows.Line(p, end, new(null, hue, 2.25), guarded: true);
        if (a.IsAgain) Again(rows, p, hue);
        else rows.Circle(p, 3.2, new(hue));
        Label(words, end.Plus(side * (18 + width / 2), 0), a.Label, hue, 190);
        return end;
    }

    /// <summary>Sent again: an arrow that returns to its beginning.</summary>
    private void Again(Sheet rows, Spot p, Colour hue)
    {
        rows.Circle(p, 7, new(theme.Building, hue, 1.5));
        rows.Way([p.Plus(2.6, 2.4), p.Plus(-1, 3.2), p.Plus(-3.2, 0), p.Plus(-.6, -3), p.Plus(2.8, -1.2)], 2, new(null, hue, 1.4, Round: true));
        rows.Way([p.Plus(3.4, -3.8), p.Plus(3, -1), p.Plus(.4, -1.2)], 0, new(null, hue, 1.4, Round: true));
    }

    private static Spot Back(Spot to, Spot from, double by)
    {
        double d = Math.Max(to.DistanceTo(from), 1);
        return to.Plus((from.X - to.X) / d * by, (from.Y - to.Y) / d * by);
    }

    private static void Head(Sheet sheet, Spot to, Spot from, Colour hue)
    {
        double d = Math.Max(to.DistanceTo(from), 1), ux = (to.X - from.X) / d, uy = (to.Y - from.Y) / d;
        Glyphs.Polygon(sheet, to, new(hue), (0, 0), (-9 * ux + 4.6 * uy, -9 * uy - 4.6 * ux), (-9 * ux - 4.6 * uy, -9 * uy + 4.6 * ux));
    }
}
