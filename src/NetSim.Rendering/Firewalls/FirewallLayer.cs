using NetSim.Model.Netfilter;
using NetSim.Rendering.Fonts;
using NetSim.Rendering.Layers;
using NetSim.Rendering.Scenes;
using NetSim.Rendering.Themes;

namespace NetSim.Rendering.Firewalls;

/// <summary>Draws a packet's way through the rules: a rail with numbered questions, every rule that was met, the term that decided underlined, and the option that made it.</summary>
internal sealed class FirewallLayer
{
    private const double Left = 48, Top = 72, Head = 128, RowStep = 23.5, MarkX = 354, ChainX = 372, WidestRule = 830;
    private static readonly TextStyle RuleStyle = TextStyle.Mono(12);

    private readonly Theme _theme;
    private readonly FirewallStory _story;
    private readonly List<(FirewallPhase Phase, List<RuleRow> Rows)> _phases;
    private readonly double _ruleX, _madeX, _right;

    /// <summary>Measures the columns.</summary>
    public FirewallLayer(Theme theme, FirewallStory story)
    {
        (_theme, _story) = (theme, story);
        var family = story.From.Contains(':', StringComparison.Ordinal) ? IpFamily.V6 : IpFamily.V4;
        _phases = [.. story.Phases.Select(p => (p, RuleRow.Of(p, family)))];
        var rows = _phases.SelectMany(p => p.Rows).ToList();
        _ruleX = Math.Ceiling(ChainX + rows.Select(r => r.Depth * 14 + FontBook.Measure(r.Label, RuleStyle)).Append(150).Max() + 22);
        double rule = Math.Clamp(rows.Select(r => FontBook.Measure(r.Text, RuleStyle)).Append(0).Max(), 380, WidestRule);
        _madeX = Math.Ceiling(_ruleX + rule + 34);
        double made = Math.Clamp(rows.Select(r => FontBook.Measure(r.MadeBy, TextStyle.Strong(12.5))).Append(0).Max(), 140, 300);
        _right = Math.Max(Math.Ceiling(_madeX + made + 22), 1150);
    }

    /// <summary>Width of the page.</summary>
    public double Width => _right + 48;

    /// <summary>Where the panel ends.</summary>
    public double Bottom { get; private set; }

    /// <summary>Rows by what they did, for the counter.</summary>
    public IReadOnlyList<RowMark> Marks => [.. _phases.SelectMany(p => p.Phase.Met).Where(m => m.Rule.Number > 0).Select(m => RuleRow.MarkOf(m))];

    /// <summary>The sheets, lowest first.</summary>
    public List<Sheet> Draw()
    {
        Sheet panel = new("panel"), frame = new("lines"), rail = new("rail"), words = new("rules");
        double y = Head + 22, first = y;
        var rings = new List<(double Y, int Number, bool Strong)>();
        foreach (var (phase, rows) in _phases)
        {
            if (rings.Count > 0) frame.Line(new(104, y - 25), new(_right, y - 25), new(null, _theme.CardEdge));
            rings.Add((y, rings.Count + 1, rows.Exists(r => r.IsFinal && r.Mark != RowMark.Accepted) || phase.Readdressed is not null || phase.Name.StartsWith("filter", StringComparison.Ordinal) && rows.Exists(r => r.Mark == RowMark.Accepted && r.Label.Contains(' ', StringComparison.Ordinal))));
            double side = Side(words, phase, y), lines = Rows(words, rows, y);
            y += Math.Max(side, lines) + 44;
        }
        y -= 8;
        End(words, y - 8);
        Bottom = y + 34;
        panel.Rect(new(24, Top, Width - 48, Bottom - Top), 12, new(_theme.Building, _theme.CardEdge));
        frame.Line(new(Left, Head), new(_right, Head), new(null, _theme.CardEdge));
        Heading(words);
        rail.Line(new(72, Head - 20), new(72, y - 18), new(null, Hue, 4));
        foreach (var (at, number, strong) in rings) Ring(words, at, number, strong);
        return [panel, frame, rail, words];
    }

    private Colour Hue => _theme.Hue(_story.Class);

    private void Heading(Sheet sheet)
    {
        double y = 104;
        if (_story.Input.Length > 0) Layers.Marks.Dock(sheet, _theme, new(Math.Max(72, Left + FontBook.Measure(_story.Input, Layers.Marks.DockStyle) / 2 + 8), y), _story.Input, Hue);
        double x = Math.Max(118, Left + FontBook.Measure(_story.Input, Layers.Marks.DockStyle) + 40);
        Glyphs.Small(sheet, _theme, _story.Class, new(x, y), 8, 12, _theme.Building);
        x += 20;
        double packet = sheet.Fitted(new(x, y + 5), _story.Packet, TextStyle.Strong(14), Hue, 200);
        double from = FontBook.Measure("from " + _story.From, TextStyle.Mono(12));
        if (_story.From.Length > 0) sheet.Text(new(x + packet + 14, y + 4.5), "from " + _story.From, TextStyle.Mono(12), _theme.Second);
        double end = x + packet + 14 + (_story.From.Length > 0 ? from : 0) + 20;
        if (end < ChainX + 60) sheet.Text(new(Math.Max(ChainX, end), y + 4.5), "chain, rule", TextStyle.Sans(12.5), _theme.Third);
        sheet.Text(new(Math.Max(_ruleX, end), y + 4.5), "the rule in its own words, underlined what decided", TextStyle.Sans(12.5), _theme.Third);
        sheet.Text(new(_madeX, y + 4.5), "made by", TextStyle.Sans(12.5), _theme.Third);
    }

    private void Ring(Sheet sheet, double y, int number, bool strong)
    {
        sheet.Circle(new(72, y), 13, new(strong ? Hue : _theme.Building, Hue, 2));
        sheet.Text(new(72, y + 4.6), number.ToString(System.Globalization.CultureInfo.InvariantCulture), TextStyle.Strong(13), strong ? _theme.Building : Hue, Anchor.Middle);
    }

    /// <summary>Name, question, and the address that changed; gives the height.</summary>
    private double Side(Sheet sheet, FirewallPhase phase, double y)
    {
        sheet.Fitted(new(104, y + 5), phase.Name, TextStyle.Mono(15), _theme.Words, 230);
        double at = y + 25;
        foreach (string line in FontBook.Wrap(phase.Question, TextStyle.Sans(12.5), 228))
        {
            sheet.Text(new(104, at), line, TextStyle.Sans(12.5), _theme.Second);
            at += 17;
        }
        if (phase.Readdressed is not { } pair) return at - y - 17;
        double width = 228;
        sheet.Rect(new(104, at - 4, width, 44), 6, new(_theme.Card, Hue, 1.5));
        sheet.Add(new Shape.Text(new(116, at + 13), FontBook.Shorten(pair.Old, TextStyle.Mono(12), width - 24), TextStyle.Mono(12), _theme.Third, Struck: true));
        double now = sheet.Fitted(new(116, at + 31), pair.New, TextStyle.MonoMedium(12), Hue, width - 24);
        if (now < width - 116) sheet.Text(new(104 + width - 12, at + 31), "new address", TextStyle.Sans(12), _theme.Third, Anchor.End);
        return at + 40 - y;
    }

    private double Rows(Sheet sheet, List<RuleRow> rows, double y)
    {
        double at = y;
        foreach (var row in rows)
        {
            Row(sheet, row, at);
            at += RowStep;
        }
        return Math.Max(0, at - y - RowStep);
    }

    private void Row(Sheet sheet, RuleRow row, double y)
    {
        bool dies = row.Mark is RowMark.Dropped or RowMark.Rejected;
        if (row.IsFinal) sheet.Rect(new(MarkX - 15, y - 11, _right - MarkX + 15 + 8, 22), 6, new(dies ? _theme.DropSoft : _theme.AccentSoft));
        for (int d = 0; d < row.Depth; d++) sheet.Line(new(ChainX + 2 + 14 * d, y - 11.5), new(ChainX + 2 + 14 * d, y + 12), new(null, _theme.CardEdge));
        Mark(sheet, row.Mark, new(MarkX, y), row.IsFinal);
        bool pale = row.Mark is RowMark.Skipped;
        double x = ChainX + 14 * row.Depth;
        sheet.Fitted(new(x, y + 4.3), row.Label, row.IsFinal ? TextStyle.MonoMedium(12) : RuleStyle, row.IsFinal ? _theme.Words : pale ? _theme.Third : _theme.Second, _ruleX - x - 12);
        Text(sheet, row, y, pale);
        var made = row.IsFinal && row.MadeBy.Length > 0 ? TextStyle.Strong(12.5) : TextStyle.Sans(12.5);
        sheet.Fitted(new(_madeX, y + 4.3), row.MadeBy, made, row.IsFinal ? _theme.Words : pale ? _theme.Third : _theme.Second, _right - _madeX);
    }

    /// <summary>The rule's own words; what decided stands out.</summary>
    private void Text(Sheet sheet, RuleRow row, double y, bool pale)
    {
        double room = _madeX - _ruleX - 20, x = _ruleX;
        var plain = pale ? _theme.Third : _theme.Words;
        if (FontBook.Measure(row.Text, RuleStyle) > room || row.Terms.Count == 0 || row.IsFold)
        {
            sheet.Fitted(new(x, y + 4.3), row.Text, row.IsFold ? TextStyle.Sans(12.5) : RuleStyle, plain, room);
            return;
        }
        int at = 0;
        foreach (var (from, length) in row.Terms)
        {
            if (from < at) continue;
            x += sheet.Text(new(x, y + 4.3), row.Text[at..from], RuleStyle, plain);
            double width = sheet.Text(new(x, y + 4.3), row.Text.Substring(from, length), TextStyle.MonoMedium(12), _theme.Words);
            sheet.Line(new(x, y + 8.5), new(x + width, y + 8.5), pale ? new(null, _theme.Second, 1, (2, 2)) : new(null, _theme.Words, 1.5));
            x += width;
            at = from + length;
        }
        sheet.Text(new(x, y + 4.3), row.Text[at..], RuleStyle, plain);
    }

    private void Mark(Sheet sheet, RowMark mark, Spot p, bool final)
    {
        switch (mark)
        {
            case RowMark.Accepted: Layers.Marks.Tick(sheet, p, 9, Hue, _theme.Card); return;
            case RowMark.Readdressed: Layers.Marks.Swap(sheet, p, 9, Hue, _theme.Card); return;
            case RowMark.Dropped: Layers.Marks.Cross(sheet, _theme, p, 9); return;
            case RowMark.Rejected: Layers.Marks.Reject(sheet, _theme, p, 9); return;
        }
        bool pale = mark == RowMark.Skipped;
        sheet.Circle(p, 6, new(_theme.Card, pale ? _theme.Wire : _theme.Second, 1.5));
        var ink = new Ink(null, pale ? _theme.Third : _theme.Second, 1.3, Round: true);
        switch (mark)
        {
            case RowMark.Skipped: sheet.Line(p.Plus(-2.4, 0), p.Plus(2.4, 0), ink); break;
            case RowMark.Jump:
                sheet.Way([p.Plus(-2.4, -2.6), p.Plus(-2.4, 1), p.Plus(2.2, 1)], 1.6, ink);
                sheet.Way([p.Plus(.4, -.8), p.Plus(2.2, 1), p.Plus(.4, 2.8)], 0, ink);
                break;
            case RowMark.Return:
                sheet.Way([p.Plus(2.4, 2.6), p.Plus(2.4, -1), p.Plus(-2.2, -1)], 1.6, ink);
                sheet.Way([p.Plus(-.4, -2.8), p.Plus(-2.2, -1), p.Plus(-.4, .8)], 0, ink);
                break;
            default: sheet.Circle(p, final ? 3 : 2.2, new(_theme.Second)); break;
        }
    }

    /// <summary>Where it goes on to; or the octagon in which it ends.</summary>
    private void End(Sheet sheet, double y)
    {
        if (_story.Drop is { } reason)
        {
            if (reason is Model.Tracing.DropReason.Rejected or Model.Tracing.DropReason.NoSocket) Layers.Marks.Reject(sheet, _theme, new(72, y), 11);
            else Layers.Marks.Cross(sheet, _theme, new(72, y), 11);
            sheet.Text(new(104, y + 4.8), (reason == Model.Tracing.DropReason.Rejected ? "REJECT: " : "DROP: ") + _story.Onwards, TextStyle.Strong(13), _theme.Drop);
            return;
        }
        if (_story.Output.Length == 0)
        {
            Layers.Marks.Tick(sheet, new(72, y), 10, Hue, _theme.Building);
            sheet.Text(new(104, y + 4.8), _story.Onwards, TextStyle.Medium(13), _theme.Words);
            return;
        }
        double half = FontBook.Measure(_story.Output, Layers.Marks.DockStyle) / 2 + 8, middle = Math.Max(72, Left + half);
        sheet.Line(new(middle + half, y), new(middle + half + 28, y), new(null, Hue, 4));
        Layers.Marks.Dock(sheet, _theme, new(middle, y), _story.Output, Hue);
        sheet.Text(new(middle + half + 40, y + 4.8), _story.Onwards, TextStyle.Medium(13), _theme.Words);
    }
}
