namespace NetSim.Simulation.Programs;

/// <summary>A process: what it has written, and how it ended.</summary>
public sealed class RunningProcess
{
    private readonly TaskCompletionSource<int> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CollectedText _output = new();
    private readonly CollectedText _error = new();

    internal RunningProcess(string id, string container, Action<string> signal)
    {
        Id = id;
        Container = container;
        Signal = signal;
    }

    /// <summary>The id of the <see cref="Model.Topology.ProcessSpec"/>; a child's has a slash and a number more.</summary>
    public string Id { get; }

    /// <summary>Standard output so far.</summary>
    public string Output => _output.ToString();

    /// <summary>Standard error so far.</summary>
    public string Error => _error.ToString();

    /// <summary>The exit code, once it has ended; 128 + N when signal N killed it.</summary>
    public int? ExitCode { get; private set; }

    /// <summary>Has it ended?</summary>
    public bool HasEnded => ExitCode is not null;

    /// <summary>Was there no such program? Then the exit code is 127, and Docker has words of its own for it.</summary>
    public bool NotFound { get; internal set; }

    /// <summary>The exit code, when it ends.</summary>
    public Task<int> Ended => Wait(_ended.Task);

    /// <summary>Sends it a signal: "KILL", "TERM", "STOP", "CONT".</summary>
    public Action<string> Signal { get; }

    internal string Container { get; }

    /// <summary>Who waits for a child is stopped and killed while waiting.</summary>
    internal Func<Task<int>, Task<int>> Wait { get; init; } = task => task;

    internal TextSink OutputSink => _output;

    internal TextSink ErrorSink => _error;

    internal void End(int code)
    {
        ExitCode = code;
        _ended.TrySetResult(code);
    }
}
