using NUnit.Framework;

namespace NetSim.Scenarios.Tests.Stories;

/// <summary>Every file of scenarios/ is a test.</summary>
public sealed class StoryTests
{
    private static IEnumerable<string> Scenarios => Runs.Scenarios;

    [Test]
    public void There_are_stories() => Assert.That(Scenarios, Is.Not.Empty);

    [TestCaseSource(nameof(Scenarios))]
    public void What_a_story_expects_comes_true(string scenario) =>
        Assert.That(Runs.Of(scenario).Expectations.Where(e => !e.Holds), Is.Empty);

    [TestCaseSource(nameof(Scenarios))]
    public void A_story_expects_something(string scenario) =>
        Assert.That(Runs.Of(scenario).Expectations, Is.Not.Empty);

    [TestCaseSource(nameof(Scenarios))]
    public void All_of_a_story_is_modelled(string scenario) =>
        Assert.That(Runs.Of(scenario).Warnings, Is.Empty);

    [TestCaseSource(nameof(Scenarios))]
    public void A_story_told_twice_has_the_same_bytes(string scenario)
    {
        string path = Path.Combine(Tree.Root, "scenarios", scenario);

        var (first, second) = (Runs.Of(scenario), Runs.Anew(path, null));

        Assert.That((Runs.Json(first).AsSpan().SequenceEqual(Runs.Json(second)), Runs.Pcapng(first).AsSpan().SequenceEqual(Runs.Pcapng(second))), Is.EqualTo((true, true)));
    }

    [TestCaseSource(nameof(Scenarios))]
    public void The_trace_of_a_story_is_the_golden_one(string scenario) =>
        Goldens.Check(Path.ChangeExtension(scenario.Replace('/', '-'), ".trace.txt"), TraceText.Of(Runs.Of(scenario)));

    [TestCaseSource(nameof(Scenarios))]
    public void Time_never_goes_back(string scenario)
    {
        var times = NetSim.Model.Tracing.TraceReading.Rows(Runs.Of(scenario).Trace).Select(r => r.Row.Time).ToList();

        Assert.That(times, Is.Ordered);
    }
}
