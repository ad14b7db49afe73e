using NetSim.Workbench.Exporting;
using NetSim.Workbench.Opening;
using NUnit.Framework;

namespace NetSim.Scenarios.Tests;

/// <summary>Every file of scenarios/ is a test.</summary>
public sealed class StoryTests
{
    private static IEnumerable<string> Stories => Tree.Files("scenarios", ".yaml", ".sh");

    [TestCaseSource(nameof(Stories))]
    public void All_expectations_of_a_story_hold(string file) =>
        Assert.That(Run(file).Expectations.Where(e => !e.Holds), Is.Empty);

    [TestCaseSource(nameof(Stories))]
    public void A_story_says_nothing_that_is_not_modelled(string file) =>
        Assert.That(Run(file).Warnings, Is.Empty);

    [TestCaseSource(nameof(Stories))]
    public void The_same_story_and_seed_give_the_same_bytes(string file)
    {
        var (once, again) = (Bytes(Run(file)), Bytes(Run(file)));

        Assert.That(once, Is.EqualTo(again));
    }

    private static Simulated Run(string file) => ScenarioOpening.Run(Path.Combine(Tree.Root, "scenarios", file), null, 7, default);

    private static byte[] Bytes(Simulated run)
    {
        using var bytes = new MemoryStream();
        TraceJson.Write(run.Trace, bytes);
        TracePcapng.Write(run.Trace, run.Trace.ZeroUnixNanoseconds, bytes);
        return bytes.ToArray();
    }
}
