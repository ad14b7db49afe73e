using NetSim.Rendering.Scenes;
using NetSim.Rendering.Themes;

namespace NetSim.Rendering.Layers;

/// <summary>What a tag keeps clear of. What it must never cover is hard; the rest it covers only in need.</summary>
internal sealed record Obstacles(IReadOnlyList<Box> Hard, IReadOnlyList<Box> Soft)
{
    /// <summary>The obstacles on some sheets.</summary>
    public static Obstacles Of(IEnumerable<Sheet> sheets)
    {
        List<Box> hard = [], soft = [];
        foreach (var sheet in sheets)
        {
            foreach (var shape in sheet.Shapes) Take(sheet.Name, shape, (hard, soft));
        }
        return new(hard, soft);
    }

    /// <summary>A tag that lies across a wall looks as if it belonged to neither side.</summary>
    private static Box[] Edges(Box b) => [b with { Width = 2 }, b with { Height = 2 }, b with { X = b.Right - 2, Width = 2 }, b with { Y = b.Bottom - 2, Height = 2 }];

    private static void Take(string sheet, Shape shape, (List<Box> Hard, List<Box> Soft) to)
    {
        switch (shape)
        {
            case Shape.Text text: to.Hard.Add(text.Bounds.Grown(3)); break;
            case Shape.Way way when sheet is "packet": to.Hard.AddRange(way.Pieces.Select(p => p.Grown(3))); break;
            case Shape.Way way when way.Guarded || sheet is "trail": to.Soft.AddRange(way.Pieces.Select(p => p.Grown(3))); break;
            case Shape.Rect room when sheet is "rooms" or "building": to.Soft.AddRange(Edges(room.Box)); break;
            case Shape.Rect rect when sheet is "docks": to.Hard.Add(rect.Box.Grown(3)); break;
            case Shape.Rect rect when sheet is "cards": (rect.Radius == Tokens.SocketRadius ? to.Hard : to.Soft).Add(rect.Box); break;
            case Shape.Path door when sheet is "lobby": to.Hard.Add(door.Area.Grown(2)); break;
            case not Shape.Way when sheet is "packet" or "judged": to.Hard.Add(shape.Bounds.Grown(4)); break;
        }
    }
}
