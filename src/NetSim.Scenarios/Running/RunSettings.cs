using NetSim.Docker.Engine;

namespace NetSim.Scenarios.Running;

/// <summary>What may be chosen about a run.</summary>
public sealed record RunSettings
{
    /// <summary>The engine; null: what the scenario asks for, else the default.</summary>
    public EngineVersion? Engine { get; init; }

    /// <summary>Makes chance.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Called after each step.</summary>
    public Action<StepResult>? AfterStep { get; init; }

    /// <summary>Makes what the trace is kept in, from the instant of its nanosecond 0 (in nanoseconds since 1970) and the engine; null: it is kept in memory.</summary>
    public Func<long, EngineVersion, Model.Tracing.ITraceStore>? Store { get; init; }

    /// <summary>Ends the run.</summary>
    public CancellationToken Cancel { get; init; }
}
