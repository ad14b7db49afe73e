namespace NetSim.Rendering.Scenes;

/// <summary>Which way a packet goes: a chevron in its glyph says so, lest a still be ambiguous.</summary>
internal enum Heading
{
    None,
    Left,
    Right,
    Up,
    Down,
}
