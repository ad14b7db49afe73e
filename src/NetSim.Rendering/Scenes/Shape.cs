using NetSim.Rendering.Fonts;

namespace NetSim.Rendering.Scenes;

/// <summary>How a shape is filled and outlined; null is neither.</summary>
/// <param name="Fill">Inside.</param>
/// <param name="Stroke">Outline.</param>
/// <param name="Width">Of the outline, px.</param>
/// <param name="Dash">Length of dash and gap, px, or null.</param>
/// <param name="Round">Round caps and joins?</param>
public sealed record Ink(Colour? Fill = null, Colour? Stroke = null, double Width = 1, (double On, double Off)? Dash = null, bool Round = false);

/// <summary>Something placed: nothing is left to think about but how to put it into pixels or markup.</summary>
public abstract record Shape
{
    private Shape() { }

    /// <summary>0 is invisible, 1 opaque.</summary>
    public double Opacity { get; init; } = 1;

    /// <summary>What it covers, without the width of its outline.</summary>
    public abstract Box Bounds { get; }

    /// <summary>A rectangle with round corners.</summary>
    public sealed record Rect(Box Box, double Radius, Ink Ink) : Shape
    {
        /// <inheritdoc/>
        public override Box Bounds => Box;
    }

    /// <summary>A circle.</summary>
    public sealed record Circle(Spot Centre, double Radius, Ink Ink) : Shape
    {
        /// <inheritdoc/>
        public override Box Bounds => new(Centre.X - Radius, Centre.Y - Radius, 2 * Radius, 2 * Radius);
    }

    /// <summary>A line through points; its corners are rounded. A guarded one must not cross a text.</summary>
    public sealed record Way(IReadOnlyList<Spot> Points, double Corner, Ink Ink, bool Guarded) : Shape
    {
        /// <inheritdoc/>
        public override Box Bounds => Points.Skip(1).Aggregate(new Box(Points[0].X, Points[0].Y, 0, 0), (b, p) => b.Around(new(p.X, p.Y, 0, 0)));

        /// <summary>Its straight pieces as flat boxes.</summary>
        public IEnumerable<Box> Pieces => Points.Zip(Points.Skip(1), Box.Between);
    }

    /// <summary>An outline in the language of SVG's path data. <paramref name="Area"/> is what it covers.</summary>
    public sealed record Path(string Steps, Box Area, Ink Ink) : Shape
    {
        /// <inheritdoc/>
        public override Box Bounds => Area;
    }

    /// <summary>One line of text that begins at a point on its baseline.</summary>
    public sealed record Text(Spot At, string Words, TextStyle Style, Colour Fill, bool Struck = false) : Shape
    {
        /// <summary>Its width as measured with the shipped fonts, px.</summary>
        public double Width { get; } = FontBook.Measure(Words, Style);

        /// <summary>Where its ink lies: from a capital's top to a descender's bottom.</summary>
        public override Box Bounds => new(At.X, At.Y - 0.76 * Style.Size, Width, 0.98 * Style.Size);
    }
}
