namespace NetSim.Simulation.Programs.Shell;

/// <summary>Standard input, output and error of a command.</summary>
internal sealed record ShellStreams(TextPipe Input, TextSink Output, TextSink Error);

/// <summary>Thrown by `exit`, and at the end of an `exec`ed program.</summary>
internal sealed class ShellExit(int code) : Exception
{
    /// <summary>The exit code.</summary>
    public int Code { get; } = code;
}

/// <summary>Thrown by break, continue and return.</summary>
internal sealed class ShellJump(string kind, int value) : Exception
{
    /// <summary>"break", "continue", "return".</summary>
    public string Kind { get; } = kind;

    /// <summary>How many loops further, or the status.</summary>
    public int Value { get; } = value;
}

/// <summary>A command in the background: how it ends, and the subshell that runs it.</summary>
internal sealed record ShellJob(int Number, Task<int> Ended, ShellRun Shell);

/// <summary>What a shell remembers; a subshell gets a copy.</summary>
internal sealed class ShellState
{
    /// <summary>Variables, the environment's among them.</summary>
    public Dictionary<string, string> Variables { get; init; } = new(StringComparer.Ordinal);

    /// <summary>Names of variables that children see.</summary>
    public HashSet<string> Exported { get; init; } = new(StringComparer.Ordinal);

    /// <summary>Functions.</summary>
    public Dictionary<string, ShellCommand> Functions { get; init; } = new(StringComparer.Ordinal);

    /// <summary>$1 and on.</summary>
    public IReadOnlyList<string> Positional { get; set; } = [];

    /// <summary>$0.</summary>
    public string Zero { get; init; } = "sh";

    /// <summary>$?.</summary>
    public int Status { get; set; }

    /// <summary>set -e.</summary>
    public bool ExitOnError { get; set; }

    /// <summary>Commands in the background.</summary>
    public List<ShellJob> Jobs { get; } = [];

    /// <summary>How many were started.</summary>
    public int Started { get; set; }

    /// <summary>$!: the process number of the last command in the background.</summary>
    public int LastJob { get; set; }

    /// <summary>A copy for a subshell, without its jobs.</summary>
    public ShellState Copy() => new()
    {
        Variables = new(Variables, StringComparer.Ordinal),
        Exported = new(Exported, StringComparer.Ordinal),
        Functions = new(Functions, StringComparer.Ordinal),
        Positional = Positional,
        Zero = Zero,
        Status = Status,
        ExitOnError = ExitOnError,
        LastJob = LastJob,
    };

    /// <summary>What a child gets, with assignments that stand before its name.</summary>
    public Dictionary<string, string> Environment(IEnumerable<(string Name, string Value)> more)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in Variables)
            if (Exported.Contains(name)) environment[name] = value;
        foreach (var (name, value) in more) environment[name] = value;
        return environment;
    }
}
