using NetSim.Rendering.Fonts;
using NetSim.Rendering.Output;
using NetSim.Rendering.Scenes;
using NetSim.Rendering.Stories;
using NetSim.Rendering.Themes;

namespace NetSim.Rendering.Layers;

/// <summary>The whole story at true pace: how many packets when, past in ink, future in grey, and where its chapters begin.</summary>
internal static class TimeLayer
{
    private const double Left = 152, Bin = 4;

    public static Sheet Draw(MapView view)
    {
        var sheet = new Sheet("time");
        double y = view.Layout.Building.Bottom + 210, width = view.Layout.PageWidth - Tokens.Page - Left;
        double now = At(view, view.Index.TimeOf(view.Row)) * width + Left;
        var t = view.Theme;
        if (view.Index.Shown.Count > 0) Lens(sheet, view, now, (y, width));
        sheet.Line(new(Left, y), new(Left + width, y), new(null, t.Edge));
        Histogram(sheet, view, (y, width, now));
        if (now > Left) sheet.Line(new(Left, y), new(now, y), new(null, t.Words, 3, Round: true));
        Chapters(sheet, view, (y, width, now));
        sheet.Line(new(now, y - 22), new(now, y), new(null, t.Accent, 2));
        sheet.Circle(new(now, y), 5.5, new(t.Accent, t.Canvas, 2));
        Transport(sheet, t, new(54, y));
        return sheet;
    }

    /// <summary>0 when the story begins, 1 at the end of the trace.</summary>
    private static double At(MapView view, Model.Tracing.SimTime time)
    {
        double begin = view.Index.Begin.Nanoseconds, all = view.Index.End.Nanoseconds - begin;
        return all <= 0 ? 0 : Math.Clamp((time.Nanoseconds - begin) / all, 0, 1);
    }

    private static void Lens(Sheet sheet, MapView view, double now, (double Y, double Width) band)
    {
        double lens = band.Y - 36;
        string d = $"M{Svg.Number(now - 3)} {Svg.Number(band.Y - 22)}L{Svg.Number(Left)} {Svg.Number(lens)}H{Svg.Number(Left + band.Width)}L{Svg.Number(now + 3)} {Svg.Number(band.Y - 22)}Z";
        sheet.Add(new Shape.Path(d, new(Left, lens, band.Width, 14), new(view.Theme.Floor)) { Opacity = .55 });
    }

    private static void Histogram(Sheet sheet, MapView view, (double Y, double Width, double Now) band)
    {
        var counts = new SortedDictionary<int, int>();
        foreach (var e in view.Index.Shown)
        {
            int bin = (int)(At(view, e.Time) * band.Width / Bin);
            counts[bin] = counts.GetValueOrDefault(bin) + 1;
        }
        foreach (var (bin, count) in counts)
        {
            double x = Left + bin * Bin, height = Math.Min(3 + 3.0 * Math.Sqrt(count), 24);
            sheet.Rect(new(x, band.Y - height, Bin - 1, height), 0, new(x <= band.Now ? view.Theme.Second : view.Theme.Wire));
        }
    }

    private static void Chapters(Sheet sheet, MapView view, (double Y, double Width, double Now) band)
    {
        var marks = view.Index.Steps.Select(s => (X: Left + At(view, s.Time) * band.Width, Label: Story.Short(s.Step))).ToList();
        double free = double.MinValue;
        for (int i = 0; i < marks.Count; i++)
        {
            var (x, label) = marks[i];
            if (x < free) continue;
            string fitted = FontBook.Shorten(label, TextStyle.Sans(12), Math.Min(Left + band.Width - x - 14, 150));
            if (fitted.Length < 6 && fitted != label) continue;
            sheet.Line(new(x, band.Y + 4), new(x, band.Y + 20), new(null, view.Theme.Edge));
            double width = sheet.Text(new(x + 6, band.Y + 20), fitted, TextStyle.Sans(12), x <= band.Now + .5 ? view.Theme.Second : view.Theme.Third);
            free = x + 6 + width + 8;
        }
    }

    private static void Transport(Sheet sheet, Theme t, Spot p)
    {
        string x(double dx) => Svg.Number(p.X + dx);
        string y(double dy) => Svg.Number(p.Y + dy);
        var ink = new Ink(t.Second, t.Second, 1.6, Round: true);
        sheet.Path($"M{x(8)} {y(-6)}l-8 6l8 6zM{x(-3)} {y(-6)}v12", new(p.X - 3, p.Y - 6, 11, 12), ink);
        sheet.Circle(p.Plus(32, 0), 13, new(t.Words));
        sheet.Path($"M{x(28.5)} {y(-5.5)}l9 5.5l-9 5.5z", new(p.X + 28, p.Y - 6, 10, 12), new(t.Canvas, t.Canvas, 1, Round: true));
        sheet.Path($"M{x(56)} {y(-6)}l8 6l-8 6zM{x(67)} {y(-6)}v12", new(p.X + 56, p.Y - 6, 11, 12), ink);
    }
}
