using System.Globalization;

namespace NetSim.Cli.Output;

/// <summary>Numbers as people read them.</summary>
internal static class Figures
{
    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    /// <summary>"1,089".</summary>
    public static string Count(long n) => n.ToString("#,0", Invariant);

    /// <summary>"165.6 kB", "3.7 GB".</summary>
    public static string Bytes(long n) => n switch
    {
        < 1000 => string.Create(Invariant, $"{n} B"),
        < 1_000_000 => string.Create(Invariant, $"{n / 1e3:0.0} kB"),
        < 1_000_000_000 => string.Create(Invariant, $"{n / 1e6:0.0} MB"),
        _ => string.Create(Invariant, $"{n / 1e9:0.00} GB"),
    };

    /// <summary>"12.5 ms" of nanoseconds.</summary>
    public static string Time(long ns) => Math.Abs((double)ns) switch
    {
        < 1e3 => string.Create(Invariant, $"{ns} ns"),
        < 1e6 => string.Create(Invariant, $"{ns / 1e3:0.#} µs"),
        < 1e9 => string.Create(Invariant, $"{ns / 1e6:0.#} ms"),
        < 120e9 => string.Create(Invariant, $"{ns / 1e9:0.##} s"),
        < 7200e9 => string.Create(Invariant, $"{ns / 60e9:0.#} min"),
        < 172800e9 => string.Create(Invariant, $"{ns / 3600e9:0.#} h"),
        _ => string.Create(Invariant, $"{ns / 86400e9:0.#} days"),
    };

    /// <summary>"2024-11-02 13:50:35 UTC" of nanoseconds since 1970.</summary>
    public static string Moment(long ns) => DateTime.UnixEpoch.AddTicks(ns / 100).ToString("yyyy-MM-dd HH:mm:ss 'UTC'", Invariant);

    /// <summary>"54 %".</summary>
    public static string Share(long part, long whole) => (100.0 * part / Math.Max(1, whole)) switch
    {
        < 1 => "<1 %",
        var p => string.Create(Invariant, $"{p:0} %"),
    };
}
