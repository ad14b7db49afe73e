using NetSim.Rendering.Layout;
using NetSim.Rendering.Scenes;

namespace NetSim.Rendering.Films;

/// <summary>A packet's movement: each line of its way with the time at which it is travelled. Copies of a flooded frame travel together.</summary>
internal sealed class Motion
{
    private readonly List<(double Start, double End, IReadOnlyList<Spot> Line, int Stop)> _edges = [];
    private readonly HashSet<int> _parents = [];

    /// <summary>The movement of a flight that has ended.</summary>
    public Motion(Flight flight)
    {
        Flight = flight;
        var arrival = new double[flight.Stops.Count];
        for (int i = 0; i < flight.Stops.Count; i++)
        {
            var stop = flight.Stops[i];
            if (stop.From < 0 || stop.Line.Count < 2) continue;
            double start = arrival[stop.From];
            arrival[i] = start + 90 + Flight.Length(stop.Line) * 0.42;
            _parents.Add(stop.From);
            _edges.Add((start, arrival[i], stop.Line, i));
        }
        Arrivals = arrival;
        Travel = arrival.DefaultIfEmpty(0).Max();
        Total = Travel + (flight.Death is null ? 0 : 520);
    }

    public Flight Flight { get; }

    /// <summary>Milliseconds until the last copy has arrived.</summary>
    public double Travel { get; }

    /// <summary>Milliseconds until all has happened, a fall included.</summary>
    public double Total { get; }

    /// <summary>When each stop is reached.</summary>
    public IReadOnlyList<double> Arrivals { get; }

    /// <summary>Lines travelled by a time, the last one in part.</summary>
    public IReadOnlyList<IReadOnlyList<Spot>> Trail(double time) => [.. _edges.Where(e => e.Start < time).Select(e => Flight.Along(e.Line, Share(e, time) * Flight.Length(e.Line)).Way)];

    /// <summary>Where glyphs are at a time, with their headings.</summary>
    public IReadOnlyList<(Spot At, Heading Heading)> Glyphs(double time)
    {
        var glyphs = new List<(Spot, Heading)>();
        if (Flight.Stops.Count > 0 && (_edges.Count == 0 || time <= 0)) return [(Flight.Stops[0].At, Heading.None)];
        foreach (var e in _edges)
        {
            if (e.Start >= time || e.End < time && _parents.Contains(e.Stop)) continue;
            var (at, heading, _) = Flight.Along(e.Line, Share(e, time) * Flight.Length(e.Line));
            if (!glyphs.Exists(g => g.Item1.DistanceTo(at) < 3)) glyphs.Add((at, heading));
        }
        return glyphs;
    }

    /// <summary>Starts quickly and arrives softly, but only where the whole way ends.</summary>
    private double Share((double Start, double End, IReadOnlyList<Spot> Line, int Stop) e, double time)
    {
        double x = Math.Clamp((time - e.Start) / Math.Max(1, e.End - e.Start), 0, 1);
        return _parents.Contains(e.Stop) ? x : 1 - (1 - x) * (1 - x);
    }
}
