using System.Text;
using SkiaSharp;

namespace NetSim.Rendering.Fonts;

/// <summary>The shipped fonts: measures text before it is placed, and finds a face that has a character. The machine's own fonts are never asked, so a picture is the same everywhere.</summary>
public static class FontBook
{
    /// <summary>Stands for a character that no shipped face can draw.</summary>
    internal const char Missing = '□';

    private static readonly string[] Files = ["Inter-Regular.ttf", "Inter-Medium.ttf", "Inter-SemiBold.ttf", "JetBrainsMono-Regular.ttf", "JetBrainsMono-Medium.ttf"];
    private static readonly Lazy<SKTypeface>[] Faces = [.. Files.Select(f => new Lazy<SKTypeface>(() => Load(f)))];
    private static readonly Lazy<SKFont>[] Fonts1000 = [.. Enum.GetValues<FontFace>().Select(f => new Lazy<SKFont>(() => Font(f, 1000)))];
    private static readonly Lazy<float[]>[] Widths = [.. Enum.GetValues<FontFace>().Select(f => new Lazy<float[]>(() => AsciiWidths(f)))];

    /// <summary>The width of a line of text in px at scale 1.</summary>
    public static double Measure(string text, TextStyle style)
    {
        var widths = Widths[(int)style.Face].Value;
        double sum = 0;
        foreach (var rune in text.EnumerateRunes())
            sum += rune.Value < widths.Length ? widths[rune.Value] : Advance(rune, style.Face);
        return sum * style.Size / 1000;
    }

    /// <summary>Can a shipped face draw every character, with the others' help where <paramref name="face"/> lacks one?</summary>
    public static bool Covers(string text, FontFace face) => text.EnumerateRunes().All(r => Find(r, face) is not null);

    /// <summary>Can this face alone draw every character?</summary>
    internal static bool CoversAlone(string text, FontFace face) => text.EnumerateRunes().All(r => Has(face, r));

    /// <summary>The line cut where the face must change; characters that no face has become □.</summary>
    internal static IReadOnlyList<(FontFace Face, string Text)> Runs(string text, FontFace face)
    {
        if (CoversAlone(text, face)) return [(face, text)];
        var runs = new List<(FontFace Face, StringBuilder Text)>();
        foreach (var rune in text.EnumerateRunes())
        {
            var found = Find(rune, face);
            if (runs.Count == 0 || runs[^1].Face != (found ?? face)) runs.Add((found ?? face, new()));
            runs[^1].Text.Append(found is null ? Missing.ToString() : rune.ToString());
        }
        return runs.ConvertAll(r => (r.Face, r.Text.ToString()));
    }

    /// <summary>The typeface of a face.</summary>
    internal static SKTypeface Typeface(FontFace face) => Faces[(int)face].Value;

    /// <summary>A face ready to draw at a size, without hinting, so that it looks the same at each scale.</summary>
    internal static SKFont Font(FontFace face, double size) => new(Typeface(face), (float)size)
    {
        Subpixel = true,
        Edging = SKFontEdging.Antialias,
        Hinting = SKFontHinting.None,
        LinearMetrics = true,
    };

    /// <summary>Shortens a line to a width by taking its middle out: "br-7dc…a23".</summary>
    public static string Shorten(string text, TextStyle style, double width)
    {
        if (Measure(text, style) <= width) return text;
        var runes = text.EnumerateRunes().ToList();
        for (int keep = runes.Count - 1; keep > 1; keep--)
        {
            int head = (keep + 1) / 2;
            string tried = string.Concat(runes.Take(head)) + "…" + string.Concat(runes.Skip(runes.Count - (keep - head)));
            if (Measure(tried, style) <= width) return tried;
        }
        return "…";
    }

    /// <summary>Breaks words into lines of at most a width; a word that is too long is shortened.</summary>
    public static IReadOnlyList<string> Wrap(string text, TextStyle style, double width)
    {
        var lines = new List<string>();
        string line = "";
        foreach (string word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            string longer = line.Length == 0 ? word : line + " " + word;
            if (line.Length > 0 && Measure(longer, style) > width)
            {
                lines.Add(line);
                longer = word;
            }
            line = line.Length == 0 || longer == word ? Shorten(longer, style, width) : longer;
        }
        if (line.Length > 0) lines.Add(line);
        return lines;
    }

    private static FontFace? Find(Rune rune, FontFace wanted)
    {
        if (Has(wanted, rune)) return wanted;
        foreach (var other in Enum.GetValues<FontFace>())
            if (Has(other, rune)) return other;
        return null;
    }

    private static bool Has(FontFace face, Rune rune) => Fonts1000[(int)face].Value.ContainsGlyph(rune.Value);

    private static float Advance(Rune rune, FontFace face)
    {
        var found = Find(rune, face);
        using var font = Font(found ?? face, 1000);
        return font.MeasureText(found is null ? Missing.ToString() : rune.ToString());
    }

    private static float[] AsciiWidths(FontFace face)
    {
        using var font = Font(face, 1000);
        return [.. Enumerable.Range(0, 128).Select(c => c < 32 ? 0 : font.MeasureText(((char)c).ToString()))];
    }

    private static SKTypeface Load(string file)
    {
        using var stream = typeof(FontBook).Assembly.GetManifestResourceStream(file) ?? throw new InvalidOperationException($"the font {file} is not embedded");
        using var data = SKData.Create(stream);
        return SKTypeface.FromData(data) ?? throw new InvalidOperationException($"the font {file} can't be read");
    }
}
