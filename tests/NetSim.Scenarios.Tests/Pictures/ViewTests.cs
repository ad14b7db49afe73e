using NetSim.Docker.Ipam;
using NetSim.Model.Input;
using NetSim.Rendering;
using NetSim.Rendering.Fonts;
using NetSim.Rendering.Scenes;
using NetSim.Workbench.Explaining;
using NetSim.Workbench.Exporting;
using NetSim.Workbench.Opening;
using NUnit.Framework;

namespace NetSim.Scenarios.Tests.Pictures;

/// <summary>Every view but the map (which has tests of its own) of everything that lies here to be drawn: no text on another, no line through one, no letter missing.</summary>
public sealed class ViewTests
{
    private static IEnumerable<string> Scenarios => Tree.Files("scenarios", ".yaml").Select(f => Path.Combine(Tree.Root, "scenarios", f));

    private static IEnumerable<string> Captures => Tree.Files("captures", ".pcap", ".pcapng", ".gz").Select(f => Path.Combine(Tree.Root, "captures", f));

    private static IEnumerable<TestCaseData> Cases => Recorded.All.Select(r => new TestCaseData(r.Engine, r.Case));

    [TestCaseSource(nameof(Scenarios))]
    public void Every_view_of_a_scenario_is_clean(string path) => Assert.That(Complaints(InputOpening.Open(path, null, 1, default)), Is.Empty);

    [TestCaseSource(nameof(Cases))]
    public void Every_view_of_a_recorded_case_run_again_is_clean(string engine, string name) =>
        Assert.That(Complaints(InputOpening.Open(Path.Combine(Recorded.Folder(engine, name), "steps.sh"), engine, 1, default)), Is.Empty);

    [TestCaseSource(nameof(Cases))]
    public void Every_view_of_a_recorded_host_is_clean(string engine, string name)
    {
        string folder = Recorded.Folder(engine, name);

        Assert.That(Complaints(InputOpening.Open(folder, engine, 1, default), FirewallStories.Ask(new InputWish(folder, engine, 1), null, default)), Is.Empty);
    }

    [TestCaseSource(nameof(Captures))]
    public void Every_view_of_a_capture_is_clean(string path)
    {
        Opened? opened = null;
        try
        {
            opened = InputOpening.Open(path, null, 1, default);
        }
        catch (InputException e) when (e.Message.Contains("link type", StringComparison.Ordinal) || e.Message.Contains("is no text", StringComparison.Ordinal))
        {
            // Two captures are here because they can't be read; others tell of that.
        }

        Assert.That(opened is null ? [] : Complaints(opened), Is.Empty);
    }

    /// <summary>Of all views, and of characters without a glyph.</summary>
    private static List<string> Complaints(Opened what, FirewallStory? firewall = null)
    {
        var found = new List<string>();
        foreach (var view in Enum.GetValues<PictureView>().Where(v => v != PictureView.Map))
        {
            var scene = Picture.Draw(view, what.Trace, new() { Title = what.Title, Engine = what.Engine, Firewall = firewall, Pools = AutomaticSubnets.Default });
            found.AddRange(SceneLint.Complaints(scene).Select(c => $"{view}: {c}"));
            found.AddRange(scene.Shapes.OfType<Shape.Text>().Where(t => !FontBook.Covers(t.Words, t.Style.Face)).Select(t => $"{view}: no glyph for \"{t.Words}\""));
        }
        return found;
    }
}
