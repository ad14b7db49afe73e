namespace NetSim.Rendering.Scenes;

/// <summary>A picture as placed shapes on sheets, lowest sheet first. Writers of <see cref="Output"/> turn it into pixels or markup.</summary>
/// <param name="Width">px at scale 1.</param>
/// <param name="Height">px at scale 1.</param>
/// <param name="Title">What is seen, for those who don't see it.</param>
/// <param name="Canvas">The colour behind everything.</param>
/// <param name="Sheets">The sheets in the order of drawing.</param>
public sealed record Scene(double Width, double Height, string Title, Colour Canvas, IReadOnlyList<Sheet> Sheets)
{
    /// <summary>All shapes in the order of drawing.</summary>
    public IEnumerable<Shape> Shapes => Sheets.SelectMany(s => s.Shapes);
}
