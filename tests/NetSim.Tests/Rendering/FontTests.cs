using NetSim.Rendering;
using NetSim.Rendering.Fonts;
using NetSim.Rendering.Output;
using NetSim.Rendering.Scenes;
using NUnit.Framework;

namespace NetSim.Tests.Rendering;

public sealed class FontTests
{
    [Test]
    public void Every_character_of_the_pictures_has_a_glyph()
    {
        var texts = new[] { SeedStory.Make(), DropStory.Make(), Crowd.Make(9, 3, v6: true) }.SelectMany(t => MapPicture.Draw(t, new() { Title = "The seed story" }).Shapes.OfType<Shape.Text>());

        Assert.That(texts.Where(t => !FontBook.Covers(t.Words, t.Style.Face)).Select(t => t.Words), Is.Empty);
    }

    [Test]
    public void Every_face_has_the_characters_that_people_and_machines_write([Values] FontFace face)
    {
        Assert.That(FontBook.Covers("ABCxyz 0123456789 .,:;/-_!?()[]{}<>'\"’“”…→×=+µéüßñøДом", face), Is.True);
    }

    [Test]
    public void Text_leaves_ink([Values] FontFace face)
    {
        var sheet = new Sheet("words");
        sheet.Text(new(10, 30), "Inked", new(face, 20), new(0));
        using var image = SkiaWriter.Image(new(100, 40, "", new(0xFFFFFF), [sheet]), 1);
        using var pixels = image.PeekPixels();

        int inked = 0;
        foreach (byte b in pixels.GetPixelSpan()) inked += b < 128 ? 1 : 0;

        Assert.That(inked, Is.GreaterThan(100));
    }

    [Test]
    public void A_character_that_no_face_has_becomes_a_box()
    {
        Assert.That(FontBook.Runs("a漢b", FontFace.Sans).Select(r => r.Text), Is.EqualTo(new[] { "a□b" }));
    }

    [Test]
    public void A_long_name_is_shortened_in_its_middle()
    {
        string shortened = FontBook.Shorten("br-7dc0a208ea23", TextStyle.Mono(12), 80);

        Assert.That(shortened, Does.StartWith("br-7").And.EndWith("a23").And.Contains("…"));
    }

    [Test]
    public void What_is_measured_is_what_is_drawn([Values] FontFace face)
    {
        using var font = FontBook.Font(face, 15);

        Assert.That(FontBook.Measure("webapp knocks on db’s door", new(face, 15)), Is.EqualTo(font.MeasureText("webapp knocks on db’s door")).Within(0.5));
    }
}
