using NetSim.Cli;
using NetSim.Cli.Output;

namespace NetSim.Scenarios.Tests.Doors;

/// <summary>What a command said, and its exit code.</summary>
internal sealed record Spoken(int ExitCode, string Output, string Error)
{
    /// <summary>Lines of standard error.</summary>
    public string[] Complaints => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Runs netsim in this process.</summary>
    public static async Task<Spoken> By(params string[] arguments)
    {
        var (output, error) = (new StringWriter { NewLine = "\n" }, new StringWriter { NewLine = "\n" });
        int code = await Netsim.Run(arguments, new Door { Out = output, Error = error });
        return new(code, output.ToString(), error.ToString());
    }
}
