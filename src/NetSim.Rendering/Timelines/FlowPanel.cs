using NetSim.Rendering.Fonts;
using NetSim.Rendering.Layers;
using NetSim.Rendering.Output;
using NetSim.Rendering.Scenes;
using NetSim.Rendering.Stories;
using NetSim.Rendering.Themes;
using NetSim.Wire.Inspection;

namespace NetSim.Rendering.Timelines;

/// <summary>The whole story on one axis: steps, what was made and broken, bytes a second, and how long names took.</summary>
internal sealed class FlowPanel(Theme theme, TraceIndex index, TimelineBook book)
{
    private const double Left = 48, ChartX = 150, Bin = 4, BytesHeight = 150, DnsHeight = 92;

    /// <summary>So many bins lie on a page of that width.</summary>
    public static int Bins(double width) => (int)((width - 48 - ChartX) / Bin);

    private bool HasDns => book.Lookups.Count > 0;

    /// <summary>Draws it; gives where it ends.</summary>
    public double Draw((Sheet Panel, Sheet Lines, Sheet Words) on, double width, double top, Model.Tracing.SimTime? cursor)
    {
        double steps = index.Steps.Count > 0 ? 46 : 0, events = book.Events.Count > 0 ? 32 : 0;
        var all = new Box(ChartX, top + 66, width - 48 - ChartX, steps + events + 20 + BytesHeight + (HasDns ? 30 + DnsHeight : 0));
        double bottom = all.Bottom + 46;
        on.Panel.Rect(new(24, top, width - 48, bottom - top), 12, new(theme.Building, theme.CardEdge));
        double title = on.Words.Text(new(Left, top + 34), "Traffic", TextStyle.Strong(17), theme.Words);
        Legend(on.Words, new(width - 48, top + 34), Left + title + 24);
        TimeAxis.Draw(on.Lines, on.Words, theme, all, (Clock.Seconds(book.Begin, index.Start), book.Length.TotalSeconds));
        double y = all.Y;
        if (steps > 0) Steps(on.Words, new(ChartX, y, all.Width, steps));
        y += steps;
        if (events > 0) Events(on.Words, new(ChartX, y, all.Width, events));
        y += events + 20;
        Bytes(on.Lines, on.Words, new(ChartX, y, all.Width, BytesHeight));
        if (HasDns) Dns(on.Lines, on.Words, new(ChartX, y + BytesHeight + 30, all.Width, DnsHeight));
        if (cursor is { } now)
        {
            double x = all.X + book.Share(now) * all.Width;
            on.Lines.Line(new(x, all.Y - 8), new(x, all.Bottom + 4), new(null, theme.Accent, 2));
            on.Lines.Circle(new(x, all.Bottom + 4), 5, new(theme.Accent, theme.Building, 2));
        }
        return bottom;
    }

    /// <summary>Shape, hue and amount of each kind.</summary>
    private void Legend(Sheet sheet, Spot right, double limit)
    {
        double x = right.X;
        foreach (var kind in TimelineBook.Kinds.Reverse().Where(book.Totals.ContainsKey))
        {
            var (packets, bytes) = book.Totals[kind];
            string words = $"{Word(kind)} {Spans.Bytes(bytes)} in {Spans.Number(packets)}";
            double wide = FontBook.Measure(words, TextStyle.Sans(12.5));
            if (x - wide - 24 < limit) return;
            x -= sheet.Text(new(x, right.Y), words, TextStyle.Sans(12.5), theme.Second, Anchor.End);
            Glyphs.Small(sheet, theme, kind, new(x - 13, right.Y - 4.4), 5, 7, theme.Building);
            x -= 40;
        }
    }

    private static string Word(PacketClass kind) => kind is PacketClass.Other ? "other" : kind.ToString().ToUpperInvariant();

    private void Steps(Sheet sheet, Box box)
    {
        sheet.Text(new(Left, box.Y + 13), "steps", TextStyle.Strong(13), theme.Words);
        double[] free = [0, 0];
        foreach (var s in index.Steps.Where(s => s.Time >= book.Begin)) sheet.Line(new(box.X + book.Share(s.Time) * box.Width, box.Y + 2), new(box.X + book.Share(s.Time) * box.Width, box.Bottom - 2), new(null, theme.Wire));
        foreach (var s in index.Steps.Where(s => s.Time >= book.Begin))
        {
            double x = box.X + book.Share(s.Time) * box.Width;
            string label = FontBook.Shorten(Story.Short(s.Step), TextStyle.Sans(12), 170);
            double wide = FontBook.Measure(label, TextStyle.Sans(12));
            bool flip = x + 6 + wide > box.Right;
            double from = flip ? x - 6 - wide : x + 6;
            int row = from >= free[0] ? 0 : from >= free[1] ? 1 : -1;
            if (row < 0) continue;
            sheet.Rect(new(from - 2, box.Y + 1 + 18 * row, wide + 4, 15), 2, new(theme.Building));
            sheet.Text(new(from, box.Y + 13 + 18 * row), label, TextStyle.Sans(12), theme.Second);
            free[row] = from + wide + 12;
            if (row == 0) free[1] = Math.Max(free[1], flip ? 0 : x + 4);
        }
    }

    private void Events(Sheet sheet, Box box)
    {
        sheet.Text(new(Left, box.Y + 18), "made, broken", TextStyle.Strong(13), theme.Words);
        double free = 0, y = box.Y + 14;
        foreach (var e in book.Events)
        {
            double x = box.X + book.Share(e.Time) * box.Width;
            if (x < free - 6) continue;
            Mark(sheet, e.Kind, new(x, y));
            string label = FontBook.Shorten(e.Name, TextStyle.Medium(12), 180);
            double wide = FontBook.Measure(label, TextStyle.Medium(12));
            free = x + 10;
            double next = book.Events.Where(o => o.Time > e.Time).Select(o => box.X + book.Share(o.Time) * box.Width - 10).Append(box.Right).Min();
            if (x + 12 + wide > next) continue;
            sheet.Rect(new(x + 10, y - 8, wide + 4, 16), 2, new(theme.Building));
            sheet.Text(new(x + 12, y + 4.3), label, TextStyle.Medium(12), e.Kind is EventKind.Fault ? theme.Drop : theme.Words);
            free = x + 12 + wide + 12;
        }
    }

    /// <summary>A network is a floor, a container a card, a fault a triangle; what ends is hollow.</summary>
    private void Mark(Sheet sheet, EventKind kind, Spot p)
    {
        string Triangle() => $"M{Svg.Number(p.X)} {Svg.Number(p.Y - 7)}L{Svg.Number(p.X + 7)} {Svg.Number(p.Y + 6)}H{Svg.Number(p.X - 7)}Z";
        switch (kind)
        {
            case EventKind.Network:
                sheet.Rect(new(p.X - 7, p.Y - 6, 14, 12), 2, new(theme.Building, theme.Second, 1.5));
                sheet.Rect(new(p.X - 7, p.Y + 2, 14, 4), 0, new(theme.Second));
                break;
            case EventKind.Container: sheet.Rect(new(p.X - 6, p.Y - 6, 12, 12), 3, new(theme.Second)); break;
            case EventKind.Removed: sheet.Rect(new(p.X - 6, p.Y - 6, 12, 12), 3, new(theme.Building, theme.Second, 1.5, (2, 2))); break;
            case EventKind.Fault: sheet.Path(Triangle(), new(p.X - 7, p.Y - 7, 14, 13), new(theme.Drop, theme.Drop, 2, Round: true)); break;
            default: sheet.Path(Triangle(), new(p.X - 7, p.Y - 7, 14, 13), new(theme.Building, theme.Drop, 1.5, Round: true)); break;
        }
    }

    private void Bytes(Sheet lines, Sheet words, Box box)
    {
        int bins = book.Bytes.GetLength(0);
        long most = 1;
        for (int i = 0; i < bins; i++) most = Math.Max(most, Sum(i));
        double second = book.Length.TotalSeconds / bins;
        words.Text(new(Left, box.Y + 13), "bytes", TextStyle.Strong(13), theme.Words);
        words.Text(new(Left, box.Y + 31), $"{Spans.Bytes(most / second)}/s", TextStyle.Mono(12), theme.Second);
        words.Text(new(Left, box.Y + 48), "at most", TextStyle.Sans(12), theme.Third);
        lines.Line(new(box.X, box.Y), new(box.Right, box.Y), new(null, theme.CardEdge, 1, (2, 4)));
        for (int k = 0; k < TimelineBook.Kinds.Count; k++)
        {
            var d = new System.Text.StringBuilder();
            for (int i = 0; i < bins; i++)
            {
                if (book.Bytes[i, k] == 0) continue;
                double below = 0;
                for (int j = 0; j < k; j++) below += book.Bytes[i, j];
                double y0 = box.Bottom - below / most * box.Height, y1 = Math.Min(y0 - 1.5, box.Bottom - (below + book.Bytes[i, k]) / most * box.Height);
                d.Append($"M{Svg.Number(box.X + i * Bin)} {Svg.Number(y0)}V{Svg.Number(y1)}h{Svg.Number(Bin - 1)}V{Svg.Number(y0)}Z");
            }
            if (d.Length > 0) lines.Path(d.ToString(), box, new(theme.Hue(TimelineBook.Kinds[k])));
        }
        lines.Line(new(box.X, box.Bottom), new(box.Right, box.Bottom), new(null, theme.Wire, 1.5));
        double free = 0;
        foreach (var t in book.Deaths)
        {
            double x = box.X + book.Share(t) * box.Width;
            if (x < free) continue;
            Marks.Cross(lines, theme, new(x, box.Bottom), 6);
            free = x + 10;
        }
        if (book.Deaths.Count > 0) words.Text(new(Left, box.Bottom + 4), Spans.Count(book.Deaths.Count, "drop"), TextStyle.Medium(12), theme.Drop);

        long Sum(int i)
        {
            long sum = 0;
            for (int k = 0; k < TimelineBook.Kinds.Count; k++) sum += book.Bytes[i, k];
            return sum;
        }
    }

    /// <summary>A diamond for each name: the higher, the longer its answer took; on top what was never answered.</summary>
    private void Dns(Sheet lines, Sheet words, Box box)
    {
        var took = book.Lookups.Select(l => l.Took).OfType<TimeSpan>().Order().ToList();
        double low = took.Count == 0 ? 1e-6 : Math.Pow(10, Math.Floor(Math.Log10(Math.Max(took[0].TotalSeconds, 1e-6)))), high = took.Count == 0 ? 1 : Math.Pow(10, Math.Ceiling(Math.Log10(Math.Max(took[^1].TotalSeconds, 1e-6)) + 1e-9));
        if (high <= low) high = low * 10;
        int open = book.Lookups.Count - took.Count;
        words.Text(new(Left, box.Y + 13), "DNS answers", TextStyle.Strong(13), theme.Words);
        words.Text(new(Left, box.Y + 31), took.Count == 0 ? "none" : $"{Spans.Of(took[took.Count / 2])}", TextStyle.Mono(12), theme.Second);
        if (took.Count > 0) words.Text(new(Left, box.Y + 48), "in the middle", TextStyle.Sans(12), theme.Third);
        if (open > 0) words.Text(new(Left, box.Y + 66), $"{Spans.Number(open)} unanswered", TextStyle.Medium(12), theme.Drop);
        int decades = (int)Math.Round(Math.Log10(high / low)), every = Math.Max(1, (decades + 3) / 4);
        for (double v = low; v <= high * 1.01; v *= Math.Pow(10, every))
        {
            double y = Y(v);
            lines.Line(new(box.X, y), new(box.Right, y), new(null, theme.CardEdge, 1, (2, 4)));
            string label = Spans.Of(TimeSpan.FromSeconds(v));
            double wide = FontBook.Measure(label, TextStyle.Mono(11));
            words.Rect(new(box.X + 4, y - 7, wide + 6, 14), 2, new(theme.Building));
            words.Text(new(box.X + 7, y + 4), label, TextStyle.Mono(11), theme.Third);
        }
        foreach (var l in book.Lookups)
        {
            var p = new Spot(box.X + book.Share(l.Time) * box.Width, l.Took is { } t ? Y(t.TotalSeconds) : box.Y - 6);
            if (l.Took is null) Marks.Cross(lines, theme, p, 6);
            else Glyphs.Shape(lines, PacketClass.Dns, p, 5, 5, new(theme.Hue(PacketClass.Dns), theme.Building));
        }

        double Y(double seconds) => box.Bottom - Math.Clamp(Math.Log10(Math.Max(seconds, low) / low) / Math.Log10(high / low), 0, 1) * (box.Height - 12);
    }
}
