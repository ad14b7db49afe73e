using System.Collections.Concurrent;
using NetSim.Scenarios.Tests.Stories;
using NetSim.Workbench.Exporting;
using NUnit.Framework;

namespace NetSim.Scenarios.Tests.Agreement;

/// <summary>The recorded cases, run by NetSim and held against the recordings of the real engines.</summary>
public sealed class AgreementTests
{
    private static readonly string[] Categories = ["ipam", "links", "routes", "files", "firewall", "ports", "steps", "packets"];
    private static readonly ConcurrentDictionary<(string Engine, string Case), Lazy<IReadOnlyList<Judged>>> Known = new();

    private static IEnumerable<(string Engine, string Case)> Recordings => from e in Directory.GetDirectories(Tree.Recordings).Order(StringComparer.Ordinal)
                                                                           from c in Directory.GetDirectories(e).Order(StringComparer.Ordinal)
                                                                           select (Path.GetFileName(e), Path.GetFileName(c));

    private static IEnumerable<object[]> Facts => from r in Recordings from c in Categories select new object[] { r.Engine, r.Case, c };

    [TestCaseSource(nameof(Facts))]
    public void The_simulated_engine_agrees_with_the_real_one(string engine, string name, string category)
    {
        var misses = Judge(engine, name).Where(j => j.Category == category && j.Outcome != Outcome.Holds && !KnownMisses.Allows(engine, name, j)).ToList();

        Assert.That(misses, Is.Empty, string.Join(Environment.NewLine, misses));
    }

    [Test]
    public void Every_miss_that_is_allowed_is_still_missed()
    {
        var missed = Recordings.SelectMany(r => Judge(r.Engine, r.Case).Where(j => j.Outcome != Outcome.Holds).Select(j => (r.Engine, r.Case, j))).ToList();

        Assert.That(KnownMisses.All.Where(k => !missed.Exists(m => k.Allows(m.Engine, m.Case, m.j))), Is.Empty);
    }

    private static IReadOnlyList<Judged> Judge(string engine, string name) => Known.GetOrAdd((engine, name), key => new(() =>
    {
        string real = Path.Combine(Tree.Recordings, key.Engine, key.Case);
        string folder = Directory.CreateTempSubdirectory("netsim").FullName;
        RunExport.Recording(Runs.At(Path.Combine(real, "steps.sh"), key.Engine), folder);
        var judged = Comparison.Of(new Recording(real), new Recording(folder));
        Directory.Delete(folder, recursive: true);
        return judged;
    })).Value;
}
