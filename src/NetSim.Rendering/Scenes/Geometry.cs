namespace NetSim.Rendering.Scenes;

/// <summary>A point of a scene, in px at scale 1; y grows downwards.</summary>
public readonly record struct Spot(double X, double Y)
{
    /// <summary>Moved by a distance.</summary>
    public Spot Plus(double dx, double dy) => new(X + dx, Y + dy);

    /// <summary>The straight distance to another point.</summary>
    public double DistanceTo(Spot other) => Math.Sqrt((X - other.X) * (X - other.X) + (Y - other.Y) * (Y - other.Y));
}

/// <summary>An upright rectangle, in px at scale 1.</summary>
public readonly record struct Box(double X, double Y, double Width, double Height)
{
    /// <summary>The right edge.</summary>
    public double Right => X + Width;

    /// <summary>The lower edge.</summary>
    public double Bottom => Y + Height;

    /// <summary>The middle.</summary>
    public Spot Centre => new(X + Width / 2, Y + Height / 2);

    /// <summary>Grown on all four sides.</summary>
    public Box Grown(double by) => new(X - by, Y - by, Width + 2 * by, Height + 2 * by);

    /// <summary>Have the two more than an edge in common?</summary>
    public bool Overlaps(Box other) => X < other.Right && other.X < Right && Y < other.Bottom && other.Y < Bottom;

    /// <summary>Is the other one inside?</summary>
    public bool Contains(Box other) => other.X >= X && other.Right <= Right && other.Y >= Y && other.Bottom <= Bottom;

    /// <summary>The smallest rectangle around both.</summary>
    public Box Around(Box other)
    {
        double x = Math.Min(X, other.X), y = Math.Min(Y, other.Y);
        return new(x, y, Math.Max(Right, other.Right) - x, Math.Max(Bottom, other.Bottom) - y);
    }

    /// <summary>The rectangle that two opposite corners span.</summary>
    public static Box Between(Spot a, Spot b) => new(Math.Min(a.X, b.X), Math.Min(a.Y, b.Y), Math.Abs(a.X - b.X), Math.Abs(a.Y - b.Y));
}
