using NetSim.Model.Topology;
using NetSim.Model.Tracing;
using NetSim.Simulation.Events;
using NetSim.Simulation.Programs;
using NetSim.Simulation.Sockets;

namespace NetSim.Simulation;

/// <summary>A Linux host, its containers' namespaces and the world beyond the uplink, in simulated time. It makes changes true, moves frames, and tells the trace.
/// Everything runs on the calling thread, inside the Run methods and <see cref="Apply"/>; the same seed and calls give the same trace.</summary>
public sealed class Simulator
{
    private readonly EventLoop _loop = new();
    private readonly TaskContext _tasks;
    private readonly List<string> _warnings = [];

    /// <summary>A simulation at instant 0, without namespaces.</summary>
    /// <param name="seed">Makes chance: ports, sequence numbers, timers with jitter.</param>
    /// <param name="trace">Gets every step and change; null: nothing is kept, which is faster.</param>
    /// <param name="settings">Choices; null takes the usual ones.</param>
    public Simulator(ulong seed, Trace? trace = null, SimulatorSettings? settings = null)
    {
        Trace = trace;
        Settings = settings ?? new SimulatorSettings();
        _tasks = new TaskContext(_loop);
        Clock = new SimClock(_loop, Settings.WallZero, new Random((int)(seed * 2654435761 >> 1 & 0x7FFF_FFFF)));
    }

    /// <summary>What was chosen.</summary>
    public SimulatorSettings Settings { get; }

    /// <summary>The trace that is written, or null.</summary>
    public Trace? Trace { get; }

    /// <summary>Simulated now.</summary>
    public SimTime Now => _loop.Time;

    /// <summary>The live state: the fold over all changes so far, the kernel's own among them.</summary>
    public Topology Topology { get; } = new();

    /// <summary>Time, waiting and chance for programs.</summary>
    public IClock Clock { get; }

    /// <summary>What could not be modelled, each a sentence, in order.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>Events taken so far.</summary>
    public long Events => _loop.Taken;

    /// <summary>Called when <see cref="Change.ProcessStarted"/> is applied, so that the program begins to run.</summary>
    public Action<ProcessSpec>? ProcessStarter { get; set; }

    /// <summary>Called when <see cref="Change.ProcessSignalled"/> is applied.</summary>
    public Action<Change.ProcessSignalled>? ProcessSignaller { get; set; }

    /// <summary>Called when <see cref="Change.ResolverSet"/> is applied, so that the container's resolver runs or learns.</summary>
    public Action<Change.ResolverSet>? ResolverStarter { get; set; }

    /// <summary>Makes a change true now, traces it, and lets the kernel add what follows from it (lo of a new namespace, connected routes, link-local addresses),
    /// each as a change of its own. A change that is true already is passed over.</summary>
    public void Apply(Change change)
    {
        Trace?.Add(Now, change);
        Topology.Apply(change);
    }

    /// <summary>The sockets of a namespace.</summary>
    /// <param name="space">The namespace's key.</param>
    /// <exception cref="KeyNotFoundException">There is no such namespace.</exception>
    public INetwork NetworkOf(string space) => throw new NotSupportedException($"no network in {space} yet");

    /// <summary>Notes what could not be modelled; the same sentence once.</summary>
    public void Warn(string sentence)
    {
        if (!_warnings.Contains(sentence)) _warnings.Add(sentence);
    }

    /// <summary>Takes the next event, whenever it is.</summary>
    /// <returns>False when none waits.</returns>
    public bool RunOne() => Run(() => _loop.TakeOne(long.MaxValue));

    /// <summary>Takes all events up to and including an instant, and lets time pass to it.</summary>
    public void RunUntil(SimTime time)
    {
        Run(() =>
        {
            while (_loop.TakeOne(time.Nanoseconds)) { }
            _loop.Advance(time.Nanoseconds);
            return true;
        });
    }

    /// <summary>Lets a span of simulated time pass.</summary>
    public void RunFor(TimeSpan span) => RunUntil(Now + span);

    /// <summary>Takes events until <paramref name="done"/> says so.</summary>
    /// <param name="done">Asked after each event.</param>
    /// <param name="limit">Events after this instant are not taken.</param>
    /// <returns>False when <paramref name="done"/> did not hold by the limit, or nothing waits any more; time then stands at the limit.</returns>
    public bool RunUntil(Func<bool> done, SimTime limit) => Run(() =>
    {
        while (!done())
        {
            if (_loop.TakeOne(limit.Nanoseconds)) continue;
            _loop.Advance(limit.Nanoseconds);
            return done();
        }
        return true;
    });

    /// <summary>Starts a task of a program inside the simulation, so that everything it waits for comes from the event loop.</summary>
    public Task Start(Func<Task> program)
    {
        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(_tasks);
        try
        {
            return program();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    private bool Run(Func<bool> take)
    {
        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(_tasks);
        try
        {
            return take();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }
}
