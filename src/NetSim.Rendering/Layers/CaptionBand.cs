using NetSim.Rendering.Fonts;
using NetSim.Rendering.Scenes;
using NetSim.Rendering.Stories;
using NetSim.Rendering.Themes;

namespace NetSim.Rendering.Layers;

/// <summary>Chapter, sentence and why below a panel; a note and the time at the right.</summary>
internal static class CaptionBand
{
    /// <summary>Height of the band.</summary>
    public const double Height = 104;

    /// <summary>Draws it below a y.</summary>
    public static Sheet Draw(Theme theme, Caption caption, string note, (string Milli, string Micro)? clock, (double Width, double Y) at)
    {
        var sheet = new Sheet("caption");
        double right = at.Width - Tokens.Page, y = at.Y + 40, left = Tokens.Page;
        double noted = sheet.Text(new(right, y), note, TextStyle.Sans(13), theme.Third, Anchor.End);
        double time = clock is { } c ? Time(sheet, theme, c, new(right, y + 29)) : 0;
        sheet.Fitted(new(left, y), caption.Chapter, TextStyle.Medium(13), theme.Third, right - noted - left - 32);
        double size = 21, room = right - time - left - 32;
        while (size > 15 && FontBook.Measure(caption.Sentence, TextStyle.Strong(size)) > room) size -= 0.5;
        sheet.Fitted(new(left, y + 29), caption.Sentence, TextStyle.Strong(size), theme.Words, room);
        sheet.Fitted(new(left, y + 53), caption.Why, TextStyle.Sans(14), theme.Second, right - left);
        return sheet;
    }

    private static double Time(Sheet sheet, Theme t, (string Milli, string Micro) clock, Spot at)
    {
        double width = sheet.Text(at, "s", TextStyle.Sans(15), t.Third, Anchor.End) + 6;
        width += sheet.Text(at.Plus(-width, 0), clock.Micro, TextStyle.MonoMedium(21), t.Third, Anchor.End) + 4;
        return width + sheet.Text(at.Plus(-width, 0), clock.Milli, TextStyle.MonoMedium(21), t.Words, Anchor.End);
    }
}
