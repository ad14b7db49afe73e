using NetSim.Model.Input;

namespace NetSim.Capture.Sockets;

/// <summary>The interfaces of the namespace that the calling thread is in.</summary>
internal static class InterfaceNames
{
    /// <summary>Where Linux lists them with their counts, for the calling thread's namespace.</summary>
    public const string List = "/proc/thread-self/net/dev";

    /// <summary>By name, in order of the alphabet.</summary>
    public static IReadOnlyList<string> All() => [.. File.ReadAllLines(List).Where(l => l.Contains(':')).Select(l => l[..l.IndexOf(':')].Trim()).Order(StringComparer.Ordinal)];

    /// <summary>What to say where one is asked for that is not there.</summary>
    public static MachineException Missing(string name) => new($"There is no interface \"{name}\"; there are {string.Join(", ", All().Append("any").Order(StringComparer.Ordinal))}.", "");
}
