namespace NetSim.Rendering.Scenes;

/// <summary>What is wrong with a scene to the eye: texts on each other, lines through texts, shapes on texts, texts near or beyond the edge. Works on shapes, so that it can be a unit test.</summary>
public static class SceneLint
{
    /// <summary>One sentence for each thing found; empty is good.</summary>
    public static IReadOnlyList<string> Complaints(Scene scene)
    {
        var shapes = scene.Shapes.ToList();
        var texts = shapes.Select((s, i) => (Shape: s, Order: i)).Where(s => s.Shape is Shape.Text { Words.Length: > 0 }).Select(s => ((Shape.Text)s.Shape, s.Order)).ToList();
        var bars = shapes.Select((s, i) => (Shape: s, Order: i)).Where(s => s.Shape is Shape.Way { Guarded: true }).SelectMany(s => ((Shape.Way)s.Shape).Pieces.Select(p => (Piece: p, s.Order))).ToList();
        var papers = shapes.Select((s, i) => (Shape: s, Order: i)).Where(s => s.Shape is Shape.Rect { Ink.Fill: not null, Opacity: 1 }).Select(s => (s.Shape.Bounds, s.Order)).ToList();
        var covers = shapes.Select((s, i) => (Shape: s, Order: i)).Where(s => Hides(s.Shape)).ToList();
        var found = new List<string>();
        for (int i = 0; i < texts.Count; i++)
        {
            var (text, order) = texts[i];
            var box = text.Bounds;
            if (box.X < 12 || box.Y < 8 || box.Right > scene.Width - 12 || box.Bottom > scene.Height - 8) found.Add($"near the edge: {Named(text)}");
            for (int j = i + 1; j < texts.Count; j++)
                if (Shrunk(box).Overlaps(Shrunk(texts[j].Item1.Bounds))) found.Add($"overlap: {Named(text)} and {Named(texts[j].Item1)}");
            foreach (var cover in covers)
                if (cover.Order > order && Shrunk(box).Overlaps(Shrunk(cover.Shape.Bounds))) found.Add($"hidden: {Named(text)} by {cover.Shape.GetType().Name} {cover.Shape.Bounds.X:0},{cover.Shape.Bounds.Y:0}");
            foreach (var bar in bars)
                if (box.Overlaps(new Box(bar.Piece.X - 1.5, bar.Piece.Y - 1, bar.Piece.Width + 3, bar.Piece.Height + 2)) && !IsCovered(papers, Shrunk(box), (bar.Order, order)))
                    found.Add($"line through: {Named(text)}, line {bar.Piece.X:0},{bar.Piece.Y:0} {bar.Piece.Width:0}x{bar.Piece.Height:0}");
        }
        return found;
    }

    /// <summary>A filled shape hides what was drawn before it.</summary>
    private static bool Hides(Shape shape) => shape is Shape.Rect { Ink.Fill: not null, Opacity: 1 } or Shape.Circle { Ink.Fill: not null, Opacity: 1 } or Shape.Path { Ink.Fill: not null, Opacity: 1 };

    /// <summary>Does paper lie between the line and the text?</summary>
    private static bool IsCovered(List<(Box Box, int Order)> papers, Box text, (int Line, int Text) order) =>
        papers.Exists(p => p.Order > order.Line && p.Order < order.Text && p.Box.Contains(text));

    private static Box Shrunk(Box box) => new(box.X + 0.25, box.Y + 0.25, box.Width - 0.5, box.Height - 0.5);

    private static string Named(Shape.Text text) => $"\"{text.Words}\" at {text.At.X:0},{text.At.Y:0}";
}
