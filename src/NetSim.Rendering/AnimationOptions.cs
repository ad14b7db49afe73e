using NetSim.Rendering.Themes;

namespace NetSim.Rendering;

/// <summary>What an animation shows and how.</summary>
public sealed record AnimationOptions
{
    /// <summary>The title at its top left.</summary>
    public string Title { get; init; } = "";

    /// <summary>The second voice beside the title; empty: how many networks and containers there are.</summary>
    public string Subtitle { get; init; } = "";

    /// <summary>The engine, "28.5.2"; empty: not told.</summary>
    public string Engine { get; init; } = "";

    /// <summary>The colours.</summary>
    public Theme Theme { get; init; } = Theme.Light;

    /// <summary>Width in pixels; the height follows.</summary>
    public int Width { get; init; } = 1280;

    /// <summary>Frames per second while something moves.</summary>
    public int FramesPerSecond { get; init; } = 11;

    /// <summary>The longest film, in seconds: a story that needs more is told faster.</summary>
    public double MaxSeconds { get; init; } = 38;
}
