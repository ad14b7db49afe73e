using System.CommandLine;
using System.Text.Json;
using NetSim.Cli.Output;
using NetSim.Workbench.Machine;
using Spectre.Console;

namespace NetSim.Cli.Commands;

/// <summary>netsim doctor: what this machine can and can't do, and the command that mends it.</summary>
internal static class DoctorCommand
{
    /// <summary>The verb.</summary>
    public static Command Make(Door door)
    {
        var format = SharedOptions.Format();
        var command = new Command("doctor", "Tells what this machine can and can't do for NetSim, and the command that mends it.\n\nExample: netsim doctor") { format };
        command.SetAction(result => Run(door, result.GetValue(format) == "json"));
        return command;
    }

    private static int Run(Door door, bool json)
    {
        var findings = MachineCheck.All();
        if (json) door.Out.WriteLine(JsonSerializer.Serialize(findings.Select(f => new { f.Name, f.Found, f.Detail, f.NeededFor, f.Remedy }), JsonAnswer.Options));
        else Print(door, findings);
        return findings.All(f => f.Found || !f.Essential) ? ExitCode.Yes : ExitCode.Machine;
    }

    private static void Print(Door door, IReadOnlyList<MachineFinding> findings)
    {
        var paint = door.Paint();
        int width = findings.Max(f => f.Name.Length);
        foreach (var f in findings)
        {
            string mark = f.Found ? "[green]✓[/]" : f.Essential ? "[red]✗[/]" : "[yellow]–[/]";
            paint.MarkupLine($"{mark} {Markup.Escape(f.Name.PadRight(width))}  {Markup.Escape(f.Detail)}");
            if (!f.Found) paint.MarkupLine($"  {new string(' ', width)}  [dim]needed for {Markup.Escape(f.NeededFor)}; mend it with: {Markup.Escape(f.Remedy)}[/]");
        }
    }
}
