using NetSim.Rendering.Fonts;
using NetSim.Rendering.Scenes;
using NetSim.Rendering.Themes;

namespace NetSim.Rendering.Layers;

/// <summary>The packet in focus: its way so far, a station for each thing that judged it, its glyph and its tag.</summary>
internal static class FlightLayer
{
    /// <summary>The coloured way. Drawn under docks and over cables.</summary>
    public static Sheet Trail(MapView view)
    {
        var sheet = new Sheet("trail");
        if (view.Flight is not { } flight) return sheet;
        foreach (var line in flight.Trail)
            sheet.Way(line, 8, new(null, view.Hue, Tokens.Observed, Round: true), guarded: true);
        if (Ending.Of(view) is { } end && end.From != end.Mark) FallLayer.Stub(sheet, view, end);
        return sheet;
    }

    /// <summary>Stations and glyph.</summary>
    public static Sheet Glyph(MapView view)
    {
        var sheet = new Sheet("packet");
        if (view.Flight is not { } flight) return sheet;
        foreach (var s in flight.Stations)
        {
            Marks.Verdict(sheet, view.Theme, s.Station.Verdict, s.At, view.Hue);
            sheet.Text(s.At.Plus(0, 23), s.Station.Label, TextStyle.Mono(11), view.Theme.Second, Anchor.Middle);
        }
        if (flight.Glyph is not { } at) return sheet;
        if (Ending.Of(view) is { } end) FallLayer.Draw(sheet, view, end, 1);
        else Glyphs.Packet(sheet, view.Theme, flight.Entry.Summary.Class, at, view.Index.WireLength(flight.Entry), flight.Heading, view.Theme.Card);
        return sheet;
    }

    /// <summary>What the packet says: its label, its length, its addresses. It tries places around the glyph until one is free.</summary>
    public static Sheet Tag(MapView view, IReadOnlyList<Sheet> below)
    {
        var sheet = new Sheet("tag");
        if (view.Flight is not { Glyph: { } glyph } flight) return sheet;
        var end = Ending.Of(view);
        var at = end?.Anchor ?? glyph;
        var said = TagWords.Of(view, flight, end is { Bin: null } ? end.Reason : "");
        var obstacles = Obstacles.Of(below);
        if (TagPlace.Choose(said, at, obstacles, view.Layout) is { } place) Draw(sheet, view, place.Said, (place.Box, at));
        return sheet;
    }

    private static void Draw(Sheet sheet, MapView view, TagWords said, (Box Box, Spot Glyph) at)
    {
        var t = view.Theme;
        var (box, glyph) = at;
        var hue = view.Flight!.Death is null ? view.Hue : t.Drop;
        Leader(sheet, box, glyph, new(null, hue, Tokens.Leader));
        Marks.Card(sheet, t, box, Tokens.CardRadius, new(t.Card, hue, 1.5));
        var kind = view.Flight.Entry.Summary.Class;
        Glyphs.Small(sheet, t, kind, new(box.X + 23, box.Y + 20), 6, 9, t.Card);
        double note = FontBook.Measure(said.Length, TextStyle.Mono(12));
        sheet.Fitted(new(box.X + 42, box.Y + 25.4), said.Head, TextStyle.Strong(15), view.Hue, box.Width - 64 - note);
        sheet.Text(new(box.Right - 14, box.Y + 25), said.Length, TextStyle.Mono(12), t.Second, Anchor.End);
        for (int i = 0; i < said.Lines.Count; i++)
        {
            double x = box.X + 14, y = box.Y + 46 + 18 * i;
            foreach (var (words, struck) in said.Lines[i])
            {
                double width = FontBook.Measure(words, TextStyle.Mono(11.5));
                sheet.Text(new(x, y), words, TextStyle.Mono(11.5), struck ? t.Third : t.Second, struck: struck);
                x += width;
            }
        }
    }

    private static void Leader(Sheet sheet, Box box, Spot glyph, Ink ink)
    {
        if (glyph.Y > box.Bottom) sheet.Line(new(Math.Clamp(glyph.X, box.X + 12, box.Right - 12), box.Bottom), glyph.Plus(0, -12), ink);
        else if (glyph.Y < box.Y) sheet.Line(new(Math.Clamp(glyph.X, box.X + 12, box.Right - 12), box.Y), glyph.Plus(0, 12), ink);
        else if (glyph.X < box.X) sheet.Line(new(box.X, glyph.Y), glyph.Plus(17, 0), ink);
        else sheet.Line(new(box.Right, glyph.Y), glyph.Plus(-17, 0), ink);
    }
}
