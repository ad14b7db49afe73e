using NetSim.Docker.Compose;

namespace NetSim.Scenarios.Format;

/// <summary>One thing that happens in a scenario.</summary>
/// <param name="Line">Line in the file, from 1.</param>
/// <param name="Command">As a person would type it: "docker network create app".</param>
/// <param name="Say">The sentence that tells it, or null.</param>
public abstract record ScenarioStep(int Line, string Command, string? Say)
{
    /// <summary>A docker command line: the words after "docker". One that may fail is said to fail on purpose; names in it are not checked beforehand.</summary>
    public sealed record Docker(int Line, string Command, string? Say, IReadOnlyList<string> Arguments, bool MayFail = false) : ScenarioStep(Line, Command, Say);

    /// <summary>A program on the Docker host ("host") or in the outside world ("outside").</summary>
    public sealed record Program(int Line, string Command, string? Say, string Namespace, IReadOnlyList<string> Arguments) : ScenarioStep(Line, Command, Say);

    /// <summary>Nothing, for a while.</summary>
    public sealed record Sleep(int Line, string Command, string? Say, TimeSpan Span) : ScenarioStep(Line, Command, Say);

    /// <summary>Something goes wrong, at once or while later steps run.</summary>
    public sealed record Fault(int Line, string Command, string? Say, FaultPlan Plan) : ScenarioStep(Line, Command, Say)
    {
        /// <summary>How long from this step until it goes wrong.</summary>
        public TimeSpan After { get; init; }

        /// <summary>How long it lasts; null: until the end, or until healed.</summary>
        public TimeSpan? Lasts { get; init; }
    }

    /// <summary>The state is written down under a label (recordings only).</summary>
    public sealed record Snapshot(int Line, string Command, string Label) : ScenarioStep(Line, Command, null);

    /// <summary>The daemon is restarted; its data stay.</summary>
    public sealed record DaemonRestart(int Line, string Command, string? Say) : ScenarioStep(Line, Command, Say);

    /// <summary>A Compose project is brought up (`docker compose up -d`): each operation becomes a step of its own.</summary>
    public sealed record ComposeUp(int Line, string Command, ComposeProject Project) : ScenarioStep(Line, Command, null);

    /// <summary>One operation of Compose; the command is the docker line that does the same.</summary>
    public sealed record Compose(int Line, string Command, string? Say, ComposeOperation Operation) : ScenarioStep(Line, Command, Say);

    /// <summary>A line that NetSim can't run: exit code 127.</summary>
    public sealed record Unmodelled(int Line, string Command, string Problem) : ScenarioStep(Line, Command, null)
    {
        /// <summary>127, as for a program that is not there; 1 for what was understood and can't be done.</summary>
        public int ExitCode { get; init; } = 127;
    }
}
