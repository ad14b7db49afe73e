using System.Collections.Concurrent;
using NetSim.Analysis.Explanation;
using NetSim.Scenarios.Tests.Stories;
using NetSim.Workbench.Exporting;
using NetSim.Workbench.Explaining;

namespace NetSim.Scenarios.Tests.Agreement;

/// <summary>A recorded case, run by NetSim once for all tests: what differs from the real engine, and who reaches whom at its end.</summary>
internal sealed record Rerun(IReadOnlyList<Judged> Misses, IReadOnlyList<(ReachRow Row, Disposition Told)> Reach)
{
    private static readonly ConcurrentDictionary<(string Engine, string Case), Lazy<Rerun>> Known = new();

    /// <summary>The run of a case.</summary>
    public static Rerun Of(string engine, string name) => Known.GetOrAdd((engine, name), key => new(() => Run(key.Engine, key.Case))).Value;

    private static Rerun Run(string engine, string name)
    {
        string real = Recorded.Folder(engine, name);
        string folder = Directory.CreateTempSubdirectory("netsim").FullName;
        var run = Runs.Anew(Path.Combine(real, "steps.sh"), engine);
        RunExport.Recording(run, folder);
        var misses = Comparison.Of(new Recording(real), new Recording(folder)).Where(j => j.Outcome != Outcome.Holds).ToList();
        Directory.Delete(folder, recursive: true);
        var explainer = FrozenInput.Of(run).Explainer;
        return new(misses, [.. ReachRow.All.Where(r => r.Engine == engine && r.Case == name).Select(r => (r, explainer.Judge(r.Question)))]);
    }
}

/// <summary>Who reached whom at the end of a recorded case, and how it failed if it did.</summary>
internal sealed record ReachRow(string Engine, string Case, Question Question, Disposition Recorded)
{
    /// <summary>All rows.</summary>
    public static IReadOnlyList<ReachRow> All { get; } = [.. File.ReadLines(Path.Combine(Tree.Recordings, "reach.tsv")).Where(l => l[0] != '#').Select(Read)];

    public override string ToString() => $"{Engine} {Case}: {Question.From} → {Question.Target} {Question.Protocol}: {Recorded}";

    private static ReachRow Read(string line)
    {
        var c = line.Split('\t');
        var protocol = Enum.Parse<AskedProtocol>(c[4], ignoreCase: true);
        var question = protocol == AskedProtocol.Dns ? new Question(c[2], c[3], null, protocol) : Question.Read(c[2], c[3], protocol);
        return new(c[0], c[1], question, Enum.Parse<Disposition>(c[5], ignoreCase: true));
    }
}
