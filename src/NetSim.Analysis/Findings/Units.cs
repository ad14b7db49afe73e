using System.Globalization;

namespace NetSim.Analysis.Findings;

/// <summary>Spans of time for people.</summary>
internal static class Units
{
    /// <summary>"1.2 ms", "3 s".</summary>
    public static string Time(long nanoseconds)
    {
        double n = nanoseconds;
        var (value, unit) = n switch { < 1e6 => (n / 1e3, "µs"), < 1e9 => (n / 1e6, "ms"), < 120e9 => (n / 1e9, "s"), _ => (n / 60e9, "min") };
        return $"{value.ToString(value < 10 ? "0.#" : "0", CultureInfo.InvariantCulture)} {unit}";
    }
}
