using System.Text;
using NetSim.Rendering.Scenes;

namespace NetSim.Rendering.Output;

/// <summary>A scene as SVG: real rectangles and texts, a group for each sheet, one shape a line, so that it reads well in a diff and its text can be selected.</summary>
internal static class SvgWriter
{
    /// <summary>The whole document.</summary>
    public static string Write(Scene scene)
    {
        var o = new StringBuilder();
        var (scale, dx, dy) = scene.Placing;
        string x = Svg.Number(-dx / scale), y = Svg.Number(-dy / scale), w = Svg.Number(scene.Extent.Width / scale), h = Svg.Number(scene.Extent.Height / scale);
        o.Append($"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{Svg.Number(scene.Extent.Width)}\" height=\"{Svg.Number(scene.Extent.Height)}\" viewBox=\"{x} {y} {w} {h}\" role=\"img\">\n");
        o.Append($"<title>{Svg.Escape(scene.Title)}</title>\n");
        o.Append("<style>text{white-space:pre;font-family:Inter,sans-serif}.m{font-family:\"JetBrains Mono\",monospace}</style>\n");
        o.Append(scene.Paper is null ? $"<rect width=\"{w}\" height=\"{h}\" fill=\"{scene.Canvas}\"/>\n" : $"<rect x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\" fill=\"{scene.Canvas}\"/>\n");
        foreach (var sheet in scene.Sheets.Where(s => s.Shapes.Count > 0))
        {
            o.Append($"<g id=\"{Svg.Escape(sheet.Name)}\">\n");
            foreach (var shape in sheet.Shapes) Shape(o, shape);
            o.Append("</g>\n");
        }
        return o.Append("</svg>\n").ToString();
    }

    private static void Shape(StringBuilder o, Shape shape)
    {
        switch (shape)
        {
            case Shape.Rect r:
                o.Append($"<rect x=\"{Svg.Number(r.Box.X)}\" y=\"{Svg.Number(r.Box.Y)}\" width=\"{Svg.Number(r.Box.Width)}\" height=\"{Svg.Number(r.Box.Height)}\"");
                if (r.Radius > 0) o.Append($" rx=\"{Svg.Number(r.Radius)}\"");
                Close(o, r.Ink, r.Opacity);
                break;
            case Shape.Circle c:
                o.Append($"<circle cx=\"{Svg.Number(c.Centre.X)}\" cy=\"{Svg.Number(c.Centre.Y)}\" r=\"{Svg.Number(c.Radius)}\"");
                Close(o, c.Ink, c.Opacity);
                break;
            case Shape.Way w:
                o.Append($"<path d=\"{WaySteps.Of(w.Points, w.Corner)}\"");
                Close(o, w.Ink, w.Opacity);
                break;
            case Shape.Path p:
                o.Append($"<path d=\"{p.Steps}\"");
                Close(o, p.Ink, p.Opacity);
                break;
            case Shape.Text t:
                Text(o, t);
                break;
        }
    }

    private static void Close(StringBuilder o, Ink ink, double opacity)
    {
        o.Append($" fill=\"{ink.Fill?.ToString() ?? "none"}\"");
        if (ink.Stroke is { } stroke) o.Append($" stroke=\"{stroke}\"");
        if (ink.Stroke is not null && Math.Abs(ink.Width - 1) > 1e-9) o.Append($" stroke-width=\"{Svg.Number(ink.Width)}\"");
        if (ink.Dash is { } dash) o.Append($" stroke-dasharray=\"{Svg.Number(dash.On)} {Svg.Number(dash.Off)}\"");
        if (ink.Round) o.Append(" stroke-linecap=\"round\" stroke-linejoin=\"round\"");
        if (opacity < 1) o.Append($" opacity=\"{Svg.Number(opacity)}\"");
        o.Append("/>\n");
    }

    /// <summary>The measured width goes with the text, so that a viewer without the fonts keeps it in its place.</summary>
    private static void Text(StringBuilder o, Shape.Text t)
    {
        o.Append("<text");
        if (t.Style.IsMono) o.Append(" class=\"m\"");
        o.Append($" x=\"{Svg.Number(t.At.X)}\" y=\"{Svg.Number(t.At.Y)}\" font-size=\"{Svg.Number(t.Style.Size)}\"");
        if (t.Style.Weight != 400) o.Append($" font-weight=\"{t.Style.Weight}\"");
        o.Append($" fill=\"{t.Fill}\" textLength=\"{Svg.Number(t.Width)}\"");
        if (t.Struck) o.Append(" text-decoration=\"line-through\"");
        if (t.Opacity < 1) o.Append($" opacity=\"{Svg.Number(t.Opacity)}\"");
        o.Append($">{Svg.Escape(t.Words)}</text>\n");
    }
}
