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
        if (e.Drop is not null) Marks.Cross(sheet, t, p.Plus(9, 8), 5.5);
        sheet.Opacity = 1;
    }

    private static void Groups(Sheet sheet, MapView view, (int From, int Count, double Step, double Y) strip)
    {
        var shown = view.Index.Shown;
        var t = view.Theme;
        for (int i = 0; i < strip.Count;)
        {
            int n = 1;
            while (i + n < strip.Count && shown[strip.From + i + n].Group == shown[strip.From + i].Group) n++;
            double a = Left + strip.Step * i + 6, b = Left + strip.Step * (i + n) - 6;
            int cursor = view.Cursor - strip.From;
            bool current = cursor >= i && cursor < i + n;
            sheet.Line(new(a, strip.Y + 20), new(b, strip.Y + 20), new(null, t.Edge));
            var style = current ? TextStyle.Strong(12) : TextStyle.Sans(12);
            string label = FontBook.Shorten(shown[strip.From + i].Phase, style, strip.Step * n - 8);
            if (label.Length > 4 || label == shown[strip.From + i].Phase) sheet.Text(new((a + b) / 2, strip.Y + 35), label, style, current ? t.Words : i <= cursor ? t.Second : t.Third, Anchor.Middle);
            i += n;
        }
    }
}
