using NetSim.Docker.Books;
using NetSim.Docker.Containers;
using NetSim.Docker.Engine;
using NetSim.Model.Tracing;

namespace NetSim.Docker.Restoring;

/// <summary>What is known of a real engine, from which one like it is made.</summary>
/// <param name="Version">Which engine.</param>
/// <param name="Settings">Its daemon.json, as far as it is known.</param>
/// <param name="Networks">docker network inspect.</param>
/// <param name="Containers">docker inspect.</param>
public sealed record EngineState(EngineVersion Version, EngineSettings Settings, IReadOnlyList<InspectedNetwork> Networks, IReadOnlyList<InspectedContainer> Containers)
{
    /// <summary>Has the machine started since networks were made that are older than "bridge"? Else only the daemon has, and their rules are older than it.</summary>
    public bool Rebooted { get; init; }
}

/// <summary>An engine that was made from inspect output, and what it did to Linux on the way: the links, addresses, routes, rules, files and names that belong to it, each with its origin.</summary>
/// <param name="Engine">The engine; more commands can follow.</param>
/// <param name="Changes">What it makes of a bare host.</param>
/// <param name="Warnings">What is not modelled or does not fit, each a sentence.</param>
public sealed record RestoredEngine(DockerEngine Engine, IReadOnlyList<Change> Changes, IReadOnlyList<string> Warnings);

/// <summary>Makes an engine from what inspect shows of a real one.</summary>
public static class EngineRestore
{
    /// <summary>Makes it.</summary>
    /// <param name="state">What is known.</param>
    /// <param name="host">The Linux beneath, without anything of Docker's.</param>
    /// <param name="chance">Where names of veths come from, which inspect does not show.</param>
    public static RestoredEngine Make(EngineState state, HostView host, Random chance)
    {
        var d = new Daemon(state.Version, state.Settings, new Dictionary<string, ImageFacts>(StringComparer.Ordinal), chance) { Host = host };
        foreach (var i in host.Interfaces) d.Numbers.SeenUpTo(i.Index);
        DaemonBoot.Prepare(d);
        new RestoredNetworks(d, state.Rebooted).Restore(state.Networks);
        new RestoredContainers(d).Restore(state.Containers);
        return new(new DockerEngine(d), d.Changes, d.Warnings);
    }
}
