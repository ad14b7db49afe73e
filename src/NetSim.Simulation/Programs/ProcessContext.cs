using NetSim.Model.Topology;
using NetSim.Model.Tracing;
using NetSim.Simulation.Events;
using NetSim.Simulation.Sockets;

namespace NetSim.Simulation.Programs;

/// <summary>What a running program sees of its world: arguments, network, files, time, chance, its streams.
/// A program awaits nothing but what comes from here, so that simulated time is its only time.</summary>
public sealed class ProcessContext
{
    /// <summary>The process that was asked for; a child has its parent's.</summary>
    public required ProcessSpec Spec { get; init; }

    /// <summary>Program and arguments (argv).</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>Environment variables; a child gets a copy.</summary>
    public required Dictionary<string, string> Environment { get; init; }

    /// <summary>What the image's catalogue says about this command, by name; empty for a plain program.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The namespace's network.</summary>
    public required INetwork Network { get; init; }

    /// <summary>Files of the container (or host, outside).</summary>
    public required IFiles Files { get; init; }

    /// <summary>Time, waiting and chance.</summary>
    public required IClock Clock { get; init; }

    /// <summary>Standard output.</summary>
    public required TextSink Output { get; init; }

    /// <summary>Standard error.</summary>
    public required TextSink Error { get; init; }

    /// <summary>Standard input.</summary>
    public required TextPipe Input { get; init; }

    /// <summary>Starts another program in the same place: the shell, `timeout`, a server's child.</summary>
    public required Func<ChildProcess, RunningProcess> Start { get; init; }

    /// <summary>Changes the namespace, as `ip route add` does.</summary>
    public required Action<Change> Change { get; init; }

    /// <summary>Notes what could not be modelled.</summary>
    public required Action<string> Warn { get; init; }

    /// <summary>A read-only view of the namespace, for `ip`, `ss`, `iptables-save`.</summary>
    public required Func<NetworkNamespace> Inspect { get; init; }

    /// <summary>A program that catches TERM says here with which exit code it then ends. Others end with 143, and as a container's first process they do not end at all.</summary>
    public required Action<int> CatchTerm { get; init; }

    /// <summary>What the kernel does not know: "netem", "ipvlan".</summary>
    public IReadOnlyList<string> Lacks { get; init; } = [];

    /// <summary>The word the program was called by, without its folder.</summary>
    public string Name => Arguments.Count == 0 ? "" : Arguments[0][(Arguments[0].LastIndexOf('/') + 1)..];

    /// <summary>The same process with other arguments, environment and streams: a shell's built-in command, a subshell.</summary>
    public ProcessContext With(IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment, TextPipe input, TextSink output, TextSink error) => new()
    {
        Spec = Spec,
        Arguments = arguments,
        Environment = new(environment, StringComparer.Ordinal),
        Parameters = Parameters,
        Network = Network,
        Files = Files,
        Clock = Clock,
        Output = output,
        Error = error,
        Input = input,
        Start = Start,
        Change = Change,
        Warn = Warn,
        Inspect = Inspect,
        CatchTerm = CatchTerm,
        Lacks = Lacks,
    };

    /// <summary>Writes a line to standard error and returns an exit code: the way most programs end badly.</summary>
    public int Fail(int code, string line)
    {
        Error.Write(line + "\n");
        return code;
    }
}

/// <summary>What a program starts.</summary>
/// <param name="Arguments">Program and arguments.</param>
/// <param name="Environment">Its environment.</param>
/// <param name="Input">Its standard input.</param>
/// <param name="Output">Its standard output.</param>
/// <param name="Error">Its standard error.</param>
/// <param name="InPlace">Does it take the starter's place (exec), signals included?</param>
public sealed record ChildProcess(IReadOnlyList<string> Arguments, IReadOnlyDictionary<string, string> Environment, TextPipe Input, TextSink Output, TextSink Error, bool InPlace = false);

/// <summary>Files by path.</summary>
public interface IFiles
{
    /// <summary>The text of a file, or null.</summary>
    string? Read(string path);

    /// <summary>The files there are, by path, in order; a path that ends in a slash is a folder that was made.</summary>
    IReadOnlyList<string> Paths();

    /// <summary>Removes a file.</summary>
    void Remove(string path);

    /// <summary>Writes (or replaces) a file; the trace gets a change.</summary>
    void Write(string path, string text);
}
