using NUnit.Framework;

namespace NetSim.Scenarios.Tests.Agreement;

/// <summary>Every recorded case, run by NetSim once and held against the recording of the real engine, category by category.</summary>
[Parallelizable(ParallelScope.Children)]
public sealed class AgreementTests
{
    private static readonly string[] Categories = ["ipam", "links", "routes", "files", "firewall", "ports", "steps", "packets"];

    /// <summary>Category by category, so that the tests of one case, which share its run, don't wait for each other.</summary>
    private static IEnumerable<object[]> Facts => from c in Categories from r in Recorded.All select new object[] { r.Engine, r.Case, c };

    [TestCaseSource(nameof(Facts))]
    public void The_simulated_engine_agrees_with_the_real_one(string engine, string name, string category)
    {
        var misses = Misses(engine, name).Where(j => j.Category == category && !KnownMisses.Allows(engine, name, j)).ToList();

        Assert.That(misses, Is.Empty, string.Join(Environment.NewLine, misses));
    }

    [Test]
    public void Every_miss_that_is_allowed_is_still_missed()
    {
        var missed = Recorded.All.SelectMany(r => Misses(r.Engine, r.Case).Select(j => (r.Engine, r.Case, j))).ToList();

        Assert.That(KnownMisses.All.Where(k => !missed.Exists(m => k.Allows(m.Engine, m.Case, m.j))), Is.Empty);
    }

    private static IReadOnlyList<Judged> Misses(string engine, string name) => Rerun.Of(engine, name).Misses;
}
