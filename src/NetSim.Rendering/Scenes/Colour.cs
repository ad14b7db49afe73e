using System.Globalization;

namespace NetSim.Rendering.Scenes;

/// <summary>An opaque sRGB colour.</summary>
/// <param name="Rgb">0xRRGGBB.</param>
public readonly record struct Colour(uint Rgb)
{
    /// <summary>Reads "#15181E".</summary>
    /// <exception cref="FormatException">The text is not '#' and six hex digits.</exception>
    public static Colour Parse(string hex) => hex.Length == 7 && hex[0] == '#'
        ? new(uint.Parse(hex.AsSpan(1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture))
        : throw new FormatException($"\"{hex}\" is not a colour such as #15181E");

    /// <summary>Red, 0 to 255.</summary>
    public byte Red => (byte)(Rgb >> 16);

    /// <summary>Green, 0 to 255.</summary>
    public byte Green => (byte)(Rgb >> 8);

    /// <summary>Blue, 0 to 255.</summary>
    public byte Blue => (byte)Rgb;

    /// <summary>Relative luminance by WCAG 2.1: 0 is black, 1 is white.</summary>
    public double Luminance => 0.2126 * Linear(Red) + 0.7152 * Linear(Green) + 0.0722 * Linear(Blue);

    /// <summary>Contrast with another colour by WCAG 2.1: 1 to 21.</summary>
    public double ContrastTo(Colour other)
    {
        double a = Luminance, b = other.Luminance;
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    /// <summary>"#15181E".</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"#{Rgb:X6}");

    private static double Linear(byte channel)
    {
        double c = channel / 255.0;
        return c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4);
    }
}
