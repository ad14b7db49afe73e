using System.Text.Json;
using NetSim.Workbench.Opening;

namespace NetSim.Cli.Output;

/// <summary>A run as one JSON document.</summary>
internal static class RunJson
{
    /// <summary>Writes it to standard output.</summary>
    public static void Write(Door door, Simulated run, IReadOnlyList<string> written, bool explain) => door.Out.WriteLine(JsonSerializer.Serialize(new
    {
        run.Title,
        run.Engine,
        run.Seed,
        run.Passed,
        Steps = run.Steps.Select(s => new
        {
            s.Number,
            s.Line,
            s.Command,
            s.Say,
            Rc = s.ExitCode,
            Stdout = s.Output,
            Stderr = s.Error,
            T0Ns = s.Began.Nanoseconds,
            T1Ns = s.Ended.Nanoseconds,
            s.Made,
            Changes = explain ? s.Changes.Select(c => new { c.Number, c.Kind, c.Text, c.Undone, Origin = new { c.Origin.Object, c.Origin.Option, c.Origin.Rule } }) : null,
            s.Died,
        }),
        Expectations = run.Expectations.Select(e => new { e.Text, e.Line, e.Holds, e.Found }),
        run.Warnings,
        Events = run.Trace.Count,
        Written = written,
    }, JsonAnswer.Options));
}
