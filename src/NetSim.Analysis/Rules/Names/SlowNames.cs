using NetSim.Analysis.Findings;
using NetSim.Analysis.Statistics;

namespace NetSim.Analysis.Rules.Names;

/// <summary>A name server takes long to answer.</summary>
internal sealed class SlowNames : Diagnosis
{
    public override string Name => "dns-slow";

    public override IEnumerable<Finding> Find(DiagnosisCase c)
    {
        foreach (var slow in NameViews.Of(c).Where(q => q.Kind == NameKind.Found && q.Answered is { } a && a.Time - q.Asked.Time >= 1_000_000_000).GroupBy(q => (q.From, q.Host)))
        {
            var q = slow.MaxBy(s => s.Answered!.Value.Time - s.Asked.Time)!;
            yield return new(Name, Severity.Warning, $"{q.Host} took {Units.Time(q.Answered!.Value.Time - q.Asked.Time)} to tell {q.From} about {q.Name}{(slow.Count() > 1 ? $", and {slow.Count() - 1} more" : "")}") { Evidence = [Evidence.Of(q.Asked), Evidence.Of(q.Answered.Value)], Subject = $"{q.From} {q.Host}", Advice = "the first server of the list may be silent: each question waits for it; put one that answers first" };
        }
    }
}
