using NetSim.Scenarios.Tests.Agreement;
using NUnit.Framework;

namespace NetSim.Scenarios.Tests.Live;

/// <summary>NetSim against a Docker Engine that runs here and now, whichever version this machine has. The engine is started once, and fails these tests where it can't be.</summary>
[Category("LiveEngine")]
[NonParallelizable]
public sealed class LiveEngineTests
{
    private static readonly string[] Categories = ["ipam", "links", "routes", "files", "firewall", "ports", "steps"];
    private readonly LiveEngine _engine = new();

    private static IEnumerable<object[]> Facts => from c in LiveEngine.Cases from k in Categories select new object[] { c.Label, k };

    private static IEnumerable<string> Labels => LiveEngine.Cases.Select(c => c.Label);

    [OneTimeSetUp]
    public void Play_the_scenario_on_the_engine()
    {
        try
        {
            _engine.Play();
        }
        catch (InvalidOperationException fault)
        {
            Assert.Fail(fault.Message);
        }
    }

    [OneTimeTearDown]
    public void Forget_what_was_written() => _engine.Dispose();

    [Test]
    public void There_are_at_least_ten_cases() => Assert.That(LiveEngine.Cases, Has.Count.AtLeast(10));

    [TestCaseSource(nameof(Facts))]
    public void The_engine_of_this_machine_makes_what_NetSim_makes(string label, string category)
    {
        var misses = _engine.Judge(label).Where(j => j.Category == category && j.Outcome != Outcome.Holds).ToList();

        Assert.That(misses, Is.Empty, $"Docker Engine {_engine.Version}{Environment.NewLine}{string.Join(Environment.NewLine, misses)}");
    }

    [TestCaseSource(nameof(Labels))]
    public void A_case_has_facts_that_could_differ(string label) =>
        Assert.That(_engine.Judge(label).Count(j => j.Outcome == Outcome.Holds), Is.GreaterThan(50));
}
