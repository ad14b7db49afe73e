using NetSim.Workbench.Opening;
using NetSim.Workbench.Questions;
using Spectre.Console;

namespace NetSim.Cli.Output;

/// <summary>A run told as a story: each step with its sentence, its command, its output and what it made; then the expectations, then what was written.</summary>
internal sealed class RunStory(Door door, bool stepwise, bool explain)
{
    private const int MostLines = 40;
    private readonly IAnsiConsole _paint = door.Paint();

    /// <summary>Title, engine, and all steps.</summary>
    public void Tell(Simulated run)
    {
        if (run.Title.Length > 0) Line($"[bold]{Markup.Escape(run.Title)}[/]");
        Line($"[dim]Docker Engine {run.Engine}{(run.EngineIsProven ? "" : " (by its source; not proven against recordings)")}, seed {run.Seed}[/]");
        Line("");
        for (int i = 0; i < run.Steps.Count; i++)
        {
            Step(run.Steps[i]);
            if (stepwise && Keys.Wait() == ConsoleKey.B) i = Math.Max(-1, i - 2);
        }
    }

    /// <summary>Expectations and written files.</summary>
    public void End(Simulated run, IReadOnlyList<string> written)
    {
        foreach (var e in run.Expectations) Expectation(e);
        int all = run.Expectations.Count, held = run.Expectations.Count(e => e.Holds);
        if (all > 0) Line(held == all ? $"[green]all {all} expectations hold[/]" : $"[red]{all - held} of {all} expectations do not hold[/]");
        foreach (string w in written) Line($"[dim]wrote {Markup.Escape(w)}[/]");
    }

    private void Step(ToldStep s)
    {
        string number = $"{s.Number,2}.";
        if (s.Say is { } say) Line($"[bold]{number}[/] {Markup.Escape(say)}");
        Line($"{(s.Say is null ? $"[bold]{number}[/]" : "   ")} [cyan]$ {Markup.Escape(s.Command)}[/]");
        Text(s.Output, "");
        Text(s.Error, "[yellow]");
        if (s.ExitCode != 0) Line($"      [yellow]exit code {s.ExitCode}[/]");
        if (s.GoesOn) Line("      [dim](goes on in a terminal of its own)[/]");
        if (explain) foreach (var c in s.Changes) Change(c);
        else foreach (string made in s.Made) Line($"    [green]→[/] {Markup.Escape(made)}");
        foreach (string died in s.Died) Line($"    [red]✕[/] {Markup.Escape(died)}");
        Line("");
    }

    /// <summary>"   7 rule       iptables nat DOCKER: … · -p 8080:80"; what is undone has a cross.</summary>
    private void Change(ToldChange c)
    {
        string kind = $"{(c.Undone ? "✕ " : "")}{c.Kind}".PadRight(11);
        Line($"    [dim]{c.Number,3}[/] [{(c.Undone ? "red" : "green")}]{kind}[/] {Markup.Escape(c.Text)}{(c.Why.Length > 0 ? $" [dim]· {Markup.Escape(c.Why)}[/]" : "")}");
    }

    private void Text(string text, string colour)
    {
        if (text.Length == 0) return;
        var lines = text.TrimEnd('\n').Split('\n');
        foreach (string l in lines.Take(MostLines)) Line($"      {colour}{Markup.Escape(l.TrimEnd('\r'))}{(colour.Length > 0 ? "[/]" : "")}");
        if (lines.Length > MostLines) Line($"      [dim]… and {lines.Length - MostLines} lines more[/]");
    }

    /// <summary>What was expected, and, where it did not come or a packet was to die, what decided it.</summary>
    private void Expectation(ToldExpectation e)
    {
        Line(e.Holds ? $"[green]✓[/] {Markup.Escape(e.Text)}" : $"[red]✗[/] {Markup.Escape(e.Text)} [dim](line {e.Line})[/]");
        if (!e.Holds || e.Found.StartsWith("dropped", StringComparison.Ordinal)) Line($"    [dim]{Markup.Escape(e.Found)}[/]");
    }

    private void Line(string markup) => _paint.MarkupLine(markup);
}
