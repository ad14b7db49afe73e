using NetSim.Docker.Compose;
using NetSim.Docker.Engine;
using NetSim.Model.Tracing;
using NetSim.Scenarios.Format;

namespace NetSim.Scenarios.Running;

/// <summary>The engine as the runner uses it.</summary>
internal sealed class Dockerd
{
    private readonly DockerEngine _engine;

    /// <summary>An engine that has not been started.</summary>
    public Dockerd(Scenario scenario, EngineVersion version, int seed)
    {
        var settings = EngineSettings.Parse(scenario.Daemon);
        var images = new SortedDictionary<string, ImageFacts>(StringComparer.Ordinal);
        foreach (var i in scenario.World.Images) images[i.Facts.Name] = i.Facts;
        _engine = new DockerEngine(version, settings, images, new Random(seed));
    }

    /// <summary>What its last start met that is not modelled: settings of daemon.json, containers that did not come up again.</summary>
    public IReadOnlyList<string> StartWarnings => _engine.StartWarnings;

    /// <summary>Starts it.</summary>
    public IReadOnlyList<Change> Boot(HostView view) => _engine.Boot(view);

    /// <summary>Stops it and starts it again.</summary>
    public IReadOnlyList<Change> Restart(HostView view) => _engine.Restart(view);

    /// <summary>Tells it of a process that ended.</summary>
    public IReadOnlyList<Change> Ended(string process, int exitCode, HostView view) => _engine.ProcessEnded(process, exitCode, view);

    /// <summary>Does a command.</summary>
    public CommandResult Execute(IReadOnlyList<string> words, HostView view) => _engine.Execute(words, view);

    /// <summary>The engine itself, for Compose, which works on it.</summary>
    public DockerEngine Engine => _engine;

    /// <summary>Does an operation of Compose.</summary>
    public CommandResult Execute(ComposeOperation operation, HostView view) => ComposeEngine.Execute(_engine, operation, view);

    /// <summary>What inspect and the lists say of everything now.</summary>
    public BooksAt Books(string label, SimTime now) =>
        new(label, now, _engine.InspectNetworks(), _engine.InspectContainers(), _engine.Ps(now) + "\n" + _engine.NetworkLs());
}
