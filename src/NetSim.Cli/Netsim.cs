using System.CommandLine;
using NetSim.Cli.Commands;
using NetSim.Cli.Output;
using NetSim.Model.Input;

namespace NetSim.Cli;

/// <summary>The netsim command: its verbs, and what becomes of their errors.</summary>
internal static class Netsim
{
    /// <summary>Runs a command line and returns its exit code.</summary>
    public static async Task<int> Run(IReadOnlyList<string> args, Door door)
    {
        try
        {
            return await Invoke(args, door);
        }
        catch (InputException e)
        {
            door.Complain(e.Message);
            return ExitCode.Input;
        }
        catch (MachineException e)
        {
            door.Complain(e.Message);
            return ExitCode.Machine;
        }
        catch (OperationCanceledException)
        {
            door.Complain("interrupted");
            return ExitCode.Interrupted;
        }
        catch (Exception e) when (!door.Debug)
        {
            door.Complain($"this is a bug in NetSim: {e.GetType().Name}: {e.Message} (NETSIM_DEBUG=1 shows where)");
            return ExitCode.Bug;
        }
    }

    /// <summary>All verbs. Adding one is adding a file in Commands and a line here.</summary>
    internal static RootCommand Root(Door door) => new("NetSim simulates Docker networks packet by packet, and shows them.\n\nBegin with: netsim run scenarios/app-network.yaml --picture map.png")
    {
        RunCommand.Make(door),
        ReplayCommand.Make(door),
        AnalyzeCommand.Make(door),
        DiagnoseCommand.Make(door),
        CaptureCommand.Make(door),
        ExplainCommand.Make(door),
        CheckCommand.Make(door),
        PictureCommand.Make(door),
        AnimateCommand.Make(door),
        DoctorCommand.Make(door),
    };

    private static async Task<int> Invoke(IReadOnlyList<string> args, Door door)
    {
        if (args is ["--version"])
        {
            door.Out.WriteLine($"netsim {typeof(Netsim).Assembly.GetName().Version?.ToString(3)}");
            return ExitCode.Yes;
        }
        var result = Root(door).Parse(args);
        if (result.Errors.Count > 0)
        {
            door.Complain(UsageError.Of(result));
            return ExitCode.Usage;
        }
        var settings = new InvocationConfiguration { Output = door.Out, Error = door.Error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
        return await result.InvokeAsync(settings);
    }
}
