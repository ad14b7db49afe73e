using NetSim.Model.Tracing;
using NetSim.Rendering.Fonts;
using NetSim.Rendering.Scenes;
using NetSim.Rendering.Stories;
using NetSim.Rendering.Themes;

namespace NetSim.Rendering.Layers;

/// <summary>The packets around the cursor at one beat each: shape and hue say the protocol, a frame the cursor. Below, what they do.</summary>
internal static class BeadLayer
{
    private const int Most = 32;
    private const double Left = 152;

    public static Sheet Draw(MapView view)
    {
        var sheet = new Sheet("beads");
        var shown = view.Index.Shown;
        if (shown.Count == 0) return sheet;
        int cursor = view.Cursor;
        int count = Math.Min(Most, shown.Count), from = Math.Clamp(Math.Max(cursor, 0) - Most / 2, 0, shown.Count - count);
        double width = view.Layout.PageWidth - Tokens.Page - Left, y = view.Layout.Building.Bottom + 132, step = Math.Min(width / count, 64);
        for (int i = 0; i < count; i++) Bead(sheet, view, shown[from + i], (new(Left + step * (i + .5), y), step));
        Groups(sheet, view, (from, count, step, y));
        return sheet;
    }

    private static void Bead(Sheet sheet, MapView view, PacketEntry e, (Spot At, double Step) place)
    {
        var t = view.Theme;
        var p = place.At;
        bool past = e.Order <= view.Cursor;
        if (e.Order == view.Cursor && view.Flight is not null) sheet.Rect(new(p.X - place.Step / 2 + 3, p.Y - 15, place.Step - 6, 30), 8, new(t.Card, view.Theme.Accent, 2));
        sheet.Opacity = past ? 1 : Tokens.Future;
        double wide = 7 + 5 * Math.Log10(Math.Max(view.Index.WireLength(e), 60) / 60.0);
        Glyphs.Small(sheet, t, e.Summary.Class, p, 5.5, wide, t.Canvas);
        if (e.Drop is DropReason.Rejected or DropReason.NoSocket) Marks.Reject(sheet, t, p.Plus(9, 8), 5.5);
        else if (e.Drop is not null) Marks.Cross(sheet, t, p.Plus(9, 8), 5.5);
        sheet.Opacity = 1;
    }

    /// <summary>The words below the beads. The group of the cursor always has its word, and the neighbours make room.</summary>
    private static void Groups(Sheet sheet, MapView view, (int From, int Count, double Step, double Y) strip)
    {
        var shown = view.Index.Shown;
        var t = view.Theme;
        int cursor = view.Cursor - strip.From;
        Box? current = null;
        foreach (var (i, n) in Cut(shown, strip.From, strip.Count).OrderByDescending(g => cursor >= g.At && cursor < g.At + g.Length))
        {
            bool here = cursor >= i && cursor < i + n;
            double a = Left + strip.Step * i + 6, b = Left + strip.Step * (i + n) - 6;
            sheet.Line(new(a, strip.Y + 20), new(b, strip.Y + 20), new(null, t.Edge));
            var style = here ? TextStyle.Strong(12) : TextStyle.Sans(12);
            string phase = shown[strip.From + i].Phase, label = FontBook.Shorten(phase, style, here ? 160 : strip.Step * n - 8);
            double width = FontBook.Measure(label, style), x = Math.Max((a + b) / 2 - width / 2, 24);
            var box = new Box(x - 8, strip.Y + 24, width + 16, 14);
            if (label.Length <= 4 && label != phase || current is { } c && c.Overlaps(box)) continue;
            if (here) current = box;
            sheet.Text(new(x, strip.Y + 35), label, style, here ? t.Words : i <= cursor ? t.Second : t.Third);
        }
    }

    private static List<(int At, int Length)> Cut(IReadOnlyList<PacketEntry> shown, int from, int count)
    {
        var groups = new List<(int, int)>();
        for (int i = 0, n; i < count; i += n)
        {
            n = 1;
            while (i + n < count && shown[from + i + n].Group == shown[from + i].Group) n++;
            groups.Add((i, n));
        }
        return groups;
    }
}
