using System.Globalization;
using NetSim.Rendering.Fonts;
using NetSim.Rendering.Output;
using NetSim.Rendering.Scenes;
using NetSim.Rendering.Stories;
using NetSim.Rendering.Themes;
using NetSim.Wire.Decoding;
using NetSim.Wire.Inspection;

namespace NetSim.Rendering.Timelines;

/// <summary>Sequence numbers of a TCP connection over time, as tcptrace draws them: segments, the line of what was acknowledged, the window above it, R where bytes are sent again, S where they were acknowledged selectively.</summary>
internal sealed class SequencePanel(Theme theme, TraceIndex index, TcpTrail? trail, Names names)
{
    private const double Left = 48, ChartX = 150, Side = 250;

    /// <summary>Height of the panel.</summary>
    public double Height => trail is null ? 72 : 440;

    /// <summary>Draws it.</summary>
    public void Draw((Sheet Panel, Sheet Lines, Sheet Words) on, double width, double top)
    {
        on.Panel.Rect(new(24, top, width - 48, Height), 12, new(theme.Building, theme.CardEdge));
        double title = on.Words.Text(new(Left, top + 34), "TCP", TextStyle.Strong(17), theme.Words);
        if (trail is null)
        {
            on.Words.Text(new(Left + title + 12, top + 34), "no connection was recorded", TextStyle.Sans(13.5), theme.Third);
            return;
        }
        var f = trail.Flow;
        string who = $"sequence numbers of {names.Of(f.Source)} to {names.Of(f.Destination)}, {FlowKey(f.Source, f.SourcePort)} → {FlowKey(f.Destination, f.DestinationPort)}";
        on.Words.Fitted(new(Left + title + 12, top + 34), who, TextStyle.Sans(13.5), theme.Third, width - 96 - title - 12);
        var chart = new Box(ChartX, top + 64, width - 48 - Side - 28 - ChartX, Height - 64 - 48);
        var scale = new Scale(trail, chart);
        Axes(on.Lines, on.Words, chart, scale);
        Window(on.Lines, scale);
        Acks(on.Lines, scale);
        Segments(on.Lines, on.Words, scale);
        Sacks(on.Lines, on.Words, scale);
        Facts(on.Lines, on.Words, new(chart.Right + 36, chart.Y, Side - 8, chart.Height));
    }

    private static string FlowKey(Model.Addressing.IpAddress a, Model.Addressing.Port p) => Model.Packets.FlowKey.End(a, p);

    /// <summary>Times and bytes to places. The window counts as far as it does not dwarf the data.</summary>
    private sealed class Scale
    {
        private readonly Box _chart;
        private readonly long _begin;

        public Scale(TcpTrail trail, Box chart)
        {
            _chart = chart;
            _begin = trail.Begin.Nanoseconds;
            Seconds = Math.Max((trail.End.Nanoseconds - _begin) / 1e9, 1e-6) * 1.02;
            double window = trail.Acks.Count == 0 ? 0 : trail.Acks.Max(a => a.Window);
            Top = Math.Max(8, window <= trail.Top * 2.2 ? Math.Max(window, trail.Top) * 1.06 : trail.Top * 1.25);
        }

        public double Seconds { get; }
        public double Top { get; }
        public double Right => _chart.Right;
        public double Floor => _chart.Bottom;
        public double Ceiling => _chart.Y;

        public double X(Model.Tracing.SimTime time) => _chart.X + (time.Nanoseconds - _begin) / 1e9 / Seconds * _chart.Width;

        public double Y(double bytes) => Math.Clamp(_chart.Bottom - bytes / Top * _chart.Height, _chart.Y, _chart.Bottom);
    }

    private void Axes(Sheet lines, Sheet words, Box chart, Scale scale)
    {
        TimeAxis.Draw(lines, words, theme, chart, (0, scale.Seconds));
        double step = Math.Max(1, TimeAxis.Step(scale.Top, 5));
        for (double v = 0; v <= scale.Top; v += step)
        {
            double y = scale.Y(v);
            lines.Line(new(chart.X, y), new(chart.Right, y), new(null, theme.CardEdge, 1, v == 0 ? null : (2, 4)));
            words.Text(new(chart.X - 12, y + 4), Spans.Bytes(v), TextStyle.Mono(12), theme.Second, Anchor.End);
        }
    }

    private void Window(Sheet lines, Scale scale)
    {
        if (Stairs(scale, a => a.Window) is { } d && trail!.Acks.Exists(a => a.Window <= scale.Top)) lines.Path(d, Around(scale), new(null, theme.Wire, 1.5, (5, 4)));
    }

    private void Acks(Sheet lines, Scale scale)
    {
        if (Stairs(scale, a => a.Ack) is { } d) lines.Path(d, Around(scale), new(null, theme.Hue(PacketClass.Dns), 2));
    }

    private static Box Around(Scale s) => new(ChartX, s.Ceiling, s.Right - ChartX, s.Floor - s.Ceiling);

    private string? Stairs(Scale scale, Func<TrailAck, long> of)
    {
        if (trail!.Acks.Count == 0) return null;
        var d = new System.Text.StringBuilder($"M{Svg.Number(scale.X(trail.Acks[0].Time))} {Svg.Number(scale.Y(of(trail.Acks[0])))}");
        long highest = long.MinValue;
        foreach (var a in trail.Acks)
        {
            if (of(a) <= highest) continue;
            highest = of(a);
            d.Append($"H{Svg.Number(scale.X(a.Time))}V{Svg.Number(scale.Y(highest))}");
        }
        return d.Append($"H{Svg.Number(scale.Right)}").ToString();
    }

    /// <summary>An upright bar from the first to the last byte, with a tick at both ends.</summary>
    private void Segments(Sheet lines, Sheet words, Scale scale)
    {
        var (plain, again) = (new System.Text.StringBuilder(), new System.Text.StringBuilder());
        double freeX = 0;
        foreach (var s in trail!.Segments)
        {
            double x = scale.X(s.Time), y0 = scale.Y(s.From), y1 = Math.Min(scale.Y(s.To), y0 - (s.To > s.From ? 3 : 0));
            if (s.To == s.From) continue;
            (s.Again ? again : plain).Append($"M{Svg.Number(x - 2.5)} {Svg.Number(y0)}h5m-2.5 0V{Svg.Number(y1)}m-2.5 0h5");
            if (s.Lost) Layers.Marks.Cross(lines, theme, new(x, (y0 + y1) / 2), 5.5);
            if (s.Again && x > freeX)
            {
                Letter(words, "R", new(x, y1 - 8), theme.Drop);
                freeX = x + 14;
            }
        }
        if (plain.Length > 0) lines.Path(plain.ToString(), Around(scale), new(null, theme.Hue(PacketClass.Tcp), 1.5));
        if (again.Length > 0) lines.Path(again.ToString(), Around(scale), new(null, theme.Drop, 2));
    }

    private void Sacks(Sheet lines, Sheet words, Scale scale)
    {
        if (trail!.Sacks.Count == 0) return;
        var d = new System.Text.StringBuilder();
        double free = 0;
        foreach (var (time, from, to) in trail.Sacks)
        {
            double x = scale.X(time);
            d.Append($"M{Svg.Number(x)} {Svg.Number(scale.Y(from))}V{Svg.Number(scale.Y(to))}");
            if (x <= free) continue;
            Letter(words, "S", new(x + 9, scale.Y(to) + 4), theme.Hue(PacketClass.Icmp));
            free = x + 24;
        }
        lines.Path(d.ToString(), Around(scale), new(null, theme.Hue(PacketClass.Icmp), 2));
    }

    /// <summary>A letter where no other text stands.</summary>
    private static void Letter(Sheet words, string letter, Spot p, Colour hue)
    {
        var shape = new Shape.Text(new(p.X - FontBook.Measure(letter, TextStyle.Strong(11.5)) / 2, p.Y + 4), letter, TextStyle.Strong(11.5), hue);
        if (!words.Shapes.OfType<Shape.Text>().Any(t => t.Bounds.Overlaps(shape.Bounds.Grown(1)))) words.Add(shape);
    }

    private void Facts(Sheet lines, Sheet words, Box box)
    {
        var t = trail!;
        long data = t.Segments.Where(s => !s.Again).Sum(s => s.To - s.From - (s.Flags.HasFlag(TcpFlags.Syn) ? 1 : 0) - (s.Flags.HasFlag(TcpFlags.Fin) ? 1 : 0));
        double y = box.Y + 6;
        Key("segment", p => lines.Path($"M{Svg.Number(p.X + 8)} {Svg.Number(p.Y - 7)}h6m-3 0v14m-3 0h6", new(p.X + 8, p.Y - 7, 6, 14), new(null, theme.Hue(PacketClass.Tcp), 1.5)));
        Key("acknowledged up to here", p => lines.Path($"M{Svg.Number(p.X)} {Svg.Number(p.Y + 4)}h11v-8h11", new(p.X, p.Y - 4, 22, 8), new(null, theme.Hue(PacketClass.Dns), 2)));
        bool near = t.Acks.Exists(a => a.Window <= Math.Max(t.Top * 2.2, 8));
        Key(near ? "window: may be sent up to here" : $"window: {Spans.Bytes(t.Acks.Count == 0 ? 0 : t.Acks.Max(a => a.Window - a.Ack))}, far above", p => lines.Line(p, p.Plus(22, 0), new(null, theme.Wire, 1.5, (5, 4))));
        if (t.Segments.Exists(s => s.Again)) Key("sent again", p => Letter(words, "R", p.Plus(11, 0), theme.Drop));
        if (t.Sacks.Count > 0) Key("acknowledged out of order", p => Letter(words, "S", p.Plus(11, 0), theme.Hue(PacketClass.Icmp)));
        if (t.Segments.Exists(s => s.Lost)) Key("died on its way", p => Layers.Marks.Cross(lines, theme, p.Plus(11, 0), 6));
        y += 8;
        lines.Line(new(box.X, y - 8), new(box.Right, y - 8), new(null, theme.CardEdge));
        y += 14;
        Fact("data", Spans.Bytes(data));
        Fact("segments", Spans.Number(t.Segments.Count));
        int again = t.Segments.Count(s => s.Again);
        Fact("sent again", again == 0 ? "none" : Spans.Number(again));
        if (t.RoundTrip is { } trip) Fact("SYN to SYN ACK", Spans.Of(trip));
        Fact("from first to last", Spans.Of(t.End - t.Begin));
        if (t.End > t.Begin && data > 0) Fact("on average", $"{Spans.Bytes(data / (t.End - t.Begin).TotalSeconds)}/s");
        Fact("begins at", Clock.Seconds(t.Begin, index.Start).ToString("0.000", CultureInfo.InvariantCulture) + " s");

        void Key(string what, Action<Spot> draw)
        {
            draw(new(box.X, y));
            words.Fitted(new(box.X + 32, y + 4.3), what, TextStyle.Sans(12.5), theme.Second, box.Width - 32);
            y += 24;
        }

        void Fact(string what, string much)
        {
            words.Text(new(box.X, y), what, TextStyle.Sans(13), theme.Second);
            words.Text(new(box.Right, y), much, TextStyle.MonoMedium(13), theme.Words, Anchor.End);
            y += 23;
        }
    }
}
