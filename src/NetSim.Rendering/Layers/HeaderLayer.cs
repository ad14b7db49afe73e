using System.Globalization;
using NetSim.Rendering.Fonts;
using NetSim.Rendering.Scenes;
using NetSim.Rendering.Stories;
using NetSim.Rendering.Themes;

namespace NetSim.Rendering.Layers;

/// <summary>Title at the left, and at the right the ledger: a counter that adds up to the input, and its bar.</summary>
internal static class HeaderLayer
{
    public static Sheet Draw(MapView view)
    {
        var sheet = new Sheet("header");
        double ledger = Ledger(sheet, view.Theme, view.Told ?? view.Index.Ledger, view.Layout.PageWidth - Tokens.Page);
        Titles(sheet, view.Theme, view.Options.Title, view.Options.Subtitle.Length > 0 ? view.Options.Subtitle : Subtitle(view), ledger);
        return sheet;
    }

    /// <summary>Title and second voice, as far as they fit left of an x.</summary>
    public static void Titles(Sheet sheet, Theme theme, string title, string subtitle, double end)
    {
        double room = end - Tokens.Page - 32;
        double width = sheet.Fitted(new(Tokens.Page, 46), title, TextStyle.Strong(18), theme.Words, room);
        double x = Tokens.Page + width + (width > 0 ? 14 : 0);
        if (FontBook.Measure(subtitle, TextStyle.Sans(13.5)) <= room - width - 14) sheet.Text(new(x, 46), subtitle, TextStyle.Sans(13.5), theme.Third);
    }

    private static string Subtitle(MapView view)
    {
        int networks = view.Layout.Plan.Rooms.Count(r => !r.IsDefault || r.Feet.Count > 0), containers = view.Layout.Plan.Cards.Count;
        var parts = new List<string>();
        if (networks > 0) parts.Add(Counted(networks, "network"));
        if (containers > 0) parts.Add(Counted(containers, "container"));
        if (view.Layout.Plan.Outside is not null) parts.Add("a client outside");
        return string.Join(", ", parts);
    }

    /// <summary>"two networks".</summary>
    public static string Counted(int n, string noun)
    {
        string[] words = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
        return (n < words.Length ? words[n] : n.ToString(CultureInfo.InvariantCulture)) + " " + noun + (n == 1 ? "" : noun.EndsWith('s') ? "es" : "s");
    }

    /// <summary>The counter that adds up to the input, flush with the right; gives the x where it begins.</summary>
    public static double Ledger(Sheet sheet, Theme t, Ledger l, double right)
    {
        (long Number, string Word)[] parts = [(l.Recorded, "recorded"), (l.Shown, "shown"), (l.Merged, "merged"), (l.Hidden, "hidden"), (l.Lost, "lost")];
        double x = right;
        for (int i = parts.Length - 1; i >= 0; i--)
        {
            string number = parts[i].Number.ToString("N0", CultureInfo.InvariantCulture);
            x -= sheet.Text(new(x, 46), parts[i].Word, TextStyle.Sans(12.5), t.Second, Anchor.End) + 5;
            x -= sheet.Text(new(x, 46), number, TextStyle.MonoMedium(14), t.Words, Anchor.End);
            if (i == 0) break;
            x -= 10;
            x -= sheet.Text(new(x, 46), i == 1 ? "=" : "+", TextStyle.Sans(13), t.Third, Anchor.End) + 10;
        }
        Bar(sheet, t, l, new(x, 58, right - x, 4));
        return x;
    }

    /// <summary>The parts in proportion; the smallest still shows.</summary>
    private static void Bar(Sheet sheet, Theme t, Ledger l, Box box)
    {
        (long Count, Ink Ink)[] parts = [(l.Shown, new(t.Words)), (l.Merged, new(t.Wire)), (l.Hidden, new(t.Floor, t.Wire)), (l.Lost, new(t.Drop))];
        var there = parts.Where(p => p.Count > 0).ToList();
        double spare = box.Width - (there.Count - 1) * 2 - there.Count * 4, x = box.X;
        foreach (var (count, ink) in there)
        {
            double width = 4 + spare * count / Math.Max(1, l.Recorded);
            sheet.Rect(ink.Stroke is null ? new(x, box.Y, width, 4) : new(x + .5, box.Y + .5, width - 1, 3), 0, ink);
            x += width + 2;
        }
    }
}
