using System.Text.Json;
using NetSim.Workbench.Explaining;
using Spectre.Console;

namespace NetSim.Cli.Output;

/// <summary>What became of contracts.</summary>
internal static class CheckReport
{
    /// <summary>For people: what does not hold with its path.</summary>
    public static void Text(Door door, IReadOnlyList<JudgedContract> judged)
    {
        var paint = door.Paint();
        foreach (var c in judged)
        {
            paint.MarkupLine(c.Holds ? $"[green]✓[/] {Markup.Escape(c.Contract.Text)}" : $"[red]✗[/] {Markup.Escape(c.Contract.Text)}{(c.Contract.Line > 0 ? $" [dim](line {c.Contract.Line})[/]" : "")}");
            if (!c.Holds) paint.MarkupLine($"    [dim]{Markup.Escape(c.Path)}[/]");
        }
        int broken = judged.Count(c => !c.Holds);
        paint.MarkupLine(broken == 0 ? $"[green]all {judged.Count} contracts hold[/]" : $"[red]{broken} of {judged.Count} contracts do not hold[/]");
    }

    /// <summary>As one JSON document.</summary>
    public static void Json(Door door, IReadOnlyList<JudgedContract> judged) => door.Out.WriteLine(JsonSerializer.Serialize(new
    {
        Passed = judged.Count(c => c.Holds),
        Failed = judged.Count(c => !c.Holds),
        Contracts = judged.Select(c => new { Contract = c.Contract.Text, c.Holds, Verdict = c.Explanation.Disposition.ToString().ToLowerInvariant(), c.Path }),
    }, JsonAnswer.Options));
}
