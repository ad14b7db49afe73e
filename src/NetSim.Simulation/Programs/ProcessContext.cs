using System.Text;
using NetSim.Model.Topology;
using NetSim.Model.Tracing;
using NetSim.Simulation.Sockets;

namespace NetSim.Simulation.Programs;

/// <summary>What a running program sees of its world: arguments, network, files, time, chance, its output.</summary>
public sealed class ProcessContext
{
    /// <summary>What was asked to be started.</summary>
    public required ProcessSpec Spec { get; init; }

    /// <summary>Program and arguments (argv).</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>Environment variables.</summary>
    public required Dictionary<string, string> Environment { get; init; }

    /// <summary>The namespace's network.</summary>
    public required INetwork Network { get; init; }

    /// <summary>Files of the container (or host, outside); the shell's redirections write here.</summary>
    public required IFiles Files { get; init; }

    /// <summary>Time, waiting and chance.</summary>
    public required IClock Clock { get; init; }

    /// <summary>Standard output.</summary>
    public StringBuilder Output { get; init; } = new();

    /// <summary>Standard error.</summary>
    public StringBuilder Error { get; init; } = new();

    /// <summary>Standard input, already complete (a pipe or here-string), or empty.</summary>
    public string Input { get; init; } = "";

    /// <summary>Starts another program in the same place and waits for it: the shell, `timeout`, a server's child.</summary>
    public required Func<ProcessContext, Task<int>> Start { get; init; }

    /// <summary>A read-only view of the namespace for `ip`, `ss`, `arp`, `iptables-save`; null where the simulator keeps none.</summary>
    public Func<NetworkNamespace>? Inspect { get; init; }
}

/// <summary>Files by path.</summary>
public interface IFiles
{
    /// <summary>The text of a file, or null.</summary>
    string? Read(string path);

    /// <summary>Writes (or replaces) a file; the trace gets a change.</summary>
    void Write(string path, string text);
}

/// <summary>Time, waiting and chance of the simulation.</summary>
public interface IClock
{
    /// <summary>Simulated now.</summary>
    SimTime Now { get; }

    /// <summary>The wall-clock time that `date` and dig's WHEN show for now.</summary>
    DateTimeOffset Wall { get; }

    /// <summary>Waits in simulated time.</summary>
    Task Delay(TimeSpan span);

    /// <summary>Seeded chance.</summary>
    Random Chance { get; }
}
