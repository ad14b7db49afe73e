using System.Globalization;

namespace NetSim.Rendering.Output;

/// <summary>Numbers and texts as SVG writes them.</summary>
internal static class Svg
{
    /// <summary>At most two digits after the point, none that say nothing.</summary>
    public static string Number(double value) => Math.Round(value, 2).ToString("0.##", CultureInfo.InvariantCulture) is var s && s == "-0" ? "0" : s;

    /// <summary>Text for an element or an attribute; characters that XML forbids become U+FFFD.</summary>
    public static string Escape(string text)
    {
        var safe = new System.Text.StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            safe.Append(rune.Value switch
            {
                '&' => "&amp;",
                '<' => "&lt;",
                '>' => "&gt;",
                '"' => "&quot;",
                < 32 and not 9 and not 10 or 0xFFFE or 0xFFFF => "\uFFFD",
                _ => rune.ToString(),
            });
        return safe.ToString();
    }
}
