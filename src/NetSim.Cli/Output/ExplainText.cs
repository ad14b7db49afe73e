using NetSim.Analysis.Explanation;
using NetSim.Workbench.Explaining;
using Spectre.Console;

namespace NetSim.Cli.Output;

/// <summary>Explanations for people: the verdict first, then numbered phases.</summary>
internal sealed class ExplainText(Door door)
{
    private readonly IAnsiConsole _paint = door.Paint();
    private int _phase;

    /// <summary>One answer, or one for each engine: then the difference first, and the way on the last one.</summary>
    public void Tell(IReadOnlyList<AnsweredBy> answers)
    {
        if (answers.Count > 1)
        {
            foreach (var a in answers) Line($"[bold]{a.Engine,-9}[/] {Verdict(a.Explanation.Disposition)}{(a.Explanation.Reason is { } r ? "  " + Markup.Escape(r) : "")}");
            var differs = EngineDifference.Of(answers);
            Line(differs.Count == 0 ? "[dim]the same on all of them[/]" : "");
            foreach (string d in differs) Line($"[yellow]≠[/] {Markup.Escape(d)}");
            Line("");
        }
        Tell(answers[^1]);
    }

    /// <summary>Before and after a change.</summary>
    public void Tell(AnsweredBy before, AnsweredBy after, IReadOnlyList<string> with, IReadOnlyList<(ReachCell Pair, Disposition? Before, Disposition? After)> changed)
    {
        Line($"before  {Head(before)}");
        foreach (string w in with) Line($"        [cyan]$ {Markup.Escape(w)}[/]");
        Line($"after   {Head(after)}");
        Line("");
        Line(changed.Count == 0 ? "[dim]no other pair's fate changes[/]" : $"[bold]{changed.Count} {(changed.Count == 1 ? "pair changes" : "pairs change")}[/]");
        foreach (var (p, was, now) in changed)
            Line($"  {Markup.Escape(p.From)} → {Markup.Escape(p.To)} {p.Protocol}: {(was is { } w ? Verdict(w) : "[dim]not there[/]")} → {(now is { } n ? Verdict(n) : "[dim]gone[/]")}");
    }

    /// <summary>The matrix, a line for each pair, what is delivered first.</summary>
    public void Tell(IReadOnlyList<ReachCell> cells)
    {
        foreach (var group in cells.GroupBy(c => c.From))
        {
            Line($"[bold]{Markup.Escape(group.Key)}[/]");
            foreach (var by in group.GroupBy(c => c.Disposition).OrderBy(g => g.Key))
                Line($"  {Verdict(by.Key)} {Markup.Escape(string.Join(", ", by.Select(c => c.Protocol == "icmp" ? $"{c.To} (ping)" : c.Protocol == "udp" ? $"{c.To}/udp" : c.To)))}");
        }
    }

    private void Tell(AnsweredBy by)
    {
        var e = by.Explanation;
        Line(Head(by));
        Mend(by.Remedy);
        foreach (string a in e.Assuming) Line($"  [yellow]assuming[/] {Markup.Escape(a)}");
        Line("");
        if (e.NameResolution.Count > 0)
        {
            Line($"[bold]name[/] [dim]{Markup.Escape(e.Question.To)}[/]");
            foreach (var s in e.NameResolution) Step(s);
        }
        foreach (var h in e.Hops)
        {
            if (h.Steps.Count == 0) continue;
            Line($"[bold]{Markup.Escape(h.Namespace)}[/]{(h.Interface is { } i ? $" [dim]in by {Markup.Escape(i)}[/]" : "")}");
            foreach (var s in h.Steps) Step(s);
        }
    }

    /// <summary>What mends it, whether that was tried, and what else it opens.</summary>
    private void Mend(Remedy? remedy)
    {
        if (remedy is null) return;
        foreach (string c in remedy.Commands) Line($"  [cyan]$ {Markup.Escape(c)}[/]");
        Line($"  [dim]{(remedy.Proven ? "tried: it arrives then; " : remedy.Commands.Count > 0 ? "not tried; " : "")}{Markup.Escape(remedy.Advice)}[/]");
        if (remedy.Opens.Count > 0)
            Line($"  [dim]opens {remedy.Opens.Count} other {(remedy.Opens.Count == 1 ? "pair" : "pairs")} too: {Markup.Escape(string.Join(", ", remedy.Opens.Take(4).Select(p => $"{p.From} → {p.To} {p.Protocol}")))}{(remedy.Opens.Count > 4 ? ", …" : "")}[/]");
    }

    private string Head(AnsweredBy by)
    {
        var e = by.Explanation;
        string engine = by.Engine.Length == 0 ? "" : $" [dim](Docker Engine {by.Engine}{(by.Proven ? "" : ", by its source")})[/]";
        string reason = e.Reason is { } r ? $"\n        {Markup.Escape(r)}" : "";
        return $"{Markup.Escape(e.Question.From)} → {Markup.Escape(e.Question.Target)} {e.Question.Protocol.ToString().ToLowerInvariant()}: {Verdict(e.Disposition)}{engine}{reason}";
    }

    private void Step(ExplainedStep s)
    {
        if (s.Rule is { RuleNumber: 0, Verdict: "ACCEPT" }) return; // nothing objected
        if (s is { Kind: "drop", Rule: not null }) return; // the rule's own line says it
        string colour = s.Kind == "drop" || s.Rule is { Verdict: "DROP" or "REJECT" } ? "red" : s.Kind is "deliver" or "reply" ? "green" : s.Kind == "nat" ? "yellow" : "default";
        string origin = s.Origin is { } o && o.ToString() is { Length: > 0 } why && why != "kernel" && !s.Text.Contains(why, StringComparison.Ordinal) ? $"  [dim]({Markup.Escape(why)})[/]" : "";
        Line($"{++_phase,4}  [{colour}]{s.Kind,-9}[/] {Markup.Escape(s.Text)}{origin}");
    }

    private static string Verdict(Disposition d) => d switch
    {
        Disposition.Delivered => "[green]delivered[/]",
        Disposition.Unknown => "[yellow]unknown[/]",
        _ => $"[red]{d.ToString().ToLowerInvariant()}[/]",
    };

    private void Line(string markup) => _paint.MarkupLine(markup);
}
