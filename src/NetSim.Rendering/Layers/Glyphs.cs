using NetSim.Rendering.Output;
using NetSim.Rendering.Scenes;
using NetSim.Rendering.Themes;
using NetSim.Wire.Inspection;

namespace NetSim.Rendering.Layers;

/// <summary>Packets as shapes: hue and shape say the protocol, the width its length.</summary>
internal static class Glyphs
{
    /// <summary>The bare shape around a point. <paramref name="half"/> is half its height, <paramref name="wide"/> half its width.</summary>
    public static void Shape(Sheet sheet, PacketClass kind, Spot at, double half, double wide, Ink ink)
    {
        double s = half, l = wide;
        switch (kind)
        {
            case PacketClass.Arp: Polygon(sheet, at, ink, (-l, 0), (-l + s * .62, -s), (l - s * .62, -s), (l, 0), (l - s * .62, s), (-l + s * .62, s)); break;
            case PacketClass.Dns: Polygon(sheet, at, ink, (-l * 1.12, 0), (0, -s * 1.12), (l * 1.12, 0), (0, s * 1.12)); break;
            case PacketClass.Udp: Polygon(sheet, at, ink, (-l, -s), (l - s * .8, -s), (l, 0), (l - s * .8, s), (-l, s)); break;
            case PacketClass.Icmp: sheet.Circle(at, s * 1.05, ink); break;
            case PacketClass.Tcp or PacketClass.Http: sheet.Rect(new(at.X - l, at.Y - s, 2 * l, 2 * s), s, ink); break;
            default: sheet.Rect(new(at.X - s * .85, at.Y - s * .85, s * 1.7, s * 1.7), 1, ink); break;
        }
    }

    /// <summary>A small packet for lists and tags, with the bar of HTTP.</summary>
    public static void Small(Sheet sheet, Theme theme, PacketClass kind, Spot at, double half, double wide, Colour paper)
    {
        Shape(sheet, kind, at, half, Flat(kind) ? wide : half, new(theme.Hue(kind)));
        if (kind == PacketClass.Http) sheet.Rect(new(at.X - wide + half * .75, at.Y - half * .3, 2 * wide - half * 1.5, half * .6), half * .3, new(paper));
    }

    /// <summary>A packet in flight with its halo and its chevron.</summary>
    public static void Packet(Sheet sheet, Theme theme, PacketClass kind, Spot at, int bytes, Heading heading, Colour paper)
    {
        double wide = Wide(kind, bytes);
        Shape(sheet, kind, at, 12, wide + 3, new(paper));
        Shape(sheet, kind, at, 9, wide, new(theme.Hue(kind)));
        Chevron(sheet, at, heading, new(null, theme.Card, 1.8, Round: true));
    }

    /// <summary>Half the width of a packet in flight.</summary>
    public static double Wide(PacketClass kind, int bytes) => Flat(kind) ? Tokens.GlyphHalf(bytes) : kind == PacketClass.Arp ? 12 : 10;

    private static bool Flat(PacketClass kind) => kind is PacketClass.Tcp or PacketClass.Http or PacketClass.Udp;

    private static void Chevron(Sheet sheet, Spot p, Heading heading, Ink ink)
    {
        const double q = 3.7;
        (Spot A, Spot B, Spot C)? points = heading switch
        {
            Heading.Left => (p.Plus(q * .55, -q), p.Plus(-q * .6, 0), p.Plus(q * .55, q)),
            Heading.Right => (p.Plus(-q * .55, -q), p.Plus(q * .6, 0), p.Plus(-q * .55, q)),
            Heading.Up => (p.Plus(-q, q * .5), p.Plus(0, -q * .6), p.Plus(q, q * .5)),
            Heading.Down => (p.Plus(-q, -q * .5), p.Plus(0, q * .6), p.Plus(q, -q * .5)),
            _ => null,
        };
        if (points is { } c) sheet.Way([c.A, c.B, c.C], 0, ink);
    }

    /// <summary>A closed outline of points around a spot.</summary>
    public static void Polygon(Sheet sheet, Spot at, Ink ink, params ReadOnlySpan<(double X, double Y)> corners)
    {
        var d = new System.Text.StringBuilder();
        double reachX = 0, reachY = 0;
        foreach (var (x, y) in corners)
        {
            d.Append(d.Length == 0 ? 'M' : 'L').Append(Svg.Number(at.X + x)).Append(' ').Append(Svg.Number(at.Y + y));
            reachX = Math.Max(reachX, Math.Abs(x));
            reachY = Math.Max(reachY, Math.Abs(y));
        }
        sheet.Path(d.Append('Z').ToString(), new(at.X - reachX, at.Y - reachY, 2 * reachX, 2 * reachY), ink);
    }
}
