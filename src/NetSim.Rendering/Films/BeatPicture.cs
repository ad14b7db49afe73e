using NetSim.Model.Topology;
using NetSim.Rendering.Fonts;
using NetSim.Rendering.Layers;
using NetSim.Rendering.Layout;
using NetSim.Rendering.Scenes;
using NetSim.Rendering.Stories;
using NetSim.Rendering.Themes;

namespace NetSim.Rendering.Films;

/// <summary>Draws a beat: what stands still as one scene, what moves as a few shapes on top of it.</summary>
internal sealed class BeatPicture(TraceIndex index, MapLayout layout, AnimationOptions options, Ledger ledger)
{
    private readonly Ways _ways = new(layout);
    private MapView? _stillOf;
    private Obstacles? _still;
    private (double Side, double Row) _side = (0, -1);

    /// <summary>The height of a film's page, px at scale 1.</summary>
    public double Height => layout.Building.Bottom + 126;

    /// <summary>The view of a beat on the state that has been folded up to it.</summary>
    public MapView View(Beat beat, Topology now) => new()
    {
        Theme = options.Theme,
        Layout = layout,
        Now = now,
        Index = index,
        Names = new(now, layout.Plan.NameOf),
        Row = beat.Row,
        New = beat.New,
        Told = ledger,
        Options = new() { Title = options.Title, Subtitle = options.Subtitle, Engine = options.Engine, Theme = options.Theme },
        Flight = beat.Packet is { } packet ? FlightOf(packet) : null,
    };

    /// <summary>What stands still: the map, the words, the bar. <paramref name="progress"/> is from 0 to 1.</summary>
    public Scene Still(MapView view, Beat beat, double progress)
    {
        var sheets = new List<Sheet> { BuildingLayer.Draw(view), RoomLayer.Draw(view), VethLayer.Draw(view), LobbyLayer.Draw(view), CardLayer.Draw(view) };
        if (beat.Packet is null) sheets.Add(VethLayer.Docks(view));
        sheets.AddRange([Appearing(view, beat), HeaderLayer.Draw(view), CaptionLayer.Draw(view, Words(view, beat)), Bar(view, progress)]);
        return new(layout.PageWidth, Height, "", view.Theme.Canvas, sheets);
    }

    /// <summary>What moves, at a time of the packet's way.</summary>
    public IEnumerable<Shape> Moving(MapView view, Motion motion, double time)
    {
        var trail = new Sheet("trail");
        var lines = motion.Trail(time);
        foreach (var line in lines) trail.Way(line, 8, new(null, view.Hue, Tokens.Observed, Round: true));
        var reached = motion.Flight.Stops.Where((s, i) => motion.Arrivals[i] <= time).Select(s => s.Leg.Place).ToHashSet();
        var active = view with { Active = reached };
        var top = new Sheet("packet");
        foreach (var s in motion.Flight.Stations.Where(s => lines.Any(l => Covers(l, s.At))))
        {
            Marks.Verdict(top, view.Theme, s.Station.Verdict, s.At, view.Hue);
            top.Text(s.At.Plus(0, 23), s.Station.Label, TextStyle.Mono(11), view.Theme.Second, Anchor.Middle);
        }
        bool judged = reached.Contains(new(layout.Plan.HostKey ?? "", null));
        var docks = VethLayer.Docks(active);
        var stations = judged ? LobbyLayer.Stations(view) : new Sheet("judged");
        Glyphs(top, view, motion, (time, Around(view, [docks, stations, top])));
        return trail.Shapes.Concat(stations.Shapes).Concat(docks.Shapes).Concat(top.Shapes);
    }

    private Flight FlightOf(PacketEntry packet)
    {
        var path = PacketPath.Of(index, packet, Floors.Of(layout.Plan));
        return Flight.Of(path, packet.LastRow, layout, _ways);
    }

    private Caption Words(MapView view, Beat beat)
    {
        var step = index.Steps.LastOrDefault(s => s.Row <= beat.Row).Step;
        string chapter = step is null ? "" : step.Command;
        if (view.Flight is not { } flight) return new(chapter, beat.Sentence, beat.Why);
        return new(step?.Sentence is { Length: > 0 } said ? said : chapter, Sentences.Of(flight.Entry, view.Names, Whys.ArpSender(index, flight.Entry, view.Names)), Whys.Of(index, flight.PacketPath, flight.Entry.LastRow, view.Names));
    }

    private void Glyphs(Sheet sheet, MapView view, Motion motion, (double Time, Obstacles Around) now)
    {
        var (time, around) = now;
        var entry = motion.Flight.Entry;
        var kind = entry.Summary.Class;
        int bytes = index.WireLength(entry);
        if (Ending.Of(view) is { } end && time > motion.Travel)
        {
            double fall = Math.Clamp((time - motion.Travel) / 450, 0, 1);
            FallLayer.Draw(sheet, view, end, fall * fall);
            if (end.Bin is null) Label(sheet, view, end.Anchor, Heading.Right, [(end.Reason, view.Theme.Drop)], around);
            return;
        }
        var glyphs = motion.Glyphs(time);
        foreach (var (at, heading) in glyphs) Layers.Glyphs.Packet(sheet, view.Theme, kind, at, bytes, heading, view.Theme.Card);
        if (glyphs.Count > 0) Label(sheet, view, glyphs[^1].At, glyphs[^1].Heading, Says(view, motion, time), around);
    }

    /// <summary>The packet's label; where NAT changes it, its address flips.</summary>
    private List<(string Words, Colour Ink)> Says(MapView view, Motion motion, double time)
    {
        var lines = new List<(string, Colour)> { (motion.Flight.Entry.Summary.Text, view.Hue) };
        var nat = motion.Flight.PacketPath.Legs.Select(l => (l.Place, Step: l.Event.Step as Model.Tracing.Step.Translated)).FirstOrDefault(l => l.Step is not null);
        if (nat.Step?.Detail is not { } d) return lines;
        bool past = motion.Flight.Stops.Where((s, i) => motion.Arrivals[i] <= time).Any(s => s.Leg.Place == nat.Place);
        bool destination = d.Before.Destination != d.After.Destination || d.Before.DestinationPort != d.After.DestinationPort;
        var end = past ? d.After : d.Before;
        lines.Add((destination ? $"to {end.Destination}:{end.DestinationPort}" : $"from {end.Source}:{end.SourcePort}", view.Theme.Second));
        return lines;
    }

    /// <summary>The label stays on the side of the glyph where it was as long as it covers nothing there; where no side is free the glyph goes alone.</summary>
    private void Label(Sheet sheet, MapView view, Spot at, Heading heading, List<(string Words, Colour Ink)> lines, Obstacles around)
    {
        var style = TextStyle.Strong(14);
        var second = TextStyle.Mono(12);
        double width = Math.Max(FontBook.Measure(lines[0].Words, style), lines.Count > 1 ? FontBook.Measure(lines[1].Words, second) : 0) + 20, height = lines.Count > 1 ? 44 : 26;
        if (LabelBox(at, heading, (width, height), around) is not { } box) return;
        sheet.Rect(box, 6, new(view.Theme.Card, lines[0].Ink, 1.5));
        sheet.Text(new(box.X + 10, box.Y + 18), lines[0].Words, style, lines[0].Ink);
        if (lines.Count > 1) sheet.Text(new(box.X + 10, box.Y + 36), lines[1].Words, second, lines[1].Ink);
    }

    private Box? LabelBox(Spot at, Heading heading, (double Width, double Height) size, Obstacles around)
    {
        bool aside = heading is Heading.Up or Heading.Down;
        foreach (var (side, row) in Sides(aside).Prepend(_side))
        {
            double dx = side * (row == 0 ? 18 + size.Width / 2 : size.Width / 2), dy = row * (20 + size.Height / 2);
            var box = new Box(Math.Round(at.X + dx - size.Width / 2), Math.Round(at.Y + dy - size.Height / 2), size.Width, size.Height);
            if (box.X < 16 || box.Right > layout.PageWidth - 16 || around.Hard.Any(box.Grown(1).Overlaps)) continue;
            _side = (side, row);
            return box;
        }
        return null;
    }

    /// <summary>Which sides are tried: beside a packet that climbs or falls, above one that runs, then all around.</summary>
    private static IEnumerable<(double Side, double Row)> Sides(bool aside) => aside
        ? [(1, 0), (-1, 0), (.9, -1), (-.9, -1), (.9, 1), (-.9, 1), (0, -1), (0, 1)]
        : [(0, -1), (.8, -1), (-.8, -1), (0, 1), (.8, 1), (-.8, 1), (0, -1.6), (0, 1.6), (1, 0), (-1, 0), (.9, -2.2), (-.9, -2.2)];

    /// <summary>What stands still is looked at once for each beat.</summary>
    private Obstacles Around(MapView view, IReadOnlyList<Sheet> moving)
    {
        if (!ReferenceEquals(_stillOf, view)) (_stillOf, _still, _side) = (view, Obstacles.Of([RoomLayer.Draw(view), LobbyLayer.Draw(view), CardLayer.Draw(view), BuildingLayer.Draw(view)]), (0, -1));
        return new([.. _still!.Hard, .. Obstacles.Of(moving).Hard], []);
    }

    private Sheet Appearing(MapView view, Beat beat)
    {
        var sheet = new Sheet("new");
        var t = view.Theme;
        if (beat.Pair is { } pair && layout.ByPort.TryGetValue(pair, out var foot)) Arc(sheet, t, foot);
        foreach (string key in beat.New.Where(k => k.StartsWith("name ", StringComparison.Ordinal)))
        {
            string name = key.Split(' ')[1];
            foreach (var f in layout.Feet.Where(f => f.Foot.Card.Name == name && f.Foot.IsHome && f.Foot.Address is not null)) Name(sheet, t, f, name);
        }
        return sheet;
    }

    private static void Arc(Sheet sheet, Theme t, PlacedFoot foot)
    {
        double y = foot.Port.Y - 34, left = foot.Port.X - 58, right = foot.Port.X + 58;
        string d = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"M{left} {y}c0 -52 {right - left} -52 {right - left} 0");
        sheet.Path(d, new(left, y - 40, right - left, 40), new(null, t.Accent, 3));
        sheet.Line(new(right, y), new(right, foot.Port.Y), new(null, t.Wire, 1.25, (2, 4)));
        Marks.Dock(sheet, t, new(left, y), "veth…", t.Accent);
        Marks.Dock(sheet, t, new(right, y), foot.Foot.HostEnd, t.Accent);
    }

    private static void Name(Sheet sheet, Theme t, PlacedFoot foot, string name)
    {
        var hue = t.Hue(Wire.Inspection.PacketClass.Dns);
        string words = $"{name} = {foot.Foot.Address}";
        double width = FontBook.Measure(words, TextStyle.MonoMedium(12)) + 40, y = (foot.Dock.Y + foot.Port.Y) / 2;
        var box = new Box(foot.Dock.X - width / 2, y - 13, width, 26);
        sheet.Rect(box, 4, new(t.Card, hue, 1.5));
        Layers.Glyphs.Shape(sheet, Wire.Inspection.PacketClass.Dns, new(box.X + 16, y), 4.5, 4.5, new(hue));
        sheet.Text(new(box.X + 29, y + 4.4), words, TextStyle.MonoMedium(12), hue);
    }

    private Sheet Bar(MapView view, double progress)
    {
        var sheet = new Sheet("bar");
        var box = new Box(Tokens.Page, layout.Building.Bottom + 108, layout.PageWidth - 2 * Tokens.Page, 4);
        sheet.Rect(box, 2, new(view.Theme.Floor));
        if (progress > 0) sheet.Rect(box with { Width = Math.Max(4, box.Width * Math.Min(1, progress)) }, 2, new(view.Theme.Accent));
        return sheet;
    }

    private static bool Covers(IReadOnlyList<Spot> line, Spot at) => line.Zip(line.Skip(1)).Any(p => Box.Between(p.First, p.Second).Grown(.5) is var b && at.X >= b.X && at.X <= b.Right && at.Y >= b.Y && at.Y <= b.Bottom);
}
