using System.Text.Json;
using NetSim.Analysis.Explanation;

namespace NetSim.Cli.Output;

/// <summary>Explanations as one JSON document.</summary>
internal static class ExplainJson
{
    /// <summary>One answer, or one for each engine and where they differ.</summary>
    public static void Write(Door door, IReadOnlyList<AnsweredBy> answers)
    {
        if (answers.Count == 1) Print(door, Answer(answers[0]));
        else Print(door, new { Engines = answers.ToDictionary(a => a.Engine, Answer, StringComparer.Ordinal), Differs = EngineDifference.Of(answers) });
    }

    /// <summary>The answer before and after a change, and the pairs whose fate it changes.</summary>
    public static void Write(Door door, AnsweredBy before, AnsweredBy after, IReadOnlyList<(ReachCell Pair, Disposition? Before, Disposition? After)> changed) => Print(door, new
    {
        Before = Answer(before),
        After = Answer(after),
        Changed = changed.Select(c => new { c.Pair.From, c.Pair.To, c.Pair.Protocol, Before = Word(c.Before), After = Word(c.After) }),
    });

    /// <summary>The matrix.</summary>
    public static void Write(Door door, IReadOnlyList<ReachCell> cells) =>
        Print(door, new { Matrix = cells.Select(c => new { c.From, c.To, c.Protocol, Verdict = Word(c.Disposition) }) });

    private static object Answer(AnsweredBy by)
    {
        var e = by.Explanation;
        var json = new Dictionary<string, object?>(StringComparer.Ordinal) { ["verdict"] = Word(e.Disposition) };
        if (e.Assuming.Count > 0) json["assuming"] = e.Assuming;
        json["from"] = e.Question.From;
        json["to"] = e.Question.Target;
        json["protocol"] = Word(e.Question.Protocol);
        if (by.Engine.Length > 0) (json["engine"], json["proven"]) = (by.Engine, by.Proven);
        json["name_resolution"] = e.NameResolution.Select(Step);
        json["hops"] = e.Hops.Select(h => new { h.Namespace, h.Interface, Steps = h.Steps.Select(Step) });
        if (e.Reason is not null) json["reason"] = e.Reason;
        if (by.Remedy is { } remedy)
        {
            json["remedy"] = remedy.ToString();
            json["remedy_proven"] = remedy.Proven;
            json["remedy_opens"] = remedy.Opens.Select(c => new { c.From, c.To, c.Protocol });
        }
        return json;
    }

    private static Dictionary<string, object?> Step(ExplainedStep s)
    {
        var json = new Dictionary<string, object?>(StringComparer.Ordinal) { ["kind"] = s.Kind, ["text"] = s.Text };
        if (s.Rule is { } r) (json["table"], json["chain"], json["rule"], json["rule_number"]) = (r.Table, r.Chain, r.RuleText, r.RuleNumber);
        if (s.Origin is { } o) json["origin"] = o.ToString();
        return json;
    }

    private static string? Word<T>(T value) => value?.ToString()?.ToLowerInvariant();

    private static void Print(Door door, object document) => door.Out.WriteLine(JsonSerializer.Serialize(document, JsonAnswer.Options));
}
