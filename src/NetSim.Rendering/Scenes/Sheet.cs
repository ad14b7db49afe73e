using NetSim.Rendering.Fonts;

namespace NetSim.Rendering.Scenes;

/// <summary>Where a text stands to its point.</summary>
internal enum Anchor
{
    Start,
    Middle,
    End,
}

/// <summary>One sheet of a scene: shapes in the order of drawing, and the verbs by which layers put them there.</summary>
public sealed class Sheet(string name)
{
    private readonly List<Shape> _shapes = [];

    /// <summary>"cards"; the id of its group in SVG.</summary>
    public string Name { get; } = name;

    /// <summary>The shapes in the order of drawing.</summary>
    public IReadOnlyList<Shape> Shapes => _shapes;

    /// <summary>Applied to all that is added from now on: 0 is invisible, 1 opaque.</summary>
    internal double Opacity { get; set; } = 1;

    internal void Add(Shape shape) => _shapes.Add(Opacity < 1 ? shape with { Opacity = shape.Opacity * Opacity } : shape);

    internal void Rect(Box box, double radius, Ink ink) => Add(new Shape.Rect(box, radius, ink));

    internal void Circle(Spot centre, double radius, Ink ink) => Add(new Shape.Circle(centre, radius, ink));

    internal void Line(Spot from, Spot to, Ink ink, bool guarded = false) => Way([from, to], 0, ink, guarded);

    /// <summary>An orthogonal line with round corners; points that repeat are left out.</summary>
    internal void Way(IReadOnlyList<Spot> points, double corner, Ink ink, bool guarded = false)
    {
        var clean = new List<Spot>();
        foreach (var p in points)
            if (clean.Count == 0 || clean[^1].DistanceTo(p) > 0.01) clean.Add(p);
        if (clean.Count > 1) Add(new Shape.Way(clean, corner, ink, guarded));
    }

    internal void Path(string steps, Box area, Ink ink) => Add(new Shape.Path(steps, area, ink));

    /// <summary>One line of text; returns its width.</summary>
    internal double Text(Spot at, string words, TextStyle style, Colour fill, Anchor anchor = Anchor.Start, bool struck = false)
    {
        if (words.Length == 0) return 0;
        double width = FontBook.Measure(words, style);
        double x = anchor switch { Anchor.End => at.X - width, Anchor.Middle => at.X - width / 2, _ => at.X };
        Add(new Shape.Text(new(x, at.Y), words, style, fill, struck));
        return width;
    }

    /// <summary>A line of text that is shortened in its middle to fit; returns its width.</summary>
    internal double Fitted(Spot at, string words, TextStyle style, Colour fill, double width, Anchor anchor = Anchor.Start) =>
        Text(at, FontBook.Shorten(words, style, width), style, fill, anchor);

    /// <summary>Pieces of different style on one line; returns their width.</summary>
    internal double Runs(Spot at, IReadOnlyList<(string Words, TextStyle Style, Colour Fill)> runs, Anchor anchor = Anchor.Start)
    {
        double width = runs.Sum(r => FontBook.Measure(r.Words, r.Style));
        double x = anchor switch { Anchor.End => at.X - width, Anchor.Middle => at.X - width / 2, _ => at.X };
        foreach (var r in runs) x += Text(new(x, at.Y), r.Words, r.Style, r.Fill);
        return width;
    }
}
