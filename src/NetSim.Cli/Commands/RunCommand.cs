using System.CommandLine;
using NetSim.Cli.Output;

namespace NetSim.Cli.Commands;

/// <summary>netsim run: builds a scenario, simulates it, tells what happened.</summary>
internal static class RunCommand
{
    /// <summary>The verb.</summary>
    public static Command Make(Door door)
    {
        var scenario = new Argument<string>("SCENARIO") { Description = "a scenario (.yaml), or command lines (.sh)" };
        scenario.Validators.Add(UsageError.NoOptionAsValue);
        var command = new Command("run", "Builds a scenario and simulates it packet by packet.\n\nExample: netsim run scenarios/app-network.yaml --picture map.png --pcapng app.pcapng") { scenario };
        command.SetAction(result =>
        {
            var read = Workbench.Opening.ScenarioOpening.Read(result.GetValue(scenario)!);
            door.Out.WriteLine(read.Title);
            return ExitCode.Yes;
        });
        return command;
    }
}
