using System.Text.Json.Nodes;
using NetSim.Docker.Books;
using NetSim.Docker.CommandLine;
using NetSim.Docker.Containers;
using NetSim.Docker.Inspect;
using NetSim.Model.Tracing;

namespace NetSim.Docker.Engine;

/// <summary>Docker Engine: makes of docker command lines what the engine of that version makes of them. It never touches Linux: what it does is a list of changes.</summary>
public sealed class DockerEngine
{
    private readonly Daemon _daemon;

    /// <summary>An engine that is not started yet.</summary>
    /// <param name="version">Which one.</param>
    /// <param name="settings">Its daemon.json.</param>
    /// <param name="images">The image catalogue, by name.</param>
    /// <param name="chance">Where ids, random names and MAC addresses come from; the same seed makes the same ones.</param>
    public DockerEngine(EngineVersion version, EngineSettings settings, IReadOnlyDictionary<string, ImageFacts> images, Random chance) =>
        _daemon = new Daemon(version, settings, images, chance);

    internal DockerEngine(Daemon daemon) => _daemon = daemon;

    /// <summary>The version.</summary>
    public EngineVersion Version => _daemon.Version;

    /// <summary>What the last start met that is not modelled, each a sentence.</summary>
    public IReadOnlyList<string> StartWarnings { get; private set; } = [];

    /// <summary>dockerd starts: forwarding, its chains, and the networks none, host and bridge.</summary>
    public IReadOnlyList<Change> Boot(HostView host)
    {
        Begin(host);
        DaemonBoot.Boot(_daemon);
        StartWarnings = [.. _daemon.Warnings];
        return _daemon.Changes;
    }

    /// <summary>dockerd is stopped (containers too) and started again: networks stay but for "bridge", containers with a restart policy come up again.</summary>
    public IReadOnlyList<Change> Restart(HostView host)
    {
        Begin(host);
        DaemonBoot.Restart(_daemon);
        StartWarnings = [.. _daemon.Warnings];
        return _daemon.Changes;
    }

    /// <summary>Runs a command line.</summary>
    /// <param name="arguments">What follows the word docker.</param>
    /// <param name="host">The Linux side at that moment.</param>
    public CommandResult Execute(IReadOnlyList<string> arguments, HostView host)
    {
        Begin(host);
        var reply = new Reply();
        CommandTable.Run(_daemon, arguments, reply);
        return new(reply.Output, reply.Error, reply.ExitCode, _daemon.Changes) { Foreground = reply.Foreground, Warnings = _daemon.Warnings };
    }

    /// <summary>Does something to the daemon as one request: what it changes and says comes back as that of a command line does.</summary>
    internal CommandResult Do(HostView host, Action<Daemon, Reply> what)
    {
        Begin(host);
        var reply = new Reply();
        what(_daemon, reply);
        return new(reply.Output, reply.Error, reply.ExitCode, _daemon.Changes) { Foreground = reply.Foreground, Warnings = _daemon.Warnings };
    }

    /// <summary>What the daemon knows, for who only looks.</summary>
    internal Daemon Books => _daemon;

    /// <summary>A process ended by itself. If it was a container's main process: its networks are released and its restart policy acts; else nothing.</summary>
    public IReadOnlyList<Change> ProcessEnded(string processId, int exitCode, HostView host)
    {
        Begin(host);
        var container = processId.StartsWith("ctr:", StringComparison.Ordinal) ? _daemon.Containers.All.FirstOrDefault(c => c.ProcessId == processId && c.IsRunning) : null;
        if (container is not null) ContainerStop.EndedByItself(_daemon, container, exitCode);
        return _daemon.Changes;
    }

    /// <summary>What `docker network inspect` shows of all networks, sorted by name as `network ls` lists them.</summary>
    public JsonArray InspectNetworks() => new(_daemon.Networks.All.OrderBy(n => n.Name, StringComparer.Ordinal).Select(n => (JsonNode)NetworkJson.Write(_daemon, n)).ToArray());

    /// <summary>What `docker inspect` shows of all containers, in order of creation.</summary>
    public JsonArray InspectContainers() => new(_daemon.Containers.All.Select(c => (JsonNode)ContainerJson.Write(_daemon, c)).ToArray());

    /// <summary>What `docker ps -a` prints at a time.</summary>
    public string Ps(SimTime now)
    {
        _daemon.Host = _daemon.Host with { Now = now };
        return PsTable.Write(_daemon, _daemon.Containers.All.Reverse(), truncate: true);
    }

    /// <summary>What `docker network ls` prints.</summary>
    public string NetworkLs() => NetworkCommands.Listing(_daemon.Networks.All.OrderBy(n => n.Name, StringComparer.Ordinal), n => n.Id[..12]);

    private void Begin(HostView host)
    {
        _daemon.Host = host;
        _daemon.Changes = [];
        _daemon.Warnings = [];
        _daemon.Ports.BeginRequest();
        _daemon.Numbers.SeenUpTo(host.HighestIndex);
    }
}
