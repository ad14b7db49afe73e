using NetSim.Rendering;
using NetSim.Rendering.Output;
using NetSim.Rendering.Scenes;
using NetSim.Rendering.Themes;
using NUnit.Framework;

namespace NetSim.Tests.Rendering;

public sealed class MapPictureTests
{
    [Test]
    public void The_seed_story_draws_without_a_complaint([Values("light", "dark")] string theme)
    {
        var scene = MapPicture.Draw(SeedStory.Make(), new() { Title = "The seed story", Engine = "28.5.2", Theme = Theme.Find(theme)! });

        Assert.That(SceneLint.Complaints(scene), Is.Empty);
    }

    [Test]
    public void The_same_trace_gives_the_same_bytes([Values(".png", ".svg", ".webp")] string format)
    {
        byte[] once = PictureFile.Encode(MapPicture.Draw(SeedStory.Make(), new()), format)!;

        byte[] again = PictureFile.Encode(MapPicture.Draw(SeedStory.Make(), new()), format)!;

        Assert.That(again, Is.EqualTo(once));
    }

    [Test]
    public void The_picture_chosen_tells_of_a_connection_that_was_found_by_name()
    {
        var scene = MapPicture.Draw(SeedStory.Make(), new());

        Assert.That(scene.Title, Is.EqualTo("webapp knocks on db’s door: may I open a connection to port 6379?"));
    }

    [Test]
    public void Every_instant_of_the_seed_story_draws_without_a_complaint()
    {
        var trace = SeedStory.Make();
        long end = trace.Row(trace.Count - 1).Time;

        var found = Enumerable.Range(0, 60).SelectMany(i => SceneLint.Complaints(MapPicture.Draw(trace, new() { At = new(end * i / 59) })).Select(c => $"{i}: {c}")).ToList();

        Assert.That(found, Is.Empty);
    }
}
