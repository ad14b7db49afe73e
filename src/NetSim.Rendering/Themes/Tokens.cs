namespace NetSim.Rendering.Themes;

/// <summary>Measures that every picture shares, px at scale 1.</summary>
internal static class Tokens
{
    public const double Page = 48, CardPadding = 16, RoomPadding = 26, CardGap = 28, RoomGap = 24;
    public const double DockRadius = 4, SocketRadius = 6, CardRadius = 8, RoomRadius = 12, BuildingRadius = 16;
    public const double Hair = 1, Attached = 1.5, Rail = 4, RailDown = 2, Observed = 4, Leader = 1.5, Eaves = 3;
    public const double Future = 0.38;

    /// <summary>The widest that words in a slab get beside a bin, and how much higher the slab is then.</summary>
    public const double SlabWords = 180, BinRoom = 36;

    /// <summary>Half the length of a packet's glyph: 13 px for 74 bytes to 24 px for 1,514 bytes, on a log scale.</summary>
    public static double GlyphHalf(int bytes) =>
        13 + 11 * Math.Clamp(Math.Log(Math.Max(bytes, 1) / 74.0) / Math.Log(1514 / 74.0), 0, 1);
}
