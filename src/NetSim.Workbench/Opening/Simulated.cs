using NetSim.Model.Tracing;
using NetSim.Scenarios.Running;
using NetSim.Workbench.Questions;

namespace NetSim.Workbench.Opening;

/// <summary>A scenario that ran, in the words of those who show it.</summary>
public sealed class Simulated
{
    internal Simulated(ScenarioResult result, int seed, IReadOnlyList<ToldExpectation> expectations)
    {
        (Result, Seed, Expectations) = (result, seed, expectations);
        Steps = result.Steps.Select(s => ToldStep.Of(result.Trace, s)).ToList();
    }

    /// <summary>One line that says what it shows; may be empty.</summary>
    public string Title => Result.Scenario.Title;

    /// <summary>"28.5.2".</summary>
    public string Engine => Result.Engine.ToString();

    /// <summary>Is the engine's model proven against recordings of a real one?</summary>
    public bool EngineIsProven => Result.Engine.IsProven;

    /// <summary>What made chance.</summary>
    public int Seed { get; }

    /// <summary>What became of each step.</summary>
    public IReadOnlyList<ToldStep> Steps { get; }

    /// <summary>What became of each expectation.</summary>
    public IReadOnlyList<ToldExpectation> Expectations { get; }

    /// <summary>What is not modelled, each with file and line where it is known.</summary>
    public IReadOnlyList<string> Warnings => Result.Warnings;

    /// <summary>Everything that happened.</summary>
    public Trace Trace => Result.Trace;

    /// <summary>Do all expectations hold?</summary>
    public bool Passed => Expectations.All(e => e.Holds);

    /// <summary>The run itself.</summary>
    internal ScenarioResult Result { get; }
}
