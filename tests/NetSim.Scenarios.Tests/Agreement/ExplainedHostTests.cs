using NetSim.Analysis.Explanation;
using NetSim.Scenarios.Tests.Stories;
using NetSim.Workbench.Explaining;
using NetSim.Workbench.Questions;
using NUnit.Framework;

namespace NetSim.Scenarios.Tests.Agreement;

/// <summary>Explanations, held against what the simulated programs then meet, on hosts made by chance.</summary>
[Parallelizable(ParallelScope.Children)]
public sealed class ExplainedHostTests
{
    [Test]
    public void An_explanation_says_what_programs_then_meet([Range(1, 80)] int seed)
    {
        var made = new RandomHost(seed);
        var probes = made.Probes().ToList();
        string folder = Directory.CreateTempSubdirectory("netsim").FullName;
        File.WriteAllText(Path.Combine(folder, "host.sh"), made.Steps);
        File.WriteAllText(Path.Combine(folder, "asked.sh"), made.Steps + string.Concat(probes.Select(p => Line(p) + "\n")));
        var explainer = FrozenInput.Of(Runs.Anew(Path.Combine(folder, "host.sh"), made.Engine)).Explainer;

        var met = Runs.Anew(Path.Combine(folder, "asked.sh"), made.Engine).Steps.TakeLast(probes.Count).ToList();
        var wrong = probes.Zip(met).Where(x => !Agrees(explainer.Explain(Question.Read(x.First.From, End(x.First), null)), x.Second)).Select(x => $"{x.First} met {x.Second.ExitCode} {x.Second.Output}{x.Second.Error}").ToList();
        Directory.Delete(folder, recursive: true);

        Assert.That(wrong, Is.Empty, $"{made.Engine}\n{made.Steps}");
    }

    private static string End((string From, string To, int? Port) probe) => probe.Port is { } p ? $"{probe.To}:{p}" : probe.To;

    private static string Line((string From, string To, int? Port) probe)
    {
        string program = probe.Port is { } p ? $"curl -sS -m 4 -o /dev/null http://{probe.To}:{p}/" : $"ping -c 1 -W 4 {probe.To}";
        return probe.From is "host" or "outside" ? $"{probe.From} {program}" : $"docker exec {probe.From} {program}";
    }

    private static bool Agrees(Explanation told, ToldStep met) => Met(met).Contains(told.Disposition);

    /// <summary>What the program's words and exit code can mean; busybox's ping does not tell errors from silence.</summary>
    private static Disposition[] Met(ToldStep met)
    {
        string words = met.Output + met.Error;
        bool Says(string part) => words.Contains(part, StringComparison.Ordinal);
        if (Says("is not running")) return [Disposition.Unknown];
        if (met.ExitCode == 0) return [Disposition.Delivered];
        if (met.ExitCode == 6 || Says("bad address") || Says("not known") || Says("resolution") || Says("Resolving timed out")) return [Disposition.Unresolved];
        if (Says("refused") || Says("Port Unreachable") || met.ExitCode is 52 or 56) return [Disposition.Refused];
        if (met.ExitCode == 7) return [Disposition.Refused, Disposition.Unreachable];
        if (Says("nreachable") || Says("No route to host") || Says("Invalid argument")) return [Disposition.Unreachable];
        return met.ExitCode == 28 || !Says("): 56 data bytes") ? [Disposition.Dropped] : [Disposition.Dropped, Disposition.Refused, Disposition.Unreachable];
    }
}
