using NetSim.Rendering.Fonts;
using NetSim.Rendering.Scenes;
using NetSim.Rendering.Themes;

namespace NetSim.Rendering.Layers;

/// <summary>How a packet ends: the mark where it died, its fall, and the bin named by the reason.</summary>
internal static class FallLayer
{
    /// <summary>Mark, fall and glyph. <paramref name="share"/> is how much of the fall has happened, from 0 to 1.</summary>
    public static void Draw(Sheet sheet, MapView view, Ending end, double share)
    {
        var t = view.Theme;
        if (end.Bin is { } bin) Bin(sheet, view, end, bin);
        if (end.Rest is { } rest)
        {
            bool falls = end.Bin is not null;
            var at = falls ? new Spot(rest.X, end.Mark.Y + (rest.Y - end.Mark.Y) * share) : rest;
            if (falls && at.Y - end.Mark.Y > 26) sheet.Line(end.Mark.Plus(0, 13), at.Plus(0, -10), new(null, t.Drop, 2, (1, 7), true), guarded: true);
            Glyphs.Packet(sheet, t, view.Flight!.Entry.Summary.Class, at, view.Index.WireLength(view.Flight.Entry), falls ? Heading.Down : Heading.None, t.Card);
        }
        Marks.Verdict(sheet, t, end.Verdict, end.Mark, view.Hue);
    }

    /// <summary>The last piece of the way, from the place where it died to the mark beside it. Drawn under docks.</summary>
    public static void Stub(Sheet sheet, MapView view, Ending end) => sheet.Line(end.From, end.Mark, new(null, view.Hue, Tokens.Observed, Round: true), guarded: true);

    /// <summary>Who fell before lies in it; the words say why and how many.</summary>
    private static void Bin(Sheet sheet, MapView view, Ending end, Box bin)
    {
        var t = view.Theme;
        sheet.Way([new(bin.X, bin.Y), new(bin.X, bin.Bottom), new(bin.Right, bin.Bottom), new(bin.Right, bin.Y)], 4, new(null, t.Drop, 2, Round: true), guarded: true);
        for (int i = 0; i < Math.Min(end.Count - 1, 6); i++)
            Glyphs.Shape(sheet, view.Flight!.Entry.Summary.Class, new(bin.X + 8 + 11 * (i % 3), bin.Bottom - 7 - 9 * (i / 3)), 3.5, 3.5, new(view.Hue));
        double x = end.WordsLeft ? bin.X - 9 : bin.Right + 9, room = RoomFor(view, end, x);
        var anchor = end.WordsLeft ? Anchor.End : Anchor.Start;
        string verb = end.Verdict == Stories.Verdict.Rejected ? "turned away" : "dropped";
        sheet.Fitted(new(x, bin.Y + 12), $"{end.Count} {verb}", TextStyle.Strong(12.5), t.Drop, room, anchor);
        sheet.Fitted(new(x, bin.Y + 28), end.Reason, TextStyle.Mono(11), t.Second, room, anchor);
    }

    private static double RoomFor(MapView view, Ending end, double x)
    {
        if (view.Layout.Rooms.Where(r => r.Box.Contains(new(end.Mark.X, end.Mark.Y, 0, 0))).Select(r => (Box?)r.Box).FirstOrDefault() is not { } room) return end.WordsLeft ? x - view.Layout.Lobby.Left : 140;
        return end.WordsLeft ? x - room.X - Tokens.RoomPadding : room.Right - 12 - x;
    }
}
