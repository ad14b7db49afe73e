namespace NetSim.Docker.CommandLine;

/// <summary>The docker client itself refuses a command line.</summary>
internal sealed class UsageException(string message) : Exception(message)
{
    /// <summary>Exit code; 125 for a flag that is not understood and for all of run and create, else 1.</summary>
    public int ExitCode { get; init; } = 1;

    /// <summary>Is a hint at the command's help added?</summary>
    public bool WithHint { get; init; }

    /// <summary>A usage line that is printed before the hint, or null.</summary>
    public string? Usage { get; init; }
}
