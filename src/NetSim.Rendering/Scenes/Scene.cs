namespace NetSim.Rendering.Scenes;

/// <summary>A picture as placed shapes on sheets, lowest sheet first. Writers of <see cref="Output"/> turn it into pixels or markup.</summary>
/// <param name="Width">px at scale 1.</param>
/// <param name="Height">px at scale 1.</param>
/// <param name="Title">What is seen, for those who don't see it.</param>
/// <param name="Canvas">The colour behind everything.</param>
/// <param name="Sheets">The sheets in the order of drawing.</param>
public sealed record Scene(double Width, double Height, string Title, Colour Canvas, IReadOnlyList<Sheet> Sheets)
{
    /// <summary>The sheet of paper it is put on, px at scale 1: the drawing is scaled to fit and stands in its middle. Null: as large as the drawing.</summary>
    public (double Width, double Height)? Paper { get; init; }

    /// <summary>Width and height of what is written, px at scale 1.</summary>
    public (double Width, double Height) Extent => Paper ?? (Width, Height);

    /// <summary>How much the drawing is scaled to fit its paper, and where its corner lies there.</summary>
    internal (double Scale, double X, double Y) Placing
    {
        get
        {
            var (width, height) = Extent;
            double scale = Math.Min(width / Width, height / Height);
            return (scale, (width - Width * scale) / 2, (height - Height * scale) / 2);
        }
    }

    /// <summary>All shapes in the order of drawing.</summary>
    public IEnumerable<Shape> Shapes => Sheets.SelectMany(s => s.Shapes);
}
