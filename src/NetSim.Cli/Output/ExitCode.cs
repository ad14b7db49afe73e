namespace NetSim.Cli.Output;

/// <summary>What the exit code of a command says.</summary>
internal static class ExitCode
{
    /// <summary>Done, and the answer is yes.</summary>
    public const int Yes = 0;

    /// <summary>Done, and the answer is no: an expectation failed, something was not delivered.</summary>
    public const int No = 1;

    /// <summary>The command line is wrong.</summary>
    public const int Usage = 2;

    /// <summary>The input is wrong: file, line, and what would be right are in the message.</summary>
    public const int Input = 3;

    /// <summary>The machine lacks something.</summary>
    public const int Machine = 4;

    /// <summary>A bug in NetSim.</summary>
    public const int Bug = 70;

    /// <summary>Interrupted; what was written so far is closed properly.</summary>
    public const int Interrupted = 130;
}
