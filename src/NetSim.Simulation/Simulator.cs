using NetSim.Model.Topology;
using NetSim.Model.Tracing;
using NetSim.Simulation.Devices;
using NetSim.Simulation.Events;
using NetSim.Simulation.Sockets;
using NetSim.Simulation.Stacks;

namespace NetSim.Simulation;

/// <summary>A Linux host, its containers' namespaces and the world beyond the uplink, in simulated time. It makes changes true, moves frames, and tells the trace.
/// Everything runs on the calling thread, inside the Run methods and <see cref="Apply"/>; the same seed and calls give the same trace.</summary>
public sealed class Simulator
{
    private readonly EventLoop _loop = new();
    private readonly TaskContext _tasks;
    private readonly List<string> _warnings = [];
    private readonly FollowUps _followUps;

    /// <summary>A simulation at instant 0, without namespaces.</summary>
    /// <param name="seed">Makes chance: ports, sequence numbers, timers with jitter.</param>
    /// <param name="trace">Gets every step and change; null: nothing is kept, which is faster.</param>
    /// <param name="settings">Choices; null takes the usual ones.</param>
    public Simulator(ulong seed, Trace? trace = null, SimulatorSettings? settings = null)
    {
        Trace = trace;
        if (trace is not null) trace.State = Topology;
        Settings = settings ?? new SimulatorSettings();
        _tasks = new TaskContext(_loop);
        Clock = new SimClock(_loop, Settings.WallZero, Chance(seed, 1));
        Kernel = new Kernel(_loop, new Recorder(_loop, trace), Chance(seed, 2), Apply, Warn) { PromiscuousBridges = Settings.PromiscuousBridges };
        World = new World(Kernel, Topology, Settings.Link);
        _followUps = new FollowUps(Topology, World.Stack, Apply);
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

    /// <summary>Frames, timers and the trace, for measurements.</summary>
    internal Kernel Kernel { get; }

    /// <summary>Stacks and devices, for measurements.</summary>
    internal World World { get; }

    /// <summary>Frames that crossed a cable so far.</summary>
    public long Hops => Kernel.Hops;

    /// <summary>Events taken so far.</summary>
    public long Events => _loop.Taken;

    /// <summary>Called when <see cref="Change.ProcessStarted"/> is applied, so that the program begins to run.</summary>
    public Action<ProcessSpec>? ProcessStarter { get; set; }

    /// <summary>Asked before <see cref="Change.ProcessStarted"/> is applied: is the program modelled?</summary>
    public Func<ProcessSpec, bool>? ProcessKnower { get; set; }

    /// <summary>Called when <see cref="Change.ProcessSignalled"/> is applied.</summary>
    public Action<Change.ProcessSignalled>? ProcessSignaller { get; set; }

    /// <summary>Called when <see cref="Change.ResolverSet"/> is applied, so that the container's resolver runs or learns.</summary>
    public Action<Change.ResolverSet>? ResolverStarter { get; set; }

    /// <summary>Makes a change true now, traces it, and lets the kernel add what follows from it (lo of a new namespace, connected routes, link-local addresses),
    /// each as a change of its own. A change that is true already is passed over.</summary>
    public void Apply(Change change)
    {
        if (IsTrue(change)) return;
        if (change is Change.ProcessStarted started && ProcessKnower?.Invoke(started.Process) == false) change = started with { Process = started.Process with { Unmodelled = true } };
        var realise = World.Prepare(change);
        Trace?.Add(Now, change);
        Topology.Apply(change);
        realise();
        switch (change)
        {
            case Change.ProcessStarted c: ProcessStarter?.Invoke(c.Process); break;
            case Change.ProcessSignalled c: ProcessSignaller?.Invoke(c); break;
            case Change.ResolverSet c: ResolverStarter?.Invoke(c); break;
            default: _followUps.After(change); break;
        }
    }

    /// <summary>The sockets of a namespace.</summary>
    /// <param name="space">The namespace's key.</param>
    /// <exception cref="KeyNotFoundException">There is no such namespace.</exception>
    public INetwork NetworkOf(string space) => new NamespaceNetwork(World.Stack(space));

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
    public T Start<T>(Func<T> program) where T : Task
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

    /// <summary>Chance of one purpose: the same seed gives each purpose its own numbers.</summary>
    private static Random Chance(ulong seed, ulong purpose)
    {
        ulong mixed = (seed + purpose * 0x9E37_79B9_7F4A_7C15) * 0xBF58_476D_1CE4_E5B9;
        return new Random((int)((mixed ^ mixed >> 31) & 0x7FFF_FFFF));
    }

    /// <summary>Is a change true already? Docker and the kernel may both ask for lo, its addresses, or a connected route.</summary>
    private bool IsTrue(Change change) => change switch
    {
        Change.NamespaceMade c => Topology.Find(c.Namespace) is not null,
        Change.InterfaceMade c => Topology.Find(c.Namespace)?.Find(c.Interface.Name) is not null,
        Change.InterfaceRemoved c => Topology.Find(c.Namespace)?.Find(c.Name) is null,
        Change.AddressAdded c => Topology.Find(c.Namespace)?.Find(c.Interface)?.Addresses.Contains(c.Address) == true,
        Change.AddressRemoved c => Topology.Find(c.Namespace)?.Find(c.Interface)?.Addresses.Contains(c.Address) != true,
        _ => false,
    };

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
