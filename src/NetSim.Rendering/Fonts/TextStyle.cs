namespace NetSim.Rendering.Fonts;

/// <summary>The faces that are shipped with the program.</summary>
public enum FontFace
{
    /// <summary>Inter 400: words.</summary>
    Sans,
    /// <summary>Inter 500.</summary>
    SansMedium,
    /// <summary>Inter 600: names and headings.</summary>
    SansStrong,
    /// <summary>JetBrains Mono 400: names, addresses, rules, bytes.</summary>
    Mono,
    /// <summary>JetBrains Mono 500.</summary>
    MonoMedium,
}

/// <summary>A face at a size.</summary>
/// <param name="Face">Which of the shipped faces.</param>
/// <param name="Size">px at scale 1.</param>
public readonly record struct TextStyle(FontFace Face, double Size)
{
    /// <summary>Inter 400.</summary>
    public static TextStyle Sans(double size) => new(FontFace.Sans, size);

    /// <summary>Inter 500.</summary>
    public static TextStyle Medium(double size) => new(FontFace.SansMedium, size);

    /// <summary>Inter 600.</summary>
    public static TextStyle Strong(double size) => new(FontFace.SansStrong, size);

    /// <summary>JetBrains Mono 400.</summary>
    public static TextStyle Mono(double size) => new(FontFace.Mono, size);

    /// <summary>JetBrains Mono 500.</summary>
    public static TextStyle MonoMedium(double size) => new(FontFace.MonoMedium, size);

    /// <summary>Is it JetBrains Mono?</summary>
    public bool IsMono => Face is FontFace.Mono or FontFace.MonoMedium;

    /// <summary>400, 500 or 600.</summary>
    public int Weight => Face switch { FontFace.SansMedium or FontFace.MonoMedium => 500, FontFace.SansStrong => 600, _ => 400 };
}
