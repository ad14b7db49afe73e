using System.Runtime.ExceptionServices;
using NetSim.Model.Topology;
using NetSim.Model.Tracing;
using NetSim.Simulation.Programs.Servers;
using NetSim.Simulation.Sockets;

namespace NetSim.Simulation.Programs.Hosting;

/// <summary>Runs the processes of a simulation. It hooks itself into the simulator: a process starts when <see cref="Change.ProcessStarted"/> is applied,
/// gets <see cref="Change.ProcessSignalled"/>, and its end is applied as <see cref="Change.ProcessEnded"/>. The container DNS resolvers run here too.</summary>
public sealed class ProcessHost
{
    private const int NotFoundCode = 127;
    private const int KilledCode = 137;
    private const int TerminatedCode = 143;
    private const int BrokenPipeCode = 141;
    private readonly Simulator _simulator;
    private readonly ProgramChoice _choice;
    private readonly List<Launched> _tops = [];
    private readonly Dictionary<string, Launched> _latest = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Launched>> _ofContainer = new(StringComparer.Ordinal);
    private readonly Dictionary<NetworkNamespace, EmbeddedResolver> _resolvers = [];

    /// <summary>A host for the processes of a simulation.</summary>
    /// <param name="simulator">Whose process hooks are taken.</param>
    /// <param name="catalogue">The programs there are.</param>
    /// <param name="images">How images' programs behave, by image name without tag.</param>
    public ProcessHost(Simulator simulator, ProgramCatalogue catalogue, IReadOnlyDictionary<string, ImagePrograms> images)
    {
        _simulator = simulator;
        _choice = new(catalogue, images);
        simulator.ProcessKnower = IsKnown;
        simulator.ProcessStarter = spec => Start(spec);
        simulator.ProcessSignaller = signal => Find(signal.Id)?.Signal(signal.Signal);
        simulator.ResolverStarter = set => Resolve(set.Resolver);
    }

    /// <summary>All processes so far, in order of starting; children of programs are not among them.</summary>
    public IReadOnlyList<RunningProcess> Processes => _tops.Select(l => l.Process).ToList();

    /// <summary>The latest process of an id, or null.</summary>
    public RunningProcess? Find(string id) => _latest.GetValueOrDefault(id)?.Process;

    private void Start(ProcessSpec spec)
    {
        var launched = new Launched(spec, spec.Id, true) { Image = _choice.Image(spec.Image) };
        launched.Process = new(spec.Id, spec.Container ?? "", signal => Signal(launched, signal));
        var input = spec.Terminal ? new TextPipe() : TextPipe.Empty();
        Launch(launched, new(spec.Arguments, spec.Environment, input, launched.Process.OutputSink, launched.Process.ErrorSink));
    }

    private RunningProcess StartChild(Launched parent, ChildProcess child)
    {
        if (parent.Process.HasEnded) throw new ProcessKilled();
        var launched = child.InPlace ? parent.Replaced() : new Launched(parent.Spec, $"{parent.Process.Id}/{++parent.Children}", false) { Image = parent.Image };
        launched.Process = new(launched.Id, parent.Process.Container, signal => Signal(launched, signal)) { Wait = parent.Gate.Pass };
        Launch(launched, child);
        return launched.Process;
    }

    private void Launch(Launched launched, ChildProcess what)
    {
        Enter(launched);
        var runs = _choice.Choose(what.Arguments, launched.Image);
        if (IsMain(launched.Spec) && (launched.IsTop || launched.Spec.Unmodelled) && IsIdle(launched.Image, what.Arguments)) runs = [(new Idle(), ProgramChoice.NoParameters)];
        if (runs.Count == 0) NotFound(launched, what);
        else _ = _simulator.Start(() => Run(launched, what, runs));
        if (runs.Count == 1 && runs[0].Program is Idle) _simulator.Warn($"{string.Join(' ', what.Arguments)} is not modelled: it runs in {launched.Spec.Container} and does nothing");
    }

    private void Enter(Launched launched)
    {
        launched.Sharers.Add(launched);
        if (launched.Spec.Container is { } container) Of(container).Add(launched);
        if (!launched.IsTop) return;
        _tops.Add(launched);
        _latest[launched.Id] = launched;
    }

    /// <summary>What runs in a container, in order of starting.</summary>
    private List<Launched> Of(string container) => _ofContainer.TryGetValue(container, out var list) ? list : _ofContainer[container] = [];

    private static bool IsMain(ProcessSpec spec) => spec.Id.StartsWith("ctr:", StringComparison.Ordinal);

    /// <summary>Is it modelled what a process does? Of what a container runs from a shell, images that are not in the catalogue leave it open.</summary>
    private bool IsKnown(ProcessSpec spec)
    {
        if (spec.Unmodelled || !IsMain(spec)) return !spec.Unmodelled;
        var image = _choice.Image(spec.Image);
        if (IsIdle(image, spec.Arguments)) return false;
        return image is not null || !ScriptWords.Commands(spec.Arguments).Any(c => IsIdle(image, c));
    }

    /// <summary>Is this program there but not modelled? As a container's main program it then runs and does nothing.</summary>
    private bool IsIdle(ImagePrograms? image, IReadOnlyList<string> arguments) => IsThere(image, arguments) && !_choice.Choose(arguments, image).Any(r => r.Program.Models(arguments));

    /// <summary>Is the program taken as there, though it is not modelled?</summary>
    private static bool IsThere(ImagePrograms? image, IReadOnlyList<string> arguments)
    {
        if (image?.Programs is not { } there) return true;
        return arguments is [var name, ..] && there.Contains(name[(name.LastIndexOf('/') + 1)..]);
    }

    private void NotFound(Launched launched, ChildProcess what)
    {
        string name = what.Arguments.Count > 0 ? what.Arguments[0] : "";
        launched.Process.NotFound = true;
        if (IsThere(launched.Image, what.Arguments)) _simulator.Warn($"{name} is not modelled; it ended with exit code 127");
        if (launched.IsTop && launched.Spec.Container is null) what.Error.Write($"/usr/bin/env: ‘{name}’: No such file or directory\n");
        End(launched, NotFoundCode);
    }

    private async Task Run(Launched launched, ChildProcess what, IReadOnlyList<(IProgram Program, IReadOnlyDictionary<string, string> Parameters)> runs)
    {
        try
        {
            var all = new List<Task<int>>();
            foreach (var (program, parameters) in runs) all.Add(program.Run(Context(launched, what, parameters)));
            int code = await all[await Waiting.First(all)];
            End(launched, code);
        }
        catch (ProcessKilled)
        {
        }
        catch (PipeClosedException)
        {
            End(launched, BrokenPipeCode);
        }
        catch (SocketFailure failure)
        {
            what.Error.Write($"{what.Arguments[0]}: {ErrnoText.Of(failure.Errno)}\n");
            End(launched, 1);
        }
#pragma warning disable CA1031 // a bug must come out of the event loop, not be lost in a task nobody awaits
        catch (Exception bug)
#pragma warning restore CA1031
        {
            SynchronizationContext.Current!.Post(static b => ExceptionDispatchInfo.Throw((Exception)b!), bug);
        }
    }

    private ProcessContext Context(Launched launched, ChildProcess what, IReadOnlyDictionary<string, string> parameters) => new()
    {
        Spec = launched.Spec,
        Arguments = what.Arguments,
        Environment = new(what.Environment, StringComparer.Ordinal),
        Parameters = parameters,
        Network = new ProcessNetwork(_simulator.NetworkOf(launched.Spec.Namespace), launched.Gate, _simulator.Clock),
        Files = new OwnedFiles(_simulator, launched.Spec.Container ?? launched.Spec.Namespace, launched.Image, path => Tools.KernelFiles.Read(_simulator.Topology[launched.Spec.Namespace], path)),
        Clock = new ProcessClock(_simulator.Clock, launched.Gate),
        Output = what.Output,
        Error = what.Error,
        Input = what.Input,
        Start = child => StartChild(launched, child),
        Change = _simulator.Apply,
        Warn = _simulator.Warn,
        Inspect = () => _simulator.Topology[launched.Spec.Namespace],
        CatchTerm = code => launched.Gate.ExitOnTerm = code,
        Lacks = _simulator.Settings.Lacks,
    };

    private void Signal(Launched launched, string signal)
    {
        if (launched.Process.HasEnded) return;
        switch (signal)
        {
            case "STOP": foreach (var l in Group(launched)) l.Gate.Stop(); break;
            case "CONT": foreach (var l in Group(launched)) l.Gate.Continue(); break;
            case "KILL": End(launched, KilledCode); break;
            case "TERM" or "INT" when launched.Gate.ExitOnTerm is { } code: End(launched, code); break;
            case "TERM" when !launched.IsFirst: End(launched, TerminatedCode); break;
        }
    }

    /// <summary>Pausing a container freezes all its processes, not the first alone.</summary>
    private List<Launched> Group(Launched launched) => launched.IsFirst
        ? [.. Of(launched.Spec.Container!)] : [launched];

    /// <summary>A process is over, and what took its place or whose place it took; with a container's first process all others of the container go.</summary>
    private void End(Launched launched, int code)
    {
        if (launched.Process.HasEnded) return;
        launched.Gate.Die();
        launched.Process.End(code);
        if (launched.Spec.Container is { } container) Of(container).Remove(launched);
        foreach (var same in launched.Sharers.ToList()) End(same, code);
        if (launched.IsFirst)
            foreach (var other in Of(launched.Spec.Container!).ToList()) End(other, KilledCode);
        if (launched.IsTop) _simulator.Apply(new Change.ProcessEnded(launched.Spec.Namespace, launched.Spec.Id, code) { Origin = Origin.NotDockers });
    }

    private void Resolve(Model.Naming.ResolverSpec spec)
    {
        var space = _simulator.Topology[spec.Namespace];
        if (_resolvers.TryGetValue(space, out var running) && !spec.Stopped && running.Learn(spec)) return;
        if (spec.Stopped)
        {
            running?.Stop();
            _resolvers.Remove(space);
            return;
        }
        var resolver = new EmbeddedResolver(_simulator.Topology.Names, _simulator.NetworkOf, _simulator.NetworkOf(spec.Namespace), _simulator.Clock, spec);
        _resolvers[space] = resolver;
        _ = _simulator.Start(async () =>
        {
            try
            {
                await resolver.Run();
            }
            catch (SocketFailure failure)
            {
                _simulator.Warn($"the container DNS resolver of {spec.Namespace} cannot listen: {ErrnoText.Of(failure.Errno)}");
            }
        });
    }

    /// <summary>A process and what keeps it.</summary>
    private sealed class Launched(ProcessSpec spec, string id, bool isTop)
    {
        public ProcessSpec Spec { get; } = spec;

        public string Id { get; } = id;

        public bool IsTop { get; } = isTop;

        public bool IsFirst { get; } = isTop && spec.Container is not null && spec.Id.StartsWith("ctr:", StringComparison.Ordinal);

        public ProcessGate Gate { get; private init; } = new();

        /// <summary>All that are or were this process, one after the other by exec.</summary>
        public List<Launched> Sharers { get; private init; } = [];

        public ImagePrograms? Image { get; init; }

        public RunningProcess Process { get; set; } = null!;

        public int Children { get; set; }

        /// <summary>The same process with another program in it (exec): its gate, and so its signals, stay.</summary>
        public Launched Replaced() => new(Spec, $"{Id}/exec", false) { Image = Image, Gate = Gate, Sharers = Sharers };
    }
}
