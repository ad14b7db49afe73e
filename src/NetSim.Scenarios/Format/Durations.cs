using System.Globalization;

namespace NetSim.Scenarios.Format;

/// <summary>Spans of time as people write them: 2, 1.5s, 20ms, 1m.</summary>
internal static class Durations
{
    private static readonly (string Unit, double Seconds)[] Units = [("ms", 0.001), ("us", 0.000001), ("s", 1), ("m", 60), ("h", 3600), ("", 1)];

    /// <summary>Reads a span; a number alone means seconds. At most a day.</summary>
    public static bool TryParse(string text, out TimeSpan span)
    {
        span = default;
        foreach (var (unit, seconds) in Units)
        {
            if (!text.EndsWith(unit, StringComparison.Ordinal)) continue;
            if (!double.TryParse(text[..^unit.Length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double n)) continue;
            if (n * seconds > 86_400) return false;
            span = TimeSpan.FromSeconds(n * seconds);
            return true;
        }
        return false;
    }
}
