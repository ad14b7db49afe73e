using System.Globalization;
using NetSim.Model.Tracing;

namespace NetSim.Docker.Inspect;

/// <summary>Simulated time as Docker writes it. The run's zero stands for the first of January 2026.</summary>
internal static class Timestamps
{
    private static readonly DateTime Zero = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>"2026-01-01T00:00:01.5Z"; null is Go's zero time.</summary>
    public static string Of(SimTime? time)
    {
        if (time is not { } t) return "0001-01-01T00:00:00Z";
        long fraction = t.Nanoseconds % 1_000_000_000;
        string text = Whole(t).ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture);
        return fraction == 0 ? text + "Z" : $"{text}.{fraction.ToString("000000000", CultureInfo.InvariantCulture).TrimEnd('0')}Z";
    }

    /// <summary>"2026-01-01 00:00:01.500000000 +0000 UTC", as docker events has it with nine digits.</summary>
    public static string Event(SimTime t) =>
        $"{Whole(t).ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture)}.{(t.Nanoseconds % 1_000_000_000).ToString("000000000", CultureInfo.InvariantCulture)}Z";

    /// <summary>"14:05", as ps has it.</summary>
    public static string Clock(SimTime? time) => Whole(time ?? SimTime.Zero).ToString("HH:mm", CultureInfo.InvariantCulture);

    /// <summary>Seconds since 1970.</summary>
    public static long Unix(SimTime t) => new DateTimeOffset(Whole(t)).ToUnixTimeSeconds();

    /// <summary>"2026-01-01 00:00:01 +0000 UTC".</summary>
    public static string Listing(SimTime t) => Whole(t).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) + " +0000 UTC";

    /// <summary>"5 seconds", "About a minute", as Docker rounds. Source: github.com/docker/go-units duration.go HumanDuration.</summary>
    public static string Span(TimeSpan d)
    {
        int seconds = (int)d.TotalSeconds, minutes = (int)d.TotalMinutes, hours = (int)Math.Round(d.TotalHours);
        if (seconds < 1) return "Less than a second";
        if (seconds == 1) return "1 second";
        if (seconds < 60) return $"{seconds} seconds";
        if (minutes == 1) return "About a minute";
        if (minutes < 60) return $"{minutes} minutes";
        if (hours == 1) return "About an hour";
        if (hours < 48) return $"{hours} hours";
        if (hours < 24 * 7 * 2) return $"{hours / 24} days";
        return hours < 24 * 30 * 2 ? $"{hours / 24 / 7} weeks" : $"{hours / 24 / 30} months";
    }

    private static DateTime Whole(SimTime t) => Zero.AddSeconds(t.Nanoseconds / 1_000_000_000);
}
