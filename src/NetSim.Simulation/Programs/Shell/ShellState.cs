namespace NetSim.Simulation.Programs.Shell;

/// <summary>Standard input, output and error of a command.</summary>
internal sealed record ShellStreams(TextPipe Input, TextSink Output, TextSink Error)
{
    /// <summary>Descriptors besides 0, 1 and 2 that this command's redirections opened.</summary>
    public Dictionary<int, ShellDescriptor> Opened { get; init; } = [];
}

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

    /// <summary>Arrays of bash, by name.</summary>
    public Dictionary<string, List<string>> Arrays { get; init; } = new(StringComparer.Ordinal);

    /// <summary>Descriptors besides 0, 1 and 2 that exec opened.</summary>
    public Dictionary<int, ShellDescriptor> Descriptors { get; init; } = [];

    /// <summary>What is run at the end (trap ... EXIT), or null.</summary>
    public string? AtExit { get; set; }

    /// <summary>set -o pipefail.</summary>
    public bool PipeFail { get; set; }

    /// <summary>What words are split at.</summary>
    public string Separators => Variables.GetValueOrDefault("IFS") ?? " \t\n";

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

    /// <summary>Sets a variable, or an element of an array: NAME, NAME[2], and NAME+ to append.</summary>
    public void Set(string name, string value)
    {
        bool appends = name.EndsWith('+');
        name = name.TrimEnd('+');
        int bracket = name.IndexOf('[', StringComparison.Ordinal);
        if (bracket < 0)
        {
            Variables[name] = appends ? Variables.GetValueOrDefault(name) + value : value;
            return;
        }
        if (!Arrays.TryGetValue(name[..bracket], out var array)) array = Arrays[name[..bracket]] = [];
        if (!int.TryParse(name.AsSpan(bracket + 1, name.Length - bracket - 2), out int at) || at is < 0 or > 10_000) return;
        while (array.Count <= at) array.Add("");
        array[at] = appends ? array[at] + value : value;
    }

    /// <summary>Forgets a variable, an array or a function.</summary>
    public void Forget(string name)
    {
        Variables.Remove(name);
        Arrays.Remove(name);
        if (!Variables.ContainsKey(name)) Functions.Remove(name);
    }

    /// <summary>A copy for a subshell, without its jobs and traps.</summary>
    public ShellState Copy() => new()
    {
        Variables = new(Variables, StringComparer.Ordinal),
        Exported = new(Exported, StringComparer.Ordinal),
        Functions = new(Functions, StringComparer.Ordinal),
        Arrays = Arrays.ToDictionary(a => a.Key, a => a.Value.ToList(), StringComparer.Ordinal),
        Descriptors = new(Descriptors),
        PipeFail = PipeFail,
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
