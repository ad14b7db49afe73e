using NetSim.Analysis.Findings;
using NetSim.Analysis.Statistics;
using NetSim.Model.Input;
using NetSim.Workbench.Explaining;

namespace NetSim.Workbench.Diagnosing;

/// <summary>What mends findings: tried on the model for the first few, where there is one.</summary>
internal static class Remedies
{
    public static IReadOnlyList<DiagnosedFinding> For(IReadOnlyList<Finding> findings, Func<IReadOnlyList<string>, FrozenInput>? model, int tries, CancellationToken stop)
    {
        int tried = 0;
        var list = new List<DiagnosedFinding>();
        foreach (var f in findings)
        {
            stop.ThrowIfCancellationRequested();
            bool worth = model is not null && f is { Question: not null, Severity: > Severity.Note } && tried++ < tries;
            list.Add(new(f, (worth ? Tried(f, model!) : null) ?? Told(f)));
        }
        return list;
    }

    private static Remedy? Told(Finding f) => f.Commands.Count > 0 || f.Advice is not null ? new(f.Commands, f.Advice ?? "", false, []) : null;

    private static Remedy? Tried(Finding f, Func<IReadOnlyList<string>, FrozenInput> model)
    {
        try
        {
            var before = model([]);
            var answer = before.Explainer.Explain(f.Question!);
            if (RemedySearch.Find(before, answer, model) is not { Commands.Count: > 0 } found) return null;
            return f.Advice is not null && !found.Proven ? null : found;
        }
        catch (InputException)
        {
            return null;
        }
    }
}
