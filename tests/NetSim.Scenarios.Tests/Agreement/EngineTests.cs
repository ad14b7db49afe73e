using NetSim.Workbench.Exporting;
using NetSim.Workbench.Opening;
using NUnit.Framework;

namespace NetSim.Scenarios.Tests.Agreement;

/// <summary>What NetSim makes of recorded command lines agrees with what the engine made of them.</summary>
public sealed class EngineTests
{
    private const double AtLeast = 0.99;
    private static readonly string[] Engines = ["20.10.24", "28.5.2"];
    private static readonly string[] Cases = ["01-seed", "02-default-bridge", "03-golden-curl"];

    private static IEnumerable<object[]> Recordings => from e in Engines from c in Cases select new object[] { e, c };

    [TestCaseSource(nameof(Recordings))]
    public void Every_category_agrees_with_the_recorded_engine(string engine, string name)
    {
        string real = Path.Combine(Tree.Recordings, engine, name), folder = Directory.CreateTempSubdirectory("netsim").FullName;
        RunExport.Recording(ScenarioOpening.Run(Path.Combine(real, "steps.sh"), engine, 1, default), folder);

        var judged = Comparison.Of(new Recording(real), new Recording(folder));

        Directory.Delete(folder, recursive: true);
        var low = judged.GroupBy(j => j.Category).Where(g => g.Count(j => j.Outcome == Outcome.Holds) < AtLeast * g.Count());
        Assert.That(low.Select(g => g.Key), Is.Empty, string.Join('\n', judged.Where(j => j.Outcome != Outcome.Holds).Take(20)));
    }
}
