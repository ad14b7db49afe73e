using System.Text.Json.Nodes;
using NetSim.Model.Tracing;
using NetSim.Scenarios.Format;

namespace NetSim.Scenarios.Running;

/// <summary>What became of a step.</summary>
/// <param name="Number">Steps count from 1.</param>
/// <param name="Step">The step.</param>
/// <param name="ExitCode">The command's; 127 when NetSim has no such program.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error.</param>
/// <param name="Began">When it began.</param>
/// <param name="Ended">When its command came back.</param>
/// <param name="FirstChange">Number of the first change of the trace that belongs to it.</param>
/// <param name="EndChange">Number after its last change.</param>
public sealed record StepResult(int Number, ScenarioStep Step, int ExitCode, string Output, string Error, SimTime Began, SimTime Ended, int FirstChange, int EndChange)
{
    /// <summary>Does it go on in a terminal of its own?</summary>
    public bool GoesOn { get; init; }
}

/// <summary>The engine's books at an instant, for recordings.</summary>
/// <param name="Label">The snapshot's label; empty at the end of the run.</param>
/// <param name="Time">When.</param>
/// <param name="Networks">What `docker network inspect` says of all networks.</param>
/// <param name="Containers">What `docker inspect` says of all containers, oldest first.</param>
/// <param name="Lists">What `docker ps -a` and `docker network ls` print.</param>
public sealed record BooksAt(string Label, SimTime Time, JsonArray Networks, JsonArray Containers, string Lists);
