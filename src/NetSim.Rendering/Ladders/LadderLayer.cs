using NetSim.Rendering.Fonts;
using NetSim.Rendering.Layers;
using NetSim.Rendering.Output;
using NetSim.Rendering.Scenes;
using NetSim.Rendering.Stories;
using NetSim.Rendering.Themes;

namespace NetSim.Rendering.Ladders;

/// <summary>Draws a ladder: columns, lifelines, chapters, seams, and the words at the right.</summary>
internal sealed class LadderLayer(Theme theme, LadderPage page, LadderColumns columns, Clocks clocks)
{
    /// <summary>Height of a row, of a second line for a death, of a chapter's head and of a seam.</summary>
    public const double Step = 27, DeathLine = 15, HeadStep = 40, SeamStep = 30;

    private const double Top = 176, LaterX = 134;

    private readonly LadderArrows _arrows = new(theme, columns);

    /// <summary>Where the sentences begin.</summary>
    public double SayX => columns.Right + 28;

    /// <summary>Where the rows end.</summary>
    public double Bottom => Top + page.Items.Sum(Height) + page.Items.Zip(page.Items.Skip(1), Before).Sum() + 8;

    /// <summary>A chapter keeps its distance from the row above.</summary>
    private static double Before(LadderItem? above, LadderItem item) => item is LadderItem.Head { Title.Length: > 0 } && above is LadderItem.Arrow ? 14 : 0;

    private static double Height(LadderItem item) => item switch
    {
        LadderItem.Head { Title: "" } => 22,
        LadderItem.Head => HeadStep,
        LadderItem.Seam => SeamStep + 8,
        LadderItem.Arrow { Hop.Death: not null } => Step + DeathLine,
        _ => Step,
    };

    /// <summary>The sheets, lowest first.</summary>
    public List<Sheet> Draw(double width)
    {
        Sheet frame = new("columns"), rows = new("rows"), words = new("words");
        Frame(frame, width);
        double y = Top;
        LadderItem? above = null;
        foreach (var item in page.Items)
        {
            y += Before(above, item);
            above = item;
            switch (item)
            {
                case LadderItem.Head h: Head(words, h, y, width); break;
                case LadderItem.Seam s: Seam(rows, words, s, y, width); break;
                case LadderItem.Swap s: Swap(rows, words, s, y, width); break;
                case LadderItem.Arrow a: Arrow(rows, words, a, y, width); break;
            }
            y += Height(item);
        }
        return [frame, rows, words];
    }

    private void Frame(Sheet sheet, double width)
    {
        sheet.Rect(new(24, 72, width - 48, Bottom - 72), 12, new(theme.Building, theme.CardEdge));
        foreach (var c in columns.Columns)
        {
            sheet.Fitted(new(c.Middle, 104), c.Name, TextStyle.Strong(14), theme.Words, c.Right - c.Left, Anchor.Middle);
            sheet.Text(new(c.Middle, 122), c.Address, TextStyle.Mono(11.5), theme.Second, Anchor.Middle);
            sheet.Path($"M{Svg.Number(c.Left + 2)} 138v-4a4 4 0 0 1 4 -4H{Svg.Number(c.Right - 6)}a4 4 0 0 1 4 4v4", new(c.Left + 2, 130, c.Right - c.Left - 4, 8), new(null, theme.Second, 1.25));
            Lanes(sheet, c);
        }
        sheet.Text(new(36, 152), "packet", TextStyle.Sans(11.5), theme.Third);
        sheet.Text(new(LaterX, 152), "later by", TextStyle.Sans(11.5), theme.Third, Anchor.End);
        sheet.Text(new(SayX, 152), "what is said", TextStyle.Sans(11.5), theme.Third);
    }

    private void Lanes(Sheet sheet, LadderColumn c)
    {
        for (int i = 0; i < c.Lanes.Count; i++)
        {
            double x = columns.At(c.Lanes[i])!.Value, left = i == 0 ? c.Left : (columns.At(c.Lanes[i - 1])!.Value + x) / 2 + 3, right = i == c.Lanes.Count - 1 ? c.Right : (columns.At(c.Lanes[i + 1])!.Value + x) / 2 - 3;
            sheet.Fitted(new(x, 152), c.Lanes[i].Interface ?? "", TextStyle.Mono(11.5), theme.Third, 2 * Math.Min(x - left, right - x), Anchor.Middle);
            sheet.Line(new(x, 162), new(x, Bottom - 16), new(null, theme.Wire, 1.25), guarded: true);
        }
    }

    private void Head(Sheet sheet, LadderItem.Head h, double y, double width)
    {
        string time = clocks.Words(h.Time);
        if (h.Title.Length == 0)
        {
            sheet.Text(new(LaterX, y - 2), time, TextStyle.MonoMedium(12.5), theme.Words, Anchor.End);
            return;
        }
        sheet.Text(new(LaterX, y + 6), time, TextStyle.MonoMedium(12.5), theme.Words, Anchor.End);
        double room = width - 48 - 164;
        string title = FontBook.Shorten(h.Title, TextStyle.Strong(15), room * 0.5);
        double wide = FontBook.Measure(title, TextStyle.Strong(15));
        string sub = FontBook.Shorten(h.Sub, TextStyle.Sans(13), room - wide - 26);
        double all = wide + (sub.Length > 0 ? 12 + FontBook.Measure(sub, TextStyle.Sans(13)) : 0) + 28;
        sheet.Rect(new(150, y - 12, all, 26), 13, new(theme.Words));
        sheet.Text(new(164, y + 6), title, TextStyle.Strong(15), theme.Canvas);
        sheet.Text(new(164 + wide + 12, y + 5.6), sub, TextStyle.Sans(13), theme.Canvas);
    }

    /// <summary>A torn edge: time, or packets, were cut out here.</summary>
    private void Seam(Sheet rows, Sheet words, LadderItem.Seam s, double y, double width)
    {
        y += 4;
        rows.Rect(new(24.5, y - 10, width - 49, 20), 0, new(theme.Canvas));
        rows.Path(Torn(y - 10, width), new(24, y - 13, width - 48, 6), new(null, theme.Edge));
        rows.Path(Torn(y + 10, width), new(24, y + 7, width - 48, 6), new(null, theme.Edge));
        double wide = FontBook.Measure(s.Words, TextStyle.Medium(12)) + 28, middle = (LadderColumns.Left + SayX) / 2;
        words.Rect(new(middle - wide / 2, y - 12, wide, 24), 12, new(theme.Canvas, theme.Edge));
        words.Text(new(middle, y + 4.3), s.Words, TextStyle.Medium(12), theme.Second, Anchor.Middle);
    }

    private static string Torn(double y, double width)
    {
        var d = new System.Text.StringBuilder($"M24 {Svg.Number(y)}");
        int teeth = (int)((width - 48) / 8);
        for (int i = 0; i < teeth; i++) d.Append(i % 2 == 0 ? "l8 3" : "l8 -3");
        return d.ToString();
    }

    private void Arrow(Sheet rows, Sheet words, LadderItem.Arrow a, double y, double width)
    {
        rows.Opacity = words.Opacity = a.IsFuture ? Tokens.Future : 1;
        bool light = a.Group.Packets.Count == 1 && LadderLabels.IsLight(a.Group.First);
        _arrows.Draw(rows, words, a, y, light);
        var third = theme.Third;
        double after = a.Later is { } later ? words.Fitted(new(LaterX, y + 4), "+" + Spans.Of(later), TextStyle.Mono(11.5), theme.Second, 60, Anchor.End) : 0;
        words.Fitted(new(36, y + 4), Numbers(a.Group), TextStyle.Mono(11.5), third, LaterX - 36 - after - 6);
        words.Opacity = (a.IsFuture ? Tokens.Future : 1) * (light ? .7 : 1);
        Glyphs.Small(words, theme, a.Group.Class, new(SayX + 6, y), 5, 7, theme.Building);
        words.Opacity = a.IsFuture ? Tokens.Future : 1;
        words.Fitted(new(SayX + 22, y + 4.4), a.Sentence, TextStyle.Sans(13), a.Hop.Death is not null ? theme.Drop : light ? third : theme.Words, width - 48 - SayX - 22);
        rows.Opacity = words.Opacity = 1;
    }

    private void Swap(Sheet rows, Sheet words, LadderItem.Swap s, double y, double width)
    {
        var column = columns.Columns.Find(c => c.Key == s.Namespace)!;
        double x = column.Middle;
        var style = TextStyle.Mono(11.5);
        double old = FontBook.Measure(s.Old, style), now = FontBook.Measure(s.New, TextStyle.MonoMedium(11.5)), wide = old + now + 50;
        double left = Math.Min(column.Right + 6, SayX - 12 - wide);
        left = Math.Max(left, x + 24);
        rows.Line(new(x, y), new(left, y), new(null, theme.Words, 1.5));
        rows.Rect(new(left, y - 11, wide, 22), 4, new(theme.Card, theme.Words, 1.5));
        Marks.Swap(rows, new(x, y), 10, theme.Words, theme.Card);
        words.Text(new(left + 10, y + 4), s.Old, style, theme.Third, struck: true);
        words.Text(new(left + 18 + old, y + 4), "→", style, theme.Second);
        words.Text(new(left + 36 + old, y + 4), s.New, TextStyle.MonoMedium(11.5), theme.Words);
        Marks.Swap(words, new(SayX + 6, y), 6.5, theme.Words, theme.Building);
        words.Fitted(new(SayX + 22, y + 4.4), s.Sentence, TextStyle.Sans(13), theme.Words, width - 48 - SayX - 22);
    }

    /// <summary>58, 77–9, 99–100, 108…: as pages are written, so that the column stays narrow.</summary>
    private static string Numbers(PacketGroup g)
    {
        int first = g.First.Order + 1, last = g.Last.Order + 1;
        if (first == last) return Spans.Number(first);
        if (last - first != g.Packets.Count - 1) return Spans.Number(first) + "…";
        string a = Spans.Number(first), b = Spans.Number(last);
        int same = 0;
        while (a.Length == b.Length && a[same] == b[same]) same++;
        return $"{a}–{b[same..]}";
    }
}
