using System.Globalization;
using NetSim.Rendering.Fonts;
using NetSim.Rendering.Scenes;
using NetSim.Rendering.Themes;

namespace NetSim.Rendering.Timelines;

/// <summary>Round steps on an axis.</summary>
internal static class TimeAxis
{
    /// <summary>A step of 1, 2 or 5 times a power of ten, so that a span has about so many of them.</summary>
    public static double Step(double span, int about)
    {
        double step = Math.Pow(10, Math.Floor(Math.Log10(Math.Max(span, 1e-9) / about)));
        foreach (int by in new[] { 10, 5, 2 })
            if (span / (step * by) >= about * 0.7) return step * by;
        return step;
    }

    /// <summary>Lines and times below a chart; times count from its left edge plus an offset, in seconds.</summary>
    public static void Draw(Sheet lines, Sheet words, Theme theme, Box chart, (double Offset, double Seconds) span)
    {
        double step = Step(span.Seconds, 8);
        double first = Math.Ceiling(span.Offset / step - 1e-9) * step, free = 0;
        for (int i = 0; first + i * step <= span.Offset + span.Seconds * (1 + 1e-9); i++)
        {
            double at = first + i * step, x = chart.X + (at - span.Offset) / span.Seconds * chart.Width;
            lines.Line(new(x, chart.Y), new(x, chart.Bottom + 5), new(null, theme.CardEdge));
            string label = Label(at, step);
            double width = FontBook.Measure(label, TextStyle.Mono(12)), left = Math.Min(x - width / 2, chart.Right - width);
            if (left < free) continue;
            words.Text(new(left, chart.Bottom + 21), label, TextStyle.Mono(12), theme.Second);
            free = left + width + 12;
        }
    }

    private static string Label(double seconds, double step)
    {
        if (step >= 1) return seconds.ToString("#,0", CultureInfo.InvariantCulture) + " s";
        if (step >= 0.1) return seconds.ToString("#,0.0", CultureInfo.InvariantCulture) + " s";
        if (step >= 1e-3) return (seconds * 1e3).ToString("#,0", CultureInfo.InvariantCulture) + " ms";
        return (seconds * 1e6).ToString("#,0.##", CultureInfo.InvariantCulture) + " µs";
    }
}
