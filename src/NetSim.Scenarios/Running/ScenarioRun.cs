using NetSim.Docker.Engine;
using NetSim.Scenarios.Format;
using NetSim.Scenarios.Reading;

namespace NetSim.Scenarios.Running;

/// <summary>Runs a scenario from its first step to its last.</summary>
public sealed class ScenarioRun
{
    private readonly Scenario _scenario;
    private readonly RunSettings _settings;
    private readonly RunningWorld _world;
    private readonly ComposeRun _compose;
    private readonly ComposeLines _lines;
    private readonly EngineVersion _version;
    private readonly List<StepResult> _steps = [];
    private readonly List<BooksAt> _books = [];
    private readonly List<string> _warnings;
    private int _warned;

    private ScenarioRun(Scenario scenario, RunSettings settings)
    {
        (_scenario, _settings) = (scenario, settings);
        _version = settings.Engine ?? scenario.Engine ?? EngineVersion.Default;
        _world = new RunningWorld(scenario, _version, settings);
        _compose = new ComposeRun(_world);
        _lines = new ComposeLines(scenario, _world, _compose);
        _warnings = [.. scenario.Warnings];
    }

    /// <summary>Runs it. The same scenario and seed give the same result, byte for byte.</summary>
    /// <exception cref="OperationCanceledException">It was asked to end.</exception>
    public static ScenarioResult Run(Scenario scenario, RunSettings settings)
    {
        var run = new ScenarioRun(scenario, settings);
        try
        {
            return run.Run();
        }
        finally
        {
            run._world.Trace.Complete(); // also what an interrupted run left
        }
    }

    private ScenarioResult Run()
    {
        _world.Begin(_scenario.World);
        _warnings.AddRange(_world.Dockerd.StartWarnings.Select(w => $"{_scenario.File}: {w}"));
        foreach (var step in _scenario.Steps)
        {
            if (step is ScenarioStep.ComposeUp up) Bring(up);
            else Step(step);
        }
        var end = _world.Now;
        _world.Pass(TimeSpan.FromMilliseconds(450));
        _books.Add(_world.Dockerd.Books("", _world.Now));
        return new ScenarioResult
        {
            Scenario = _scenario,
            Engine = _version,
            Trace = _world.Trace,
            Topology = _world.Topology,
            Steps = _steps,
            Books = _books,
            Warnings = _warnings,
            End = end,
        };
    }

    /// <summary>Each operation is a step; where one fails, Compose ends.</summary>
    private void Bring(ScenarioStep.ComposeUp up)
    {
        var plan = _compose.Plan(up.Project);
        foreach (string w in plan.Warnings) Warn(up, w);
        if (plan.Error.Length > 0) Step(new ScenarioStep.Unmodelled(up.Line, up.Command, plan.Error) { ExitCode = 1 });
        foreach (var o in plan.Operations)
        {
            Step(new ScenarioStep.Compose(o.Line, "docker " + ShellWords.Join(o.DockerLine), o.Say.Length > 0 ? o.Say : null, o));
            if (_steps[^1].ExitCode != 0) break;
        }
    }

    private void Step(ScenarioStep step)
    {
        if (step is ScenarioStep.Snapshot snapshot)
        {
            _books.Add(_world.Dockerd.Books(snapshot.Label, _world.Now));
            return;
        }
        if (IsWatched(step)) _world.Pass(DockerPace.Watching);
        var (began, first) = (_world.Now, _world.Trace.Changes.Count);
        _world.Tell(_steps.Count + 1, step);
        var outcome = Do(step);
        var result = new StepResult(_steps.Count + 1, step, outcome.ExitCode, outcome.Output, outcome.Error, began, _world.Now, first, _world.Trace.Changes.Count) { GoesOn = outcome.GoesOn };
        _steps.Add(result);
        foreach (string w in _world.Warnings.Skip(_warned)) Warn(step, w);
        _warned = _world.Warnings.Count;
        _settings.AfterStep?.Invoke(result);
    }

    /// <summary>Does somebody who captures look for new interfaces before the step?</summary>
    private bool IsWatched(ScenarioStep step) => step is ScenarioStep.Docker or ScenarioStep.Program && _scenario is { CapturedWhileRunning: true, Capture.Only: null or not ["none"] };

    private Outcome Do(ScenarioStep step)
    {
        switch (step)
        {
            case ScenarioStep.Docker d:
                var outcome = ComposeLines.Is(d.Arguments) ? _lines.Run(d.Arguments, out var warnings) : _world.Docker(d.Arguments, out warnings);
                foreach (string w in warnings) Warn(step, w);
                return outcome;
            case ScenarioStep.Compose c:
                var done = _compose.Do(c.Operation, out var told);
                foreach (string w in told) Warn(step, w);
                return done;
            case ScenarioStep.Program p: return _world.Program(p.Namespace, p.Arguments);
            case ScenarioStep.Sleep s: _world.Pass(s.Span); return new(0, "", "");
            case ScenarioStep.DaemonRestart:
                _world.RestartDaemon();
                foreach (string w in _world.Dockerd.StartWarnings) Warn(step, w);
                return new(0, "", "");
            case ScenarioStep.Fault f when _world.Break(f) is { } problem: Warn(step, problem); return new(1, "", problem + "\n");
            case ScenarioStep.Unmodelled u: return new(u.ExitCode, "", u.Problem + "\n");
            default: return new(0, "", "");
        }
    }

    /// <summary>What several containers of a Compose service meet is said once.</summary>
    private void Warn(ScenarioStep step, string problem)
    {
        string sentence = step.Line > 0 ? $"{_scenario.File}:{step.Line}: {problem}" : $"{_scenario.File}: {problem}";
        if (step is not ScenarioStep.Compose || !_warnings.Contains(sentence)) _warnings.Add(sentence);
    }
}
