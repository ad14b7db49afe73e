using NetSim.Scenarios.Worlds;
using NetSim.Simulation.Programs;

namespace NetSim.Scenarios.Running;

/// <summary>How the programs of a world's images behave, as the process host takes it.</summary>
internal static class ImageBehaviour
{
    /// <summary>By image name without tag.</summary>
    public static IReadOnlyDictionary<string, ImagePrograms> Of(World world)
    {
        var all = new SortedDictionary<string, ImagePrograms>(StringComparer.Ordinal);
        foreach (var i in world.Images) all[i.Facts.Name] = i.Programs;
        return all;
    }
}
