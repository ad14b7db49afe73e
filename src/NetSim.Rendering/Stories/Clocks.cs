using System.Globalization;
using NetSim.Model.Tracing;

namespace NetSim.Rendering.Stories;

/// <summary>Times of one trace as people read them.</summary>
/// <param name="Start">The trace's first event.</param>
internal readonly record struct Clocks(SimTime Start)
{
    /// <summary>"5.445" and "809".</summary>
    public (string Milli, string Micro) Of(SimTime time) => Clock.Parts(time, Start);

    /// <summary>"5.445 809 s"; of a trace that lasts for days "52,201,666 s".</summary>
    public string Words(SimTime time)
    {
        double seconds = Clock.Seconds(time, Start);
        if (seconds >= 100_000) return seconds.ToString("N0", CultureInfo.InvariantCulture) + " s";
        var (milli, micro) = Of(time);
        return $"{milli} {micro} s";
    }
}
