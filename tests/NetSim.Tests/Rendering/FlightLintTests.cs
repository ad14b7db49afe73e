using NetSim.Model.Tracing;
using NetSim.Rendering;
using NetSim.Rendering.Scenes;
using NetSim.Rendering.Stories;
using NUnit.Framework;

namespace NetSim.Tests.Rendering;

/// <summary>Tags, glyphs, marks and falls against all texts.</summary>
public sealed class FlightLintTests
{
    [Test]
    public void Every_packet_of_the_seed_story_hides_no_text([Range(0, 3)] int quarter) => Assert.That(Complaints(SeedStory.Make(), (4, quarter)), Is.Empty);

    [Test]
    public void Every_packet_that_dies_in_the_stack_hides_no_text() => Assert.That(Complaints(DropStory.Make(), (1, 0)), Is.Empty);

    [Test]
    public void Every_packet_that_dies_on_its_floor_hides_no_text([Values(2, 3, 5, 9, 14)] int containers, [Values(1, 2, 3)] int networks, [Values] bool v6) =>
        Assert.That(Complaints(FloorDropStory.Make(containers, networks, v6), (containers > 5 ? 3 : 1, 0)), Is.Empty);

    /// <summary>At the middle and at the end of every packet of a share.</summary>
    private static List<string> Complaints(Trace trace, (int Every, int From) share)
    {
        var index = TraceIndex.Of(trace);
        var found = new List<string>();
        foreach (var entry in index.Shown.Where(e => e.Order % share.Every == share.From))
        {
            foreach (long row in new[] { (entry.FirstRow + entry.LastRow) / 2, entry.LastRow })
            {
                var scene = MapPicture.Draw(trace, new() { At = index.TimeOf(row), Title = "Packets" });
                found.AddRange(SceneLint.Complaints(scene).Select(c => $"{entry.Order}: {c}"));
            }
        }
        return found;
    }
}
