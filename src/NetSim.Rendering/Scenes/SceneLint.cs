namespace NetSim.Rendering.Scenes;

/// <summary>What is wrong with a scene to the eye: texts on each other, lines through texts, texts near or beyond the edge. Works on shapes, so that it can be a unit test.</summary>
public static class SceneLint
{
    /// <summary>One sentence for each thing found; empty is good.</summary>
    public static IReadOnlyList<string> Complaints(Scene scene)
    {
        var texts = scene.Shapes.OfType<Shape.Text>().Where(t => t.Words.Length > 0).ToList();
        var bars = scene.Shapes.OfType<Shape.Way>().Where(w => w.Guarded).SelectMany(w => w.Pieces).ToList();
        var found = new List<string>();
        for (int i = 0; i < texts.Count; i++)
        {
            var box = texts[i].Bounds;
            if (box.X < 12 || box.Y < 8 || box.Right > scene.Width - 12 || box.Bottom > scene.Height - 8) found.Add($"near the edge: {Named(texts[i])}");
            for (int j = i + 1; j < texts.Count; j++)
                if (Shrunk(box).Overlaps(Shrunk(texts[j].Bounds))) found.Add($"overlap: {Named(texts[i])} and {Named(texts[j])}");
            foreach (var bar in bars)
                if (box.Overlaps(new Box(bar.X - 1.5, bar.Y - 1, bar.Width + 3, bar.Height + 2))) found.Add($"line through: {Named(texts[i])}, line {bar}");
        }
        return found;
    }

    private static Box Shrunk(Box box) => new(box.X + 0.25, box.Y + 0.25, box.Width - 0.5, box.Height - 0.5);

    private static string Named(Shape.Text text) => $"\"{text.Words}\" at {text.At.X:0},{text.At.Y:0}";
}
