using System.Text.Json;
using NetSim.Workbench.Exporting;
using NetSim.Workbench.Recording;

namespace NetSim.Cli.Output;

/// <summary>What `run` tells of a bundle: what it holds, the lines that were tried on it, what was written.</summary>
internal static class BundleStory
{
    /// <summary>Runs it, writes what was asked for, and tells it.</summary>
    public static int Tell(Door door, RunChoices choices)
    {
        if ((choices.Pcapng ?? choices.Animation) is not null || choices.Stepwise)
        {
            door.Complain("a bundle has no steps and no packets: --record, --picture, --trace and --with go with it");
            return ExitCode.Usage;
        }
        var run = BundleRun.Of(choices.Scenario, choices.Engine, choices.With);
        if (!choices.Json) Text(door, run);
        var written = new List<string>();
        if (choices.Picture is { } picture) Wrote(picture, () => Pictures.Still(run.Opened, picture, new PictureWish()));
        if (choices.Trace is { } trace) Wrote(trace, () => RunExport.Trace(run.Opened, trace));
        if (choices.Record is { } folder) Wrote(folder, () => run.Record(folder));
        if (choices.Json) Json(door, run, written);
        else foreach (string w in written) door.Out.WriteLine($"wrote {w}");
        if (!choices.Quiet) door.Warn(run.Warnings);
        return run.Steps.TrueForAll(s => s.ExitCode == 0) ? ExitCode.Yes : ExitCode.No;

        void Wrote(string path, Action write)
        {
            write();
            written.Add(path);
        }
    }

    private static void Text(Door door, BundleRun run)
    {
        door.Out.WriteLine($"{run.Title}: a bundle of Docker Engine {run.Engine} with {run.Networks} networks and {run.Containers} container{(run.Containers == 1 ? "" : "s")}; it has no steps");
        foreach (var (command, code, output, error) in run.Steps)
        {
            door.Out.WriteLine($"$ {command}");
            foreach (string line in (output + error).TrimEnd('\n').Split('\n')) door.Out.WriteLine($"  {line}");
            if (code != 0) door.Out.WriteLine($"  exit code {code}");
        }
    }

    private static void Json(Door door, BundleRun run, List<string> written) => door.Out.WriteLine(JsonSerializer.Serialize(new
    {
        run.Title,
        run.Engine,
        run.Networks,
        run.Containers,
        Steps = run.Steps.Select((s, i) => new { Number = i + 1, s.Command, Rc = s.ExitCode, Stdout = s.Output, Stderr = s.Error }),
        run.Warnings,
        Written = written,
    }, JsonAnswer.Options));
}
