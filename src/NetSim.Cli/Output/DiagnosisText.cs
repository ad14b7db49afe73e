using NetSim.Analysis.Findings;
using NetSim.Analysis.Statistics;
using NetSim.Workbench.Diagnosing;
using NetSim.Workbench.Explaining;
using Spectre.Console;

namespace NetSim.Cli.Output;

/// <summary>A diagnosis as one screen of text, the worst first: a sentence, what proves it, what mends it.</summary>
internal sealed class DiagnosisText(Door door)
{
    private const int MostFindings = 8;
    private const int MostEvidence = 4;
    private const int Width = 119;
    private const int Indent = 8;
    private readonly IAnsiConsole _paint = door.Paint();

    /// <summary>Writes it.</summary>
    public void Write(Diagnosed d)
    {
        string seen = d.Packets == 0 ? "no packets" : $"{Figures.Count(d.Packets)} packets at {Figures.Count(d.Points)} {(d.Points == 1 ? "point" : "points")}";
        _paint.MarkupLine($"[bold]{Escape(d.Title)}[/]  {seen}{(d.HasModel ? "" : "; no bundle or scenario, so rules and tables are not known")}");
        if (d.Findings.Count == 0) _paint.MarkupLine("[green]nothing is wrong[/]");
        foreach (var f in d.Findings.Take(MostFindings)) Finding(f);
        if (d.Findings.Count > MostFindings) _paint.MarkupLine($"[dim]{d.Findings.Count - MostFindings} more in --format json[/]");
        if (d.IsSimulated && d.Findings.Any(f => f.Finding.Evidence.Any(e => e.Packet is not null))) _paint.MarkupLine($"[dim]packet numbers are those of: netsim run {Escape(d.Title)} --pcapng run.pcapng[/]");
    }

    private void Finding(DiagnosedFinding d)
    {
        var f = d.Finding;
        var (colour, sign) = f.Severity switch { Severity.Error => ("red", "error"), Severity.Warning => ("yellow", "warn "), _ => ("grey", "note ") };
        _paint.WriteLine();
        Lines($"{sign}   ", colour, $"{f.Sentence} [{f.Rule}]");
        if (f.Predicted is not null) Lines("        ", "dim", f.Predicted);
        if (f.Evidence.Count > 0) Lines("proof   ", "dim", string.Join("; ", Evidence(f)));
        if (d.Remedy is { } remedy) Remedy(remedy);
    }

    private void Remedy(Remedy remedy)
    {
        if (remedy.Commands.Count > 0) Lines("remedy  ", "green", string.Join(" && ", remedy.Commands) + (remedy.Proven ? "  (tried on the model: it helps)" : ""));
        if (remedy.Advice.Length > 0 && !(remedy.Proven && remedy.Commands.Count > 0 && remedy.Opens.Count > 0)) Lines(remedy.Commands.Count > 0 ? "        " : "remedy  ", remedy.Commands.Count > 0 ? "dim" : "green", remedy.Advice);
        if (remedy.Opens.Count > 0) Lines("        ", "dim", $"it also opens: {string.Join(", ", remedy.Opens.Take(4).Select(o => $"{o.From} -> {o.To}"))}{(remedy.Opens.Count > 4 ? $" and {remedy.Opens.Count - 4} more" : "")}");
    }

    private static IEnumerable<string> Evidence(Finding f)
    {
        var packets = f.Evidence.Where(e => e.Packet is not null).GroupBy(e => e.File).Select(g => $"{Path.GetFileName(g.Key)} {(g.Count() == 1 ? "packet" : "packets")} {string.Join(", ", g.Select(e => e.Packet).Distinct().Take(MostEvidence))}");
        return packets.Concat(f.Evidence.Where(e => e.Packet is null).Select(e => e.ToString())).Take(MostEvidence);
    }

    /// <summary>Words broken at the right margin, the first line behind a sign.</summary>
    private void Lines(string first, string colour, string text)
    {
        var line = new System.Text.StringBuilder();
        string head = first;
        foreach (string word in text.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > Width - Indent)
            {
                _paint.MarkupLine($"[{colour}]{Escape(head)}{Escape(line.ToString())}[/]");
                (head, _) = (new string(' ', Indent), line.Clear());
            }
            if (line.Length > 0) line.Append(' ');
            line.Append(word);
        }
        _paint.MarkupLine($"[{colour}]{Escape(head)}{Escape(line.ToString())}[/]");
    }

    private static string Escape(string text) => Markup.Escape(new string(text.Select(ch => char.IsControl(ch) ? '?' : ch).ToArray()));
}
