using NetSim.Model.Tracing;
using NetSim.Rendering;
using NetSim.Rendering.Fonts;
using NetSim.Rendering.Output;
using NetSim.Rendering.Scenes;
using NetSim.Rendering.Themes;
using NUnit.Framework;
using SkiaSharp;

namespace NetSim.Tests.Rendering;

/// <summary>What holds for every view of every story.</summary>
public sealed class ViewTests
{
    private static readonly string[] Stories = ["empty", "seed", "drop", "crowd", "crowd6", "flood"];

    [Test]
    public void No_text_of_a_view_is_hurt([Values] PictureView view, [ValueSource(nameof(Stories))] string story, [Values("light", "dark")] string theme)
    {
        var scene = Picture.Draw(view, Make(story), new() { Title = "A story with a title that is long enough to meet the numbers at its right", Engine = "28.5.2", Theme = Theme.Find(theme)! });

        Assert.That(SceneLint.Complaints(scene), Is.Empty);
    }

    [Test]
    public void No_text_of_a_view_is_hurt_at_any_instant([Values] PictureView view, [Range(0, 8)] int eighth)
    {
        var trace = SeedStory.Make();
        long end = trace.Row(trace.Count - 1).Time;

        Assert.That(SceneLint.Complaints(Picture.Draw(view, trace, new() { At = new(end * eighth / 8) })), Is.Empty);
    }

    [Test]
    public void Every_character_of_a_view_has_a_glyph([Values] PictureView view, [ValueSource(nameof(Stories))] string story)
    {
        var texts = Picture.Draw(view, Make(story), new() { Title = "A story" }).Shapes.OfType<Shape.Text>();

        Assert.That(texts.Where(t => !FontBook.Covers(t.Words, t.Style.Face)).Select(t => t.Words), Is.Empty);
    }

    [Test]
    public void The_same_trace_gives_the_same_view([Values] PictureView view)
    {
        byte[] once = PictureFile.Encode(Picture.Draw(view, SeedStory.Make(), new()), ".svg")!;

        Assert.That(PictureFile.Encode(Picture.Draw(view, SeedStory.Make(), new()), ".svg"), Is.EqualTo(once));
    }

    [Test]
    public void A_picture_has_the_size_that_was_asked_for([Values] PictureView view, [Values(320, 1920)] int width, [Values(200, 1080)] int height)
    {
        var scene = Picture.Draw(view, SeedStory.Make(), new() { Size = (width, height) });

        using var bitmap = SKBitmap.Decode(PictureFile.Encode(scene, ".png"));

        Assert.That((bitmap.Width, bitmap.Height), Is.EqualTo((width, height)));
    }

    [Test]
    public void A_view_is_small_as_svg([Values] PictureView view)
    {
        Assert.That(PictureFile.Encode(Picture.Draw(view, SeedStory.Make(), new()), ".svg"), Has.Length.LessThan(120_000));
    }

    private static Trace Make(string story) => story switch
    {
        "empty" => new Trace(),
        "seed" => SeedStory.Make(),
        "drop" => DropStory.Make(),
        "crowd" => Crowd.Make(14, 3),
        "crowd6" => Crowd.Make(6, 2, v6: true),
        _ => FloorDropStory.Make(9, 3, v6: true),
    };
}
