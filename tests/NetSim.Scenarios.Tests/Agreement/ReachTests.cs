using NUnit.Framework;

namespace NetSim.Scenarios.Tests.Agreement;

/// <summary>Explanations of the end of every recorded case, held against who reached whom on the real engine.</summary>
[Parallelizable(ParallelScope.Children)]
public sealed class ReachTests
{
    private static IEnumerable<object[]> Cases => ReachRow.All.Select(r => (r.Engine, r.Case)).Distinct().Select(c => new object[] { c.Engine, c.Case });

    [TestCaseSource(nameof(Cases))]
    public void An_explanation_says_what_the_real_engine_did(string engine, string name)
    {
        var wrong = Rerun.Of(engine, name).Reach.Where(r => r.Told != r.Row.Recorded).Select(r => $"{r.Row}, explained as {r.Told}");

        Assert.That(wrong, Is.Empty);
    }
}
