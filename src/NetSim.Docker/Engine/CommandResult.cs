using NetSim.Model.Topology;
using NetSim.Model.Tracing;

namespace NetSim.Docker.Engine;

/// <summary>What Docker answers to a command line: its text, its exit code, and what it does to Linux.</summary>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error.</param>
/// <param name="ExitCode">As the docker client's.</param>
/// <param name="Changes">What to apply, in order.</param>
public sealed record CommandResult(string Output, string Error, int ExitCode, IReadOnlyList<Change> Changes)
{
    /// <summary>The process to wait for (docker exec, docker run without -d): its output and exit code become the command's. Null: the command is over.</summary>
    public ProcessSpec? Foreground { get; init; }

    /// <summary>Flags and settings that are not modelled, each a sentence.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
