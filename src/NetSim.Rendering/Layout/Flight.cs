using NetSim.Model.Tracing;
using NetSim.Rendering.Scenes;
using NetSim.Rendering.Stories;

namespace NetSim.Rendering.Layout;

/// <summary>A place that a packet has come to, and the line by which it came.</summary>
internal sealed record Stop(Leg Leg, Spot At, int From, IReadOnlyList<Spot> Line);

/// <summary>A station of the tail with its place.</summary>
internal sealed record PlacedStation(Station Station, Spot At, bool OnRail);

/// <summary>A packet on the map at one event: the way so far, the stations on it, where the glyph is.</summary>
internal sealed class Flight
{
    private const double Behind = 76;

    private Flight(PacketPath path, long row)
    {
        PacketPath = path;
        Row = row;
    }

    public PacketPath PacketPath { get; }
    public long Row { get; }
    public PacketEntry Entry => PacketPath.Entry;

    /// <summary>Places so far. A copy of a flooded frame comes from where it is nearest to.</summary>
    public List<Stop> Stops { get; } = [];

    /// <summary>Lines to colour, in order.</summary>
    public List<IReadOnlyList<Spot>> Trail { get; } = [];

    public List<PlacedStation> Stations { get; } = [];
    public Spot? Glyph { get; private set; }
    public Heading Heading { get; private set; }

    /// <summary>Where it died, if it did by now.</summary>
    public Spot? Death { get; private set; }

    /// <summary>The packet's own places by now, "host veth…" and the like.</summary>
    public HashSet<Place> Touched { get; } = [];

    /// <summary>The flight of a packet up to an event.</summary>
    public static Flight Of(PacketPath path, long row, MapLayout layout, Ways ways)
    {
        var flight = new Flight(path, row);
        foreach (var leg in path.Legs.Where(l => l.Row <= row))
            if (leg.Station is null || flight.Stops.Count > 0 && flight.Stops[^1].Leg.Place != leg.Place) flight.Reach(leg, ways);
        flight.PlaceGlyph(layout, ways);
        flight.PlaceStations(layout);
        return flight;
    }

    private void Reach(Leg leg, Ways ways)
    {
        if (ways.SpotOf(leg.Place) is not { } at) return;
        Touched.Add(leg.Place);
        int from = -1;
        IReadOnlyList<Spot> line = [];
        double best = double.MaxValue;
        for (int i = Stops.Count - 1; i >= 0; i--)
        {
            var tried = ways.Between(Stops[i].Leg.Place, leg.Place);
            if (tried.Count == 0 || Length(tried) >= best - 0.01) continue;
            (best, from, line) = (Length(tried), i, tried);
        }
        Stops.Add(new(leg, at, from, line));
        if (from >= 0 && leg.Place.Interface != "lo") AddTrail(line, Stops[from].Leg.Place, leg.Place, ways);
    }

    /// <summary>Inside a card the way is the socket's own wire; the trail begins and ends at the dock.</summary>
    private void AddTrail(IReadOnlyList<Spot> line, Place from, Place to, Ways ways)
    {
        int skip = ways.IsInCard(from) ? 1 : 0, take = line.Count - skip - (ways.IsInCard(to) ? 1 : 0);
        if (take > 1) Trail.Add([.. line.Skip(skip).Take(take)]);
    }

    /// <summary>The length of a line, px.</summary>
    public static double Length(IReadOnlyList<Spot> line)
    {
        double sum = 0;
        for (int i = 1; i < line.Count; i++) sum += line[i - 1].DistanceTo(line[i]);
        return sum;
    }

    private void PlaceGlyph(MapLayout layout, Ways ways)
    {
        if (Stops.Count == 0) return;
        var last = Stops[^1];
        var next = PacketPath.Legs.FirstOrDefault(l => l.Row > last.Leg.Row && l.Station is null && ways.SpotOf(l.Place) is not null);
        bool judgedSince = PacketPath.Legs.Any(l => l.Row > last.Leg.Row && l.Row <= Row && l.Station is not null);
        var dead = PacketPath.Legs.FirstOrDefault(l => l.Row <= Row && l.Station is { Verdict: Verdict.Dropped or Verdict.Rejected });
        if (dead is not null) Death = ways.SpotOf(dead.Place);
        // Within a card there is no way to be seen: the packet waits where the resolver stands, and hides no socket.
        bool inside = next is { Place.Interface: "lo" } && next.Place.Namespace == last.Leg.Place.Namespace;
        if (inside && dead is null)
        {
            (Glyph, Heading) = (ways.SpotOf(next!.Place), Heading.None);
            return;
        }
        var line = next is null || dead is not null ? [] : ways.Between(last.Leg.Place, next.Place);
        bool moves = line.Count > 1 && last.Leg.Event.Step is Step.Transmitted or Step.Received or Step.Originated && (judgedSince || last.Leg.Event.Step is not Step.Originated);
        if (moves) Advance(line, layout);
        else
        {
            Glyph = BesideDock(last, layout);
            Heading = Stops.Count > 1 && last.Line.Count > 1 ? HeadingOf(last.Line[^2], last.Line[^1]) : Heading.None;
        }
    }

    /// <summary>A packet that has come to a dock stands before it, lest it hide its name.</summary>
    private static Spot BesideDock(Stop stop, MapLayout layout)
    {
        if (stop.Leg.Place.Interface is not { } name || name == "lo") return stop.At;
        bool isPort = layout.ByPort.TryGetValue(name, out var foot) && stop.Leg.Place.Namespace == layout.Plan.HostKey;
        if (stop.Line.Count < 2) return stop.At.Plus(0, isPort ? -34 : 34);
        bool level = Math.Abs(stop.Line[^1].Y - stop.Line[^2].Y) < 0.01;
        double back = level ? 34 + (isPort ? Fonts.FontBook.Measure(foot!.Foot.HostEnd, Fonts.TextStyle.MonoMedium(11.5)) / 2 : 14) : 34;
        return Along(stop.Line, Math.Max(Length(stop.Line) - back, Length(stop.Line) / 2)).At;
    }

    /// <summary>On a rail it stands short of the port it goes to, where its label has room; on a cable in the middle.</summary>
    private void Advance(IReadOnlyList<Spot> line, MapLayout layout)
    {
        double length = Length(line);
        bool onRail = Math.Abs(line[0].Y - line[^1].Y) < 0.01 && layout.Rooms.Any(r => r.Rails.Any(y => Math.Abs(y - line[0].Y) < 0.01));
        double at = onRail && length > 2 * Behind ? length - Behind : length / 2;
        (Glyph, Heading, var way) = Along(line, at);
        Trail.Add(way);
    }

    /// <summary>The point at a distance along a line, the heading there, and the line up to it.</summary>
    public static (Spot At, Heading Heading, IReadOnlyList<Spot> Way) Along(IReadOnlyList<Spot> line, double distance)
    {
        var way = new List<Spot> { line[0] };
        for (int i = 1; i < line.Count; i++)
        {
            double piece = line[i - 1].DistanceTo(line[i]);
            if (distance <= piece || i == line.Count - 1)
            {
                double share = piece < 1e-9 ? 1 : Math.Clamp(distance / piece, 0, 1);
                var at = new Spot(line[i - 1].X + (line[i].X - line[i - 1].X) * share, line[i - 1].Y + (line[i].Y - line[i - 1].Y) * share);
                way.Add(at);
                return (at, HeadingOf(line[i - 1], line[i]), way);
            }
            distance -= piece;
            way.Add(line[i]);
        }
        return (line[^1], Heading.None, way);
    }

    private static Heading HeadingOf(Spot a, Spot b) => Math.Abs(b.X - a.X) >= Math.Abs(b.Y - a.Y)
        ? b.X < a.X ? Heading.Left : Heading.Right
        : b.Y < a.Y ? Heading.Up : Heading.Down;

    private void PlaceStations(MapLayout layout)
    {
        var judged = PacketPath.Legs.Where(l => l.Row <= Row && l.Station is not null).ToList();
        var floor = judged.Where(l => layout.ByPort.ContainsKey(l.Place.Interface ?? "") && l.Place.Namespace == layout.Plan.HostKey).ToList();
        if (floor.Count == 0 || Glyph is not { } glyph) return;
        var entry = floor[0].Place;
        floor.RemoveAll(l => l.Station!.Label == "drop" && l.Place != entry); // its ending is drawn where it was lost
        var port = layout.ByPort[floor[0].Place.Interface!].Port;
        bool sameRail = Math.Abs(glyph.Y - port.Y) < 0.01 && Math.Abs(glyph.X - port.X) > 1;
        double end = sameRail ? glyph.X : Stops.Where(s => Math.Abs(s.At.Y - port.Y) < 0.01 && s.At != port).Select(s => s.At.X).DefaultIfEmpty(port.X).First();
        double direction = Math.Sign(end - port.X);
        if (direction == 0) return;
        double room = Math.Abs(end - port.X) - 78 - (sameRail ? 30 : 66), x = 78, before = 0;
        foreach (var station in Fold(floor.ConvertAll(l => l.Station!), room))
        {
            double half = HalfOf(station);
            if (before > 0) x += before + half;
            before = half;
            Stations.Add(new(station, new(port.X + direction * x, port.Y), true));
        }
    }

    /// <summary>Keeps the stations that tell most and fit into a width: what changed or ended the packet, the FORWARD chain, the FDB, then the first; the others become "+n".</summary>
    internal static List<Station> Fold(List<Station> all, double room)
    {
        for (int keep = all.Count; keep > 0; keep--)
        {
            var kept = all.Select((s, i) => (s, i)).OrderByDescending(p => Weight(p.s)).ThenBy(p => p.i).Take(keep).OrderBy(p => p.i).ToList();
            var row = kept.ConvertAll(p => p.s);
            int hidden = Enumerable.Range(0, all.Count).FirstOrDefault(i => !kept.Exists(p => p.i == i), -1);
            if (hidden >= 0) row.Insert(kept.Count(p => p.i < hidden), new(all[hidden].Row, all[hidden].Place, $"+{all.Count - keep}", Verdict.LookedUp));
            if (row.Sum(s => 2 * HalfOf(s)) - HalfOf(row[0]) - HalfOf(row[^1]) <= room || keep == 1) return row;
        }
        return all;
    }

    private static int Weight(Station s) => s.Verdict is Verdict.Changed or Verdict.Dropped or Verdict.Rejected ? 4
        : s.Label switch { "FORWARD" or "INPUT" or "OUTPUT" => 3, "FDB" or "flood" => 2, "raw" => 1, _ => 0 };

    /// <summary>Half the width that a station needs: its mark, or its label and a gap.</summary>
    private static double HalfOf(Station s) => Math.Max(13, Fonts.FontBook.Measure(s.Label, Fonts.TextStyle.Mono(11)) / 2 + 4);
}
