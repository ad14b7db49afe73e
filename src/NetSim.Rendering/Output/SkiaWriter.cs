using NetSim.Rendering.Fonts;
using NetSim.Rendering.Scenes;
using SkiaSharp;

namespace NetSim.Rendering.Output;

/// <summary>Puts shapes on a Skia canvas. The canvas should be BGRA, the byte order that Skia draws three times as fast as others.</summary>
internal static class SkiaWriter
{
    /// <summary>A surface of a scene's size at a scale, cleared to its canvas colour and scaled.</summary>
    public static SKSurface Surface(Scene scene, double scale)
    {
        var surface = SKSurface.Create(new SKImageInfo(Pixels(scene.Extent.Width, scale), Pixels(scene.Extent.Height, scale), SKColorType.Bgra8888, SKAlphaType.Premul));
        surface.Canvas.Clear(Skia(scene.Canvas, 1));
        surface.Canvas.Scale((float)scale);
        Place(surface.Canvas, scene);
        return surface;
    }

    /// <summary>Puts the drawing in the middle of its paper.</summary>
    public static void Place(SKCanvas canvas, Scene scene)
    {
        if (scene.Paper is null) return;
        var (scale, x, y) = scene.Placing;
        canvas.Translate((float)x, (float)y);
        canvas.Scale((float)scale);
    }

    /// <summary>The whole scene at a scale.</summary>
    public static SKImage Image(Scene scene, double scale)
    {
        using var surface = Surface(scene, scale);
        foreach (var shape in scene.Shapes) Draw(surface.Canvas, shape);
        return surface.Snapshot();
    }

    /// <summary>One shape.</summary>
    public static void Draw(SKCanvas canvas, Shape shape)
    {
        switch (shape)
        {
            case Shape.Rect r: Painted(r.Ink, r.Opacity, p => Rect(canvas, r, p)); break;
            case Shape.Circle c: Painted(c.Ink, c.Opacity, p => canvas.DrawCircle((float)c.Centre.X, (float)c.Centre.Y, (float)c.Radius, p)); break;
            case Shape.Way { Points.Count: 2 } w: Painted(w.Ink, w.Opacity, p => canvas.DrawLine(Skia(w.Points[0]), Skia(w.Points[1]), p)); break;
            case Shape.Way w: Path(canvas, WaySteps.Of(w.Points, w.Corner), w.Ink, w.Opacity); break;
            case Shape.Path p: Path(canvas, p.Steps, p.Ink, p.Opacity); break;
            case Shape.Text t: Text(canvas, t); break;
        }
    }

    /// <summary>Whole pixels of a length at a scale.</summary>
    public static int Pixels(double length, double scale) => Math.Max(1, (int)Math.Round(length * scale));

    private static void Rect(SKCanvas canvas, Shape.Rect r, SKPaint paint)
    {
        var box = SKRect.Create((float)r.Box.X, (float)r.Box.Y, (float)r.Box.Width, (float)r.Box.Height);
        float radius = (float)Math.Min(r.Radius, Math.Min(r.Box.Width, r.Box.Height) / 2);
        if (radius > 0) canvas.DrawRoundRect(box, radius, radius, paint);
        else canvas.DrawRect(box, paint);
    }

    private static void Path(SKCanvas canvas, string steps, Ink ink, double opacity)
    {
        using var path = SKPath.ParseSvgPathData(steps) ?? throw new InvalidOperationException($"\"{steps}\" is no path");
        Painted(ink, opacity, p => canvas.DrawPath(path, p));
    }

    private static void Painted(Ink ink, double opacity, Action<SKPaint> draw)
    {
        using var paint = new SKPaint { IsAntialias = true };
        if (ink.Fill is { } fill)
        {
            paint.Color = Skia(fill, opacity);
            draw(paint);
        }
        if (ink.Stroke is not { } stroke) return;
        paint.Style = SKPaintStyle.Stroke;
        paint.Color = Skia(stroke, opacity);
        paint.StrokeWidth = (float)ink.Width;
        paint.StrokeCap = ink.Round ? SKStrokeCap.Round : SKStrokeCap.Butt;
        paint.StrokeJoin = ink.Round ? SKStrokeJoin.Round : SKStrokeJoin.Miter;
        using var dash = ink.Dash is { } d ? SKPathEffect.CreateDash([(float)d.On, (float)d.Off], 0) : null;
        paint.PathEffect = dash;
        draw(paint);
    }

    private static void Text(SKCanvas canvas, Shape.Text t)
    {
        using var paint = new SKPaint { IsAntialias = true, Color = Skia(t.Fill, t.Opacity) };
        float x = (float)t.At.X, y = (float)t.At.Y;
        foreach (var (face, text) in FontBook.Runs(t.Words, t.Style.Face))
        {
            using var font = FontBook.Font(face, t.Style.Size);
            canvas.DrawText(text, x, y, SKTextAlign.Left, font, paint);
            x += font.MeasureText(text);
        }
        if (!t.Struck) return;
        paint.StrokeWidth = (float)(t.Style.Size / 12);
        canvas.DrawLine((float)t.At.X, y - (float)(0.3 * t.Style.Size), x, y - (float)(0.3 * t.Style.Size), paint);
    }

    private static SKPoint Skia(Spot p) => new((float)p.X, (float)p.Y);

    private static SKColor Skia(Colour c, double opacity) => new(c.Red, c.Green, c.Blue, (byte)Math.Round(255 * Math.Clamp(opacity, 0, 1)));
}
