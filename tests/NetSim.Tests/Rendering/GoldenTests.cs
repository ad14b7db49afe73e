using System.Text;
using NetSim.Model.Addressing;
using NetSim.Rendering;
using NetSim.Rendering.Output;
using NetSim.Rendering.Scenes;
using NUnit.Framework;
using SkiaSharp;

namespace NetSim.Tests.Rendering;

/// <summary>The seed story and a drop as they looked when somebody last looked. With NETSIM_UPDATE_GOLDENS=1 they are written anew, to be looked at before they are committed.</summary>
public sealed class GoldenTests
{
    private static bool Updates => Environment.GetEnvironmentVariable("NETSIM_UPDATE_GOLDENS") == "1";

    [Test]
    public void The_svg_of_a_story_is_the_golden_one([Values("seed", "drop")] string story)
    {
        byte[] bytes = PictureFile.Encode(Scene(story), ".svg")!;

        byte[] golden = Golden(story + ".svg", bytes);

        Assert.That(Encoding.UTF8.GetString(bytes), Is.EqualTo(Encoding.UTF8.GetString(golden)));
    }

    [Test]
    public void The_svg_of_a_view_is_the_golden_one([Values(PictureView.Ladder, PictureView.Timeline, PictureView.Firewall, PictureView.Addresses)] PictureView view)
    {
        byte[] bytes = PictureFile.Encode(View(view), ".svg")!;

        byte[] golden = Golden($"seed-{view.ToString().ToLowerInvariant()}.svg", bytes);

        Assert.That(Encoding.UTF8.GetString(bytes), Is.EqualTo(Encoding.UTF8.GetString(golden)));
    }

    [Test]
    public void The_pixels_of_a_ladder_are_nearly_the_golden_ones()
    {
        var scene = View(PictureView.Ladder);
        using var image = SkiaWriter.Image(scene, 600 / scene.Width);
        using var png = image.Encode(SKEncodedImageFormat.Png, 100);

        byte[] golden = Golden("seed-ladder.png", png.ToArray());

        Assert.That(ShareOfOthers(png.ToArray(), golden), Is.LessThan(0.01));
    }

    [Test]
    public void The_pixels_of_a_story_are_nearly_the_golden_ones()
    {
        var scene = Scene("seed");
        using var image = SkiaWriter.Image(scene, 800 / scene.Width);
        using var png = image.Encode(SKEncodedImageFormat.Png, 100);

        byte[] golden = Golden("seed.png", png.ToArray());

        Assert.That(ShareOfOthers(png.ToArray(), golden), Is.LessThan(0.01));
    }

    private static Scene View(PictureView view) => Picture.Draw(view, SeedStory.Make(), new()
    {
        Title = "The seed story",
        Engine = "28.5.2",
        Pools = [.. Enumerable.Range(17, 15).Select(n => Subnet.Parse($"172.{n}.0.0/16"))],
    });

    private static Scene Scene(string story) => MapPicture.Draw(story == "seed" ? SeedStory.Make() : FloorDropStory.Make(2, 2), new() { Title = $"The {story} story", Engine = "28.5.2" });

    private static byte[] Golden(string name, byte[] now)
    {
        string path = Path.Combine(Folder.Tests("Rendering/Data"), name);
        if (Updates)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, now);
        }
        return File.ReadAllBytes(path);
    }

    /// <summary>The share of pixels that differ by more than a tenth in some channel; 1 when the sizes differ.</summary>
    private static double ShareOfOthers(byte[] a, byte[] b)
    {
        using var one = SKBitmap.Decode(a);
        using var two = SKBitmap.Decode(b);
        if (one.Width != two.Width || one.Height != two.Height) return 1;
        int others = one.Pixels.Zip(two.Pixels).Count(p => Math.Abs(p.First.Red - p.Second.Red) > 25 || Math.Abs(p.First.Green - p.Second.Green) > 25 || Math.Abs(p.First.Blue - p.Second.Blue) > 25);
        return (double)others / (one.Width * one.Height);
    }
}
