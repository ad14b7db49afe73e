using NetSim.Rendering.Fonts;
using NetSim.Rendering.Output;
using NetSim.Rendering.Scenes;
using NetSim.Rendering.Stories;
using NetSim.Rendering.Themes;

namespace NetSim.Rendering.Layers;

/// <summary>Marks of verdicts, and the small furniture of the map: docks, cards, pills. A verdict is never told by colour alone.</summary>
internal static class Marks
{
    private const double Tilt = Math.PI / 8;

    /// <summary>The mark of a judgement.</summary>
    public static void Verdict(Sheet sheet, Theme theme, Verdict verdict, Spot at, Colour hue)
    {
        switch (verdict)
        {
            case Stories.Verdict.Accepted: Tick(sheet, at, 7, hue, theme.Card); break;
            case Stories.Verdict.Changed: Swap(sheet, at, 8, hue, theme.Card); break;
            case Stories.Verdict.Dropped: Cross(sheet, theme, at, 9); break;
            case Stories.Verdict.Rejected: Reject(sheet, theme, at, 8); break;
            default: sheet.Circle(at, 5, new(theme.Card, hue, 2)); break;
        }
    }

    /// <summary>Accepted: a ring with a tick.</summary>
    public static void Tick(Sheet sheet, Spot p, double r, Colour hue, Colour paper)
    {
        sheet.Circle(p, r, new(paper, hue, 1.5));
        sheet.Way([p.Plus(-r * .42, r * .02), p.Plus(-r * .12, r * .36), p.Plus(r * .43, -r * .3)], 0, new(null, hue, 1.6, Round: true));
    }

    /// <summary>Dropped: a filled octagon with a cross.</summary>
    public static void Cross(Sheet sheet, Theme theme, Spot p, double r)
    {
        Octagon(sheet, p, r * 1.12, new(theme.Drop));
        double q = r * .42;
        var ink = new Ink(null, theme.OnDrop, Math.Max(1.6, r * .24), Round: true);
        sheet.Line(p.Plus(-q, -q), p.Plus(q, q), ink);
        sheet.Line(p.Plus(q, -q), p.Plus(-q, q), ink);
    }

    /// <summary>Rejected: the outline of an octagon with an arrow that returns.</summary>
    public static void Reject(Sheet sheet, Theme theme, Spot p, double r)
    {
        Octagon(sheet, p, r * 1.12, new(theme.Card, theme.Drop, 1.6));
        var ink = new Ink(null, theme.Drop, 1.5, Round: true);
        sheet.Way([p.Plus(r * .45, r * .35), p.Plus(r * .45, -r * .2), p.Plus(-r * .45, -r * .2)], 2, ink);
        sheet.Way([p.Plus(-r * .15, -r * .5), p.Plus(-r * .45, -r * .2), p.Plus(-r * .15, r * .1)], 0, ink);
    }

    /// <summary>Readdressed: two arrows in a square.</summary>
    public static void Swap(Sheet sheet, Spot p, double r, Colour hue, Colour paper)
    {
        sheet.Rect(new(p.X - r * .92, p.Y - r * .92, r * 1.84, r * 1.84), 2.5, new(paper, hue, 1.5));
        var ink = new Ink(null, hue, 1.3, Round: true);
        double a = r * .48, up = -r * .3, down = r * .34, head = r * .26;
        sheet.Line(p.Plus(-a, up), p.Plus(a, up), ink);
        sheet.Way([p.Plus(a - head, up - head), p.Plus(a, up), p.Plus(a - head, up + head)], 0, ink);
        sheet.Line(p.Plus(a, down), p.Plus(-a, down), ink);
        sheet.Way([p.Plus(-a + head, down - head), p.Plus(-a, down), p.Plus(-a + head, down + head)], 0, ink);
    }

    /// <summary>A named cable end: a plug that straddles an edge. Its middle is the point.</summary>
    public static void Dock(Sheet sheet, Theme theme, Spot at, string name, Colour? active)
    {
        var box = DockBox(at, name);
        sheet.Rect(box, Tokens.DockRadius, new(theme.Card, active ?? theme.Edge, 1.5));
        sheet.Text(at.Plus(0, 4.2), name, DockStyle, active ?? theme.Second, Anchor.Middle);
    }

    /// <summary>What a dock covers.</summary>
    public static Box DockBox(Spot at, string name)
    {
        double width = FontBook.Measure(name, DockStyle) + 16;
        return new(at.X - width / 2, at.Y - 10, width, 20);
    }

    /// <summary>The letters on a dock.</summary>
    public static TextStyle DockStyle => TextStyle.MonoMedium(11.5);

    /// <summary>A sheet of paper that lies on another: in the light theme it throws a soft shadow.</summary>
    public static void Card(Sheet sheet, Theme theme, Box box, double radius, Ink? ink = null)
    {
        if (theme.Shadows)
        {
            sheet.Add(new Shape.Rect(new(box.X, box.Y + 1.5, box.Width, box.Height), radius, new(theme.Words)) { Opacity = .05 });
            sheet.Add(new Shape.Rect(new(box.X - .5, box.Y + 4, box.Width + 1, box.Height), radius + 1, new(theme.Words)) { Opacity = .025 });
        }
        sheet.Rect(box, radius, ink ?? new(theme.Card, theme.CardEdge));
    }

    /// <summary>What a step added: a frame in the accent that is gone in the next step.</summary>
    public static void Halo(Sheet sheet, Theme theme, Box box, double radius) => sheet.Rect(box.Grown(4), radius + 4, new(null, theme.Accent, 2));

    private static void Octagon(Sheet sheet, Spot p, double r, Ink ink)
    {
        var corners = new (double, double)[8];
        for (int i = 0; i < 8; i++) corners[i] = (r * Math.Cos(Tilt + i * Math.PI / 4), r * Math.Sin(Tilt + i * Math.PI / 4));
        Glyphs.Polygon(sheet, p, ink, corners);
    }

    /// <summary>The path of a box whose lower corners are round.</summary>
    public static string SlabSteps(Box b, double r) =>
        $"M{Svg.Number(b.X)} {Svg.Number(b.Y)}H{Svg.Number(b.Right)}V{Svg.Number(b.Bottom - r)}a{Svg.Number(r)} {Svg.Number(r)} 0 0 1 {Svg.Number(-r)} {Svg.Number(r)}H{Svg.Number(b.X + r)}a{Svg.Number(r)} {Svg.Number(r)} 0 0 1 {Svg.Number(-r)} {Svg.Number(-r)}Z";
}
