using System.Globalization;
using NetSim.Rendering.Fonts;
using NetSim.Rendering.Scenes;
using NetSim.Rendering.Stories;
using NetSim.Rendering.Themes;

namespace NetSim.Rendering.Layers;

/// <summary>Where we are in the story, one sentence, one line of why; at the right which packet, and the time.</summary>
internal static class CaptionLayer
{
    public static Sheet Draw(MapView view, Caption caption)
    {
        var sheet = new Sheet("caption");
        var t = view.Theme;
        double right = view.Layout.PageWidth - Tokens.Page, y = view.Layout.Building.Bottom + 38;
        double counter = Counter(sheet, view, new(right, y));
        double clock = Time(sheet, view, new(right, y + 31));
        double left = Tokens.Page;
        sheet.Fitted(new(left, y), caption.Chapter, TextStyle.Medium(13), t.Third, right - counter - left - 32);
        double size = 21, room = right - clock - left - 32;
        while (size > 16 && FontBook.Measure(caption.Sentence, TextStyle.Strong(size)) > room) size -= 0.5;
        sheet.Fitted(new(left, y + 31), caption.Sentence, TextStyle.Strong(size), t.Words, room);
        sheet.Fitted(new(left, y + 55), caption.Why, TextStyle.Sans(14), t.Second, right - left);
        return sheet;
    }

    private static double Counter(Sheet sheet, MapView view, Spot at)
    {
        var t = view.Theme;
        TextStyle plain = TextStyle.Sans(13), strong = TextStyle.Strong(13);
        string total = view.Index.Shown.Count.ToString("N0", CultureInfo.InvariantCulture);
        if (view.Flight is not { } flight) return sheet.Text(at, $"{total} packets", plain, t.Third, Anchor.End);
        string number = (flight.Entry.Order + 1).ToString("N0", CultureInfo.InvariantCulture);
        int seen = flight.PacketPath.Legs.Count(l => l.Row <= flight.Row && IsSighting(l));
        int all = flight.PacketPath.Legs.Count(IsSighting);
        if (flight.Death is not null) return sheet.Runs(at, [("packet ", plain, t.Third), (number, strong, t.Words), ($" of {total}, ", plain, t.Third), (flight.Entry.Drop is Model.Tracing.DropReason.Rejected or Model.Tracing.DropReason.NoSocket ? "turned away" : "dropped", strong, t.Drop)], Anchor.End);
        if (all < 2) return sheet.Runs(at, [("packet ", plain, t.Third), (number, strong, t.Words), ($" of {total}", plain, t.Third)], Anchor.End);
        return sheet.Runs(at, [("packet ", plain, t.Third), (number, strong, t.Words), ($" of {total}, seen at ", plain, t.Third),
            (seen.ToString(CultureInfo.InvariantCulture), strong, t.Words), ($" of {all} places", plain, t.Third)], Anchor.End);
    }

    private static bool IsSighting(Leg leg) => leg.Station is null && leg.Event.Step is Model.Tracing.Step.Received or Model.Tracing.Step.Transmitted or Model.Tracing.Step.Seen;

    private static double Time(Sheet sheet, MapView view, Spot at)
    {
        var t = view.Theme;
        var (milli, micro) = Clock.Parts(view.Index.TimeOf(view.Row), view.Index.Start);
        double width = sheet.Text(at, "s", TextStyle.Sans(15), t.Third, Anchor.End) + 6;
        width += sheet.Text(at.Plus(-width, 0), micro, TextStyle.MonoMedium(21), t.Third, Anchor.End) + 4;
        return width + sheet.Text(at.Plus(-width, 0), milli, TextStyle.MonoMedium(21), t.Words, Anchor.End);
    }
}
