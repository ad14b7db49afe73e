using NetSim.Docker.Engine;
using NetSim.Model.Topology;
using NetSim.Model.Tracing;
using NetSim.Scenarios.Format;

namespace NetSim.Scenarios.Running;

/// <summary>A scenario that ran: everything that can be said of it.</summary>
public sealed record ScenarioResult
{
    /// <summary>What ran.</summary>
    public required Scenario Scenario { get; init; }

    /// <summary>The engine that was modelled.</summary>
    public required EngineVersion Engine { get; init; }

    /// <summary>Everything that happened.</summary>
    public required Trace Trace { get; init; }

    /// <summary>The state at the end.</summary>
    public required Topology Topology { get; init; }

    /// <summary>What became of each step, in order.</summary>
    public required IReadOnlyList<StepResult> Steps { get; init; }

    /// <summary>The engine's books at each snapshot, and last at the end.</summary>
    public required IReadOnlyList<BooksAt> Books { get; init; }

    /// <summary>What is not modelled, each with file and line where it is known.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>When the last step ended; captures go on for 0.4 s.</summary>
    public required SimTime End { get; init; }
}
