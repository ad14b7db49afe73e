using NetSim.Model.Topology;
using NetSim.Model.Tracing;
using NetSim.Simulation;
using NetSim.Simulation.Programs;
using NetSim.Simulation.Programs.BuiltIn;
using NetSim.Simulation.Programs.Hosting;

namespace NetSim.Tests.Simulation.Programs;

/// <summary>Containers c1 (172.18.0.2), c2 (.3) … on a bridge, with programs in them.</summary>
internal sealed class Stage
{
    private readonly TwoContainers _world;
    private int _started;

    public Stage(int containers = 2, bool outside = false, IReadOnlyDictionary<string, ImagePrograms>? images = null)
    {
        _world = new(containers);
        if (outside) _world.AddOutside();
        Host = new(Simulator, BuiltInPrograms.Catalogue, images ?? new Dictionary<string, ImagePrograms>());
    }

    public Simulator Simulator => _world.Simulator;

    public Trace Trace => _world.Trace;

    public ProcessHost Host { get; }

    /// <summary>Starts a process and lets it be.</summary>
    public RunningProcess Start(string space, params string[] arguments) => StartAs($"exec:{++_started}", space, null, arguments);

    public RunningProcess StartAs(string id, string space, string? image, params string[] arguments)
    {
        Simulator.Apply(new Change.ProcessStarted(new ProcessSpec
        {
            Id = id,
            Namespace = space,
            Arguments = arguments,
            Container = space is "host" or "outside" ? null : space,
            Image = image,
            Hostname = space,
            Environment = new Dictionary<string, string> { ["PATH"] = "/bin" },
        }));
        return Host.Find(id)!;
    }

    /// <summary>Starts a process and waits for its end, an hour at most.</summary>
    public RunningProcess Run(string space, params string[] arguments)
    {
        var process = Start(space, arguments);
        Simulator.RunUntil(() => process.HasEnded, Simulator.Now + TimeSpan.FromHours(1));
        return process;
    }

    /// <summary>Runs a shell text in c1.</summary>
    public RunningProcess Shell(string text) => Run("c1", "sh", "-c", text);

    public void Write(string owner, string path, string text) => Simulator.Apply(new Change.FileWritten(owner, path, text));
}
