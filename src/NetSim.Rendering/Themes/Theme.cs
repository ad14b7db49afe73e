using NetSim.Rendering.Scenes;
using NetSim.Wire.Inspection;

namespace NetSim.Rendering.Themes;

/// <summary>The colours of a picture. Ink carries the structure, one accent the focus, vermilion death.</summary>
public sealed record Theme
{
    /// <summary>"light" or "dark".</summary>
    public required string Name { get; init; }

    /// <summary>Behind everything.</summary>
    public required Colour Canvas { get; init; }

    /// <summary>The host.</summary>
    public required Colour Building { get; init; }

    /// <summary>A network.</summary>
    public required Colour Room { get; init; }

    /// <summary>A container.</summary>
    public required Colour Card { get; init; }

    /// <summary>Outline of cards and rooms; hairlines.</summary>
    public required Colour CardEdge { get; init; }

    /// <summary>Outline of docks and of the building.</summary>
    public required Colour Edge { get; init; }

    /// <summary>A bridge's slab.</summary>
    public required Colour Floor { get; init; }

    /// <summary>Attached lines and rails.</summary>
    public required Colour Wire { get; init; }

    /// <summary>First voice: words, addresses.</summary>
    public required Colour Words { get; init; }

    /// <summary>Second voice.</summary>
    public required Colour Second { get; init; }

    /// <summary>Third voice: MAC addresses, notes.</summary>
    public required Colour Third { get; init; }

    /// <summary>The one accent: focus, cursor, what a step adds.</summary>
    public required Colour Accent { get; init; }

    /// <summary>The area of the accent.</summary>
    public required Colour AccentSoft { get; init; }

    /// <summary>What died or clashes.</summary>
    public required Colour Drop { get; init; }

    /// <summary>The area of a drop.</summary>
    public required Colour DropSoft { get; init; }

    /// <summary>On a drop's mark.</summary>
    public required Colour OnDrop { get; init; }

    /// <summary>Has a card a shadow?</summary>
    public required bool Shadows { get; init; }

    /// <summary>One hue for each <see cref="PacketClass"/>, in its order.</summary>
    public required IReadOnlyList<Colour> Hues { get; init; }

    /// <summary>The hue of a kind.</summary>
    public Colour Hue(PacketClass kind) => Hues[(int)kind];

    /// <summary>Dark words on light paper.</summary>
    public static Theme Light { get; } = new()
    {
        Name = "light",
        Canvas = Colour.Parse("#F3F4F6"),
        Building = Colour.Parse("#FFFFFF"),
        Room = Colour.Parse("#F3F4F6"),
        Card = Colour.Parse("#FFFFFF"),
        CardEdge = Colour.Parse("#D3D7DE"),
        Edge = Colour.Parse("#C3C8D1"),
        Floor = Colour.Parse("#E3E6EB"),
        Wire = Colour.Parse("#7C8492"),
        Words = Colour.Parse("#15181E"),
        Second = Colour.Parse("#4B5361"),
        Third = Colour.Parse("#5B6472"),
        Accent = Colour.Parse("#123EBE"),
        AccentSoft = Colour.Parse("#E7EDFC"),
        Drop = Colour.Parse("#C4320A"),
        DropSoft = Colour.Parse("#FCEBE5"),
        OnDrop = Colour.Parse("#FFFFFF"),
        Shadows = true,
        Hues = [.. new[] { "#5B6472", "#5C4706", "#A02BE6", "#04594A", "#14769C", "#123EBE", "#A00C4C" }.Select(Colour.Parse)],
    };

    /// <summary>Light words on dark paper.</summary>
    public static Theme Dark { get; } = new()
    {
        Name = "dark",
        Canvas = Colour.Parse("#0C0F14"),
        Building = Colour.Parse("#141820"),
        Room = Colour.Parse("#0E1218"),
        Card = Colour.Parse("#1B2029"),
        CardEdge = Colour.Parse("#353D4B"),
        Edge = Colour.Parse("#3C4554"),
        Floor = Colour.Parse("#262D38"),
        Wire = Colour.Parse("#768193"),
        Words = Colour.Parse("#E9ECF1"),
        Second = Colour.Parse("#B2BAC7"),
        Third = Colour.Parse("#8F99A9"),
        Accent = Colour.Parse("#92B0FF"),
        AccentSoft = Colour.Parse("#1C2A4D"),
        Drop = Colour.Parse("#FF8358"),
        DropSoft = Colour.Parse("#3A1F17"),
        OnDrop = Colour.Parse("#1A0A05"),
        Shadows = false,
        Hues = [.. new[] { "#97A2B2", "#E8CC5A", "#BE66FA", "#45E3A6", "#B4E3F5", "#92B0FF", "#FF4093" }.Select(Colour.Parse)],
    };

    /// <summary>The theme of a name, or null.</summary>
    public static Theme? Find(string name) => name switch { "light" => Light, "dark" => Dark, _ => null };
}
