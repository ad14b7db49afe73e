using System.CommandLine;
using NetSim.Cli.Output;
using NetSim.Workbench.Opening;

namespace NetSim.Cli.Commands;

/// <summary>netsim run: builds a scenario, simulates it, tells what happened, and writes what was asked for.</summary>
internal static class RunCommand
{
    private const string Help = "Builds a scenario, simulates it packet by packet, and tells each step and what it made.\n\n"
        + "Example: netsim run scenarios/app-network.yaml --picture map.png --pcapng app.pcapng\n"
        + "A Compose project is brought up: netsim run compose.yaml -f compose.test.yaml --profile debug\n"
        + "A bundle is built and written back: netsim run BUNDLE --with 'docker network connect back web' --record DIR";

    /// <summary>The verb.</summary>
    public static Command Make(Door door)
    {
        var options = new RunOptions();
        var command = new Command("run", Help) { options.Scenario };
        foreach (var o in options.All) command.Options.Add(o);
        command.SetAction(result => Run(door, options.Read(result)));
        return command;
    }

    private static int Run(Door door, RunChoices choices)
    {
        if (BundleOpening.IsBundle(choices.Scenario)) return BundleStory.Tell(door, choices);
        if (choices.With.Count > 0)
        {
            door.Complain("--with is for bundles; a scenario has lines of its own");
            return ExitCode.Usage;
        }
        var run = ScenarioOpening.Run(choices.Scenario, choices.Engine, choices.Seed, door.Interrupted, choices.Project, choices.TraceFile);
        if (choices.Strict && run.Warnings.Count > 0)
        {
            door.Complain($"{run.Warnings[0]} (--strict)");
            return ExitCode.Input;
        }
        var story = new RunStory(door, choices.Stepwise, choices.ExplainSteps);
        if (!choices.Json) story.Tell(run);
        var written = RunFiles.Write(run, choices, door);
        if (choices.Json) RunJson.Write(door, run, written, choices.ExplainSteps);
        else story.End(run, written);
        if (!choices.Quiet) door.Warn(run.Warnings);
        return run.Passed ? ExitCode.Yes : ExitCode.No;
    }
}
