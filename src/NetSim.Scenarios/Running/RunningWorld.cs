using NetSim.Docker.CommandLine;
using NetSim.Docker.Engine;
using NetSim.Model.Topology;
using NetSim.Model.Tracing;
using NetSim.Scenarios.Format;
using NetSim.Simulation;
using NetSim.Simulation.Programs.BuiltIn;
using NetSim.Simulation.Programs.Hosting;

namespace NetSim.Scenarios.Running;

/// <summary>What a command left behind.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error.</param>
/// <param name="GoesOn">Does it go on in a terminal of its own?</param>
internal sealed record Outcome(int ExitCode, string Output, string Error, bool GoesOn = false);

/// <summary>A simulator, the processes in it and the engine that rules them, joined: the engine's changes are applied, and the engine hears of processes that end.</summary>
internal sealed class RunningWorld
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(600);
    private static readonly TimeSpan AttachedPatience = TimeSpan.FromSeconds(60);
    private readonly Simulator _simulator;
    private readonly ProcessHost _processes;
    private readonly Dockerd _dockerd;
    private readonly EngineVersion _version;
    private readonly List<(string Id, int ExitCode)> _ended = [];
    private readonly SiteSpecs _sites;
    private readonly CancellationToken _cancel;
    private readonly Planned _planned = new();
    private readonly FaultMaking _faults;
    private int _heard;
    private int _commands;

    /// <summary>The images of a host and the outside, for programs that are run there.</summary>
    private readonly record struct SiteSpecs(Worlds.SiteSpec Host, Worlds.SiteSpec Outside);

    /// <summary>A world with nothing in it yet.</summary>
    public RunningWorld(Scenario scenario, EngineVersion version, RunSettings run)
    {
        var settings = new SimulatorSettings { PromiscuousBridges = scenario.CapturedWhileRunning && scenario.Capture.Promiscuous, Lacks = scenario.World.Host.Lacks };
        _cancel = run.Cancel;
        _version = version;
        long zero = (settings.WallZero - DateTimeOffset.UnixEpoch).Ticks * 100;
        Trace = run.Store is { } store ? new Trace(store(zero, version)) { ZeroUnixNanoseconds = zero } : new Trace { ZeroUnixNanoseconds = zero };
        _simulator = new Simulator((ulong)run.Seed, Trace, settings);
        _simulator.Topology.Engine = version.ToString();
        _processes = new ProcessHost(_simulator, BuiltInPrograms.Catalogue, ImageBehaviour.Of(scenario.World));
        _dockerd = new Dockerd(scenario, version, run.Seed);
        _faults = new(_simulator, words => DoAtOnce(_dockerd.Execute(words, Look()).Changes), run.Seed);
        _sites = new(scenario.World.Host, scenario.World.Outside);
    }

    /// <summary>Everything that happens.</summary>
    public Trace Trace { get; }

    /// <summary>Now.</summary>
    public SimTime Now => _simulator.Now;

    /// <summary>The live state.</summary>
    public Topology Topology => _simulator.Topology;

    /// <summary>The engine's books.</summary>
    public Dockerd Dockerd => _dockerd;

    /// <summary>What the simulator could not model.</summary>
    public IReadOnlyList<string> Warnings => _simulator.Warnings;

    /// <summary>Makes the world, starts the daemon, and lets the first seconds pass.</summary>
    public void Begin(Worlds.World world)
    {
        foreach (var c in WorldBuilder.Changes(world)) _simulator.Apply(c);
        Pass(TimeSpan.FromSeconds(1));
        ApplyOver(_dockerd.Boot(Look()), TimeSpan.FromMilliseconds(800));
        Pass(TimeSpan.FromSeconds(1));
    }

    /// <summary>Notes in the trace that a step begins.</summary>
    public void Tell(int number, ScenarioStep step) => _simulator.Apply(new Change.StoryStep(number, step.Line, step.Command, step.Say));

    /// <summary>Runs a docker command line to its end.</summary>
    public Outcome Docker(IReadOnlyList<string> words, out IReadOnlyList<string> warnings)
    {
        var pace = DockerPace.Of(words);
        var result = Request(pace, view => _dockerd.Execute(words, view));
        warnings = result.Warnings;
        if (result.Foreground is not { } process)
        {
            Pass(pace / 4);
            return new(result.ExitCode, result.Output, result.Error);
        }
        bool attached = words[0] != "exec" && words is not ["container", "exec", ..];
        if (_processes.Find(process.Id) is null) _simulator.Apply(new Change.ProcessStarted(process));
        var outcome = Await(process.Id, attached && process.Terminal ? TimeSpan.FromMilliseconds(100) : attached ? AttachedPatience : Patience, attached);
        if (!attached && _processes.Find(process.Id)!.NotFound)
        {
            var (code, text) = MissingProgram.Of(_version, process.Arguments[0]);
            outcome = outcome with { ExitCode = code, Output = text };
        }
        Pass(pace / 4);
        return outcome with { Output = result.Output + outcome.Output, Error = result.Error + outcome.Error };
    }

    /// <summary>Asks the engine for something, and makes its changes true over half of its time; what is left of the time is the caller's.</summary>
    public CommandResult Request(TimeSpan pace, Func<HostView, CommandResult> what)
    {
        Pass(pace / 4);
        var result = what(Look());
        ApplyOver(result.Changes, pace / 2);
        return result;
    }

    /// <summary>Looks at the engine's books without changing anything.</summary>
    public string Look(Func<HostView, string> what)
    {
        Pass(DockerPace.Of(["ps"]));
        return what(HostLook.Of(Topology, Now, [], _sites.Host.Lacks));
    }

    /// <summary>Runs a program to its end: on the host, outside, or with the host's programs in a container's namespace.</summary>
    public Outcome Program(string space, IReadOnlyList<string> words)
    {
        var site = space == "outside" ? _sites.Outside : _sites.Host;
        var guest = space is "host" or "outside" ? null : Topology.Containers.Find(c => c.Name == space);
        string id = $"{space}:cmd:{++_commands}";
        _simulator.Apply(new Change.ProcessStarted(new ProcessSpec { Id = id, Namespace = guest?.Namespace ?? space, Container = guest?.Name, Arguments = words, Image = site.Image, Hostname = guest?.Name ?? site.Hostname }));
        var outcome = Await(id, Patience, attached: false);
        Pass(TimeSpan.FromMilliseconds(5));
        return outcome;
    }

    /// <summary>Restarts the daemon.</summary>
    public void RestartDaemon()
    {
        ApplyOver(_dockerd.Restart(Look()), TimeSpan.FromSeconds(2));
        Pass(TimeSpan.FromMilliseconds(200));
    }

    /// <summary>Lets time pass; the engine hears of processes that end meanwhile.</summary>
    public void Pass(TimeSpan span) => Pump(static () => false, Now + span);

    /// <summary>Makes a fault, at once or later, and undoes it in its time. What can't be done at once is answered by a sentence; what can't be done later is a warning.</summary>
    public string? Break(ScenarioStep.Fault fault)
    {
        var begins = Now + fault.After;
        if (fault.Lasts is { } span) _planned.Add(begins + span, () => Complain(_faults.Undo(fault.Plan)));
        if (fault.After <= TimeSpan.Zero) return _faults.Make(fault.Plan);
        _planned.Add(begins, () => Complain(_faults.Make(fault.Plan)));
        return null;
    }

    private void Complain(string? problem)
    {
        if (problem is not null) _simulator.Warn(problem);
    }

    private void DoAtOnce(IReadOnlyList<Change> changes)
    {
        foreach (var c in changes) _simulator.Apply(c);
    }

    private Outcome Await(string id, TimeSpan patience, bool attached)
    {
        var process = _processes.Find(id)!;
        Pump(() => process.HasEnded, Now + patience);
        if (process.HasEnded) return new(process.ExitCode!.Value, process.Output, process.Error);
        if (attached) return new(0, process.Output, process.Error, GoesOn: true);
        process.Signal("KILL");
        return new(124, process.Output, process.Error + "\n[timed out]");
    }

    private void Pump(Func<bool> done, SimTime limit)
    {
        do
        {
            _simulator.RunUntil(() => done() || Trace.Changes.Count > _heard || _cancel.IsCancellationRequested, _planned.Next(limit));
            _cancel.ThrowIfCancellationRequested();
            _planned.Do(Now);
            Hear();
        }
        while (!done() && Now < limit);
    }

    /// <summary>Listens for processes that ended, and lets the engine do what it does then.</summary>
    private void Hear()
    {
        for (; _heard < Trace.Changes.Count; _heard++)
        {
            if (Trace.Changes[_heard] is not Change.ProcessEnded e) continue;
            _ended.Add((e.Id, e.ExitCode));
            foreach (var c in _dockerd.Ended(e.Id, e.ExitCode, HostLook.Of(Topology, Now, [], _sites.Host.Lacks))) _simulator.Apply(c);
        }
    }

    private HostView Look()
    {
        var view = HostLook.Of(Topology, Now, [.. _ended], _sites.Host.Lacks) with { Printed = id => _processes.Find(id) is { } p ? (p.Output, p.Error) : ("", "") };
        _ended.Clear();
        return view;
    }

    private void ApplyOver(IReadOnlyList<Change> changes, TimeSpan span)
    {
        var gap = changes.Count == 0 ? span : span / changes.Count;
        foreach (var c in changes)
        {
            _simulator.Apply(c);
            Pass(gap);
        }
        if (changes.Count == 0) Pass(span);
    }
}
