using NetSim.Docker.Engine;
using NetSim.Model.Input;
using NetSim.Model.Topology;
using NetSim.Model.Tracing;
using NetSim.Scenarios.Format;
using NetSim.Scenarios.Running;
using NetSim.Workbench.Opening;

namespace NetSim.Workbench.Explaining;

/// <summary>A docker line that is tried on a bundle: by an engine that was made from what inspect shows, on a copy of its tables.</summary>
internal static class BundleChange
{
    /// <summary>Runs the line and makes its changes.</summary>
    /// <exception cref="InputException">It is no docker line, or the engine refuses it.</exception>
    public static void Make(DockerEngine engine, Topology topology, string line, List<string> warnings)
    {
        var result = Execute(engine, topology, line);
        if (result.ExitCode != 0) throw new InputException("--with", "", $"\"{line}\" fails: {(result.Error + result.Output).Trim().Split('\n')[0]}");
        warnings.AddRange(result.Warnings);
        foreach (var c in BundleKernel.Follow(result.Changes)) topology.Apply(c);
    }

    /// <summary>Asks the engine to run the line; what it answers is not made true yet.</summary>
    /// <exception cref="InputException">It is no docker line.</exception>
    public static CommandResult Execute(DockerEngine engine, Topology topology, string line)
    {
        if (ScenarioReader.Read("--with.sh", line + "\n").Steps is not [ScenarioStep.Docker step]) throw new InputException("--with", "", $"\"{line}\" can't be tried on a bundle; docker lines can");
        return engine.Execute(step.Arguments, HostLook.Of(topology, SimTime.Zero, [], []));
    }
}
