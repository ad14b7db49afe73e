using System.Globalization;

namespace NetSim.Rendering.Stories;

/// <summary>Spans of time and amounts as people say them.</summary>
internal static class Spans
{
    /// <summary>"53 µs", "1.3 ms", "472 ms", "1.30 s", "4 min 10 s".</summary>
    public static string Of(TimeSpan span)
    {
        double us = span.Ticks / 10.0;
        if (us < 1) return $"{span.Ticks * 100} ns";
        if (us < 999.5) return string.Create(CultureInfo.InvariantCulture, $"{us:0} µs");
        if (us < 9_950) return string.Create(CultureInfo.InvariantCulture, $"{us / 1e3:0.0} ms");
        if (us < 999_500) return string.Create(CultureInfo.InvariantCulture, $"{us / 1e3:0} ms");
        if (us < 9_995_000) return string.Create(CultureInfo.InvariantCulture, $"{us / 1e6:0.00} s");
        if (us < 99_950_000) return string.Create(CultureInfo.InvariantCulture, $"{us / 1e6:0.0} s");
        return us < 3.6e9 ? $"{(int)span.TotalMinutes} min {span.Seconds} s" : us < 8.64e10 ? $"{(int)span.TotalHours} h {span.Minutes} min" : $"{(int)span.TotalDays} d {span.Hours} h";
    }

    /// <summary>"1,448".</summary>
    public static string Number(long n) => n.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>"1 packet", "12 packets".</summary>
    public static string Count(long n, string noun) => $"{Number(n)} {noun}{(n == 1 ? "" : noun.EndsWith('s') ? "es" : "s")}";

    /// <summary>"812 B", "1.4 kB", "2.3 MB".</summary>
    public static string Bytes(double n) => n < 1000 ? string.Create(CultureInfo.InvariantCulture, $"{n:0} B")
        : n < 1e6 ? string.Create(CultureInfo.InvariantCulture, $"{n / 1e3:0.#} kB")
        : n < 1e9 ? string.Create(CultureInfo.InvariantCulture, $"{n / 1e6:0.##} MB") : string.Create(CultureInfo.InvariantCulture, $"{n / 1e9:0.##} GB");
}
