using System.Globalization;
using NetSim.Model.Tracing;

namespace NetSim.Rendering.Stories;

/// <summary>Times as people read them: since the beginning, milliseconds and microseconds apart.</summary>
internal static class Clock
{
    /// <summary>A trace that counts from 1970 is shown from its first event.</summary>
    private const long Epochal = 100_000_000_000_000_000;

    /// <summary>Seconds since the picture's zero.</summary>
    public static double Seconds(SimTime time, SimTime start) => (time.Nanoseconds - (start.Nanoseconds > Epochal ? start.Nanoseconds : 0)) / 1e9;

    /// <summary>"5.445" and "809" of 5.445809 s.</summary>
    public static (string Milli, string Micro) Parts(SimTime time, SimTime start)
    {
        string text = Seconds(time, start).ToString("0.000000", CultureInfo.InvariantCulture);
        return (text[..^3], text[^3..]);
    }
}
