using NetSim.Scenarios.Format;
using NetSim.Simulation;

namespace NetSim.Scenarios.Running;

/// <summary>Puts a fault on the link behind an interface of a container.</summary>
internal static class LinkFault
{
    /// <summary>Makes it; what could not be done is returned as a sentence.</summary>
    public static string? Make(Simulator simulator, ScenarioStep.Fault fault)
    {
        var container = simulator.Topology.Containers.Find(c => c.Name == fault.Container);
        if (container is null || simulator.Topology.Find(container.Namespace)?.Find(fault.Interface) is null) return $"{fault.Container} has no interface {fault.Interface}";
        return "faults on links are not modelled yet";
    }
}
