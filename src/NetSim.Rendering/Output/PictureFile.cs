using System.Text;
using NetSim.Model.Input;
using NetSim.Rendering.Scenes;
using SkiaSharp;

namespace NetSim.Rendering.Output;

/// <summary>Writes a scene to a file, in the format that the name asks for.</summary>
public static class PictureFile
{
    /// <summary>The formats that names can ask for.</summary>
    public static IReadOnlyList<string> Formats { get; } = [".png", ".svg", ".webp", ".pdf"];

    /// <summary>Writes the scene. Nothing is left behind when it fails.</summary>
    /// <param name="scene">What to write.</param>
    /// <param name="path">The name ends in one of <see cref="Formats"/>.</param>
    /// <param name="scale">Pixels for each px of the scene; SVG and PDF have no need of it.</param>
    /// <exception cref="InputException">The name asks for another format.</exception>
    public static void Write(Scene scene, string path, double scale = 1)
    {
        byte[] bytes = Encode(scene, Path.GetExtension(path), scale) ?? throw new InputException(path, "", $"a picture's name ends in {string.Join(", ", Formats)}");
        File.WriteAllBytes(path, bytes);
    }

    /// <summary>The bytes of a format (".png"), or null when it isn't one of <see cref="Formats"/>.</summary>
    public static byte[]? Encode(Scene scene, string format, double scale = 1) => format.ToLowerInvariant() switch
    {
        ".png" => Pixels(scene, scale, p => p.Encode(new SKPngEncoderOptions(SKPngEncoderFilterFlags.Sub, 6))),
        ".webp" => Pixels(scene, scale, p => p.Encode(new SKWebpEncoderOptions(SKWebpEncoderCompression.Lossless, 60))),
        ".svg" => Encoding.UTF8.GetBytes(SvgWriter.Write(scene)),
        ".pdf" => Pdf(scene),
        _ => null,
    };

    private static byte[] Pixels(Scene scene, double scale, Func<SKPixmap, SKData?> encode)
    {
        using var image = SkiaWriter.Image(scene, scale);
        using var pixels = image.PeekPixels();
        using var data = encode(pixels) ?? throw new InvalidOperationException("Skia could not encode the picture");
        return data.ToArray();
    }

    private static byte[] Pdf(Scene scene)
    {
        using var stream = new MemoryStream();
        using (var document = SKDocument.CreatePdf(stream, new SKDocumentPdfMetadata { Title = scene.Title }))
        {
            var canvas = document.BeginPage((float)scene.Extent.Width, (float)scene.Extent.Height);
            canvas.Clear(new SKColor(scene.Canvas.Red, scene.Canvas.Green, scene.Canvas.Blue));
            SkiaWriter.Place(canvas, scene);
            foreach (var shape in scene.Shapes) SkiaWriter.Draw(canvas, shape);
            document.EndPage();
            document.Close();
        }
        return stream.ToArray();
    }
}
