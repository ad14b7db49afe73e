using NetSim.Docker.Compose;
using NetSim.Docker.Engine;
using NetSim.Model.Input;
using NetSim.Scenarios.Format;
using NetSim.Scenarios.Running;
using NetSim.Workbench.Questions;
using NetSim.Workbench.Tracing;

namespace NetSim.Workbench.Opening;

/// <summary>Opens a scenario for a door: reads, checks, runs, judges.</summary>
public static class ScenarioOpening
{
    /// <summary>Reads, checks and runs a scenario, and judges its expectations.</summary>
    /// <param name="path">The scenario's file.</param>
    /// <param name="engine">The engine's version as a person wrote it, or null for the scenario's own choice.</param>
    /// <param name="seed">Makes chance.</param>
    /// <param name="cancel">Ends the run between two steps.</param>
    /// <param name="project">What else is said of a Compose project, or null.</param>
    /// <param name="traceFile">The file that holds the trace while it is made and afterwards; null: memory does.</param>
    /// <exception cref="InputException">It can't be read, or says something that can't be meant.</exception>
    /// <exception cref="MachineException">The trace can't be written there.</exception>
    /// <exception cref="OperationCanceledException">It was asked to end.</exception>
    public static Simulated Run(string path, string? engine, int seed, CancellationToken cancel, ProjectWish? project = null, string? traceFile = null)
    {
        var version = Engine(engine);
        var scenario = Read(path, project);
        TraceFile? file = null;
        ScenarioResult result;
        try
        {
            result = ScenarioRun.Run(scenario, new RunSettings
            {
                Engine = version,
                Seed = seed,
                Cancel = cancel,
                Store = traceFile is null ? null : (zero, v) => file = TraceFile.Create(traceFile, new(scenario.Title, v.ToString(), zero)),
            });
        }
        finally
        {
            file?.Complete();
        }
        if (scenario.Expectations.Count == 0) return new(result, seed, []);
        var judge = new ExpectationJudge(result.Trace, result.Topology);
        return new(result, seed, scenario.Expectations.Select(judge.Judge).ToList());
    }

    /// <summary>Reads a scenario without running it.</summary>
    internal static Scenario Read(string path, ProjectWish? project) => ScenarioReader.ReadFile(path, project is { IsEmpty: false } ? Wish(project) : null);

    private static ComposeWish Wish(ProjectWish p) => new() { Files = p.Files, Profiles = p.Profiles, EnvFiles = p.EnvFiles, Name = p.Name };

    /// <summary>The engine that a person wrote, or null for none.</summary>
    internal static EngineVersion? Engine(string? text)
    {
        if (text is null) return null;
        if (EngineVersion.TryParse(text, out var version)) return version;
        throw new InputException("--engine", "", $"\"{text}\" is no engine that NetSim models; it knows {string.Join(", ", EngineVersion.Known)}");
    }
}
