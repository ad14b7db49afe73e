namespace NetSim.House.Tests;

/// <summary>The floor plan as data: who may use whom, and which package is whose.</summary>
internal static class Plan
{
    /// <summary>The rooms that a room may name in its project file and in its code.</summary>
    public static readonly IReadOnlyDictionary<string, string[]> MayUse = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["Model"] = [],
        ["Wire"] = ["Model"],
        ["Capture"] = ["Model", "Wire"],
        ["Docker"] = ["Model"],
        ["DockerApi"] = ["Model", "Docker"],
        ["Simulation"] = ["Model", "Wire"],
        ["Analysis"] = ["Model", "Wire"],
        ["Rendering"] = ["Model", "Wire"],
        ["Scenarios"] = ["Model", "Docker", "Simulation"],
        ["Workbench"] = ["Model", "Wire", "Capture", "Docker", "DockerApi", "Simulation", "Analysis", "Rendering", "Scenarios"],
        ["Cli"] = ["Workbench", "Model"],
        ["Web"] = ["Workbench", "Model"],
    };

    /// <summary>What Workbench hands out and the doors may therefore name, though their projects refer to Workbench alone.</summary>
    public static readonly string[] HandedOut = ["NetSim.Scenarios.Format", "NetSim.Analysis.Explanation", "NetSim.Analysis.Findings", "NetSim.Analysis.Statistics"];

    /// <summary>The namespaces of a package, and where alone they may be named.</summary>
    public static readonly IReadOnlyList<(string Package, string Namespace, string[] Places)> PackageHomes =
    [
        ("QuikGraph", "QuikGraph", ["NetSim.Model.Topology"]),
        ("PacketDotNet", "PacketDotNet", ["NetSim.Wire"]),
        ("SharpPcap", "SharpPcap", ["NetSim.Capture"]),
        ("ZstdSharp.Port", "ZstdSharp", ["NetSim.Capture"]),
        ("YamlDotNet", "YamlDotNet", ["NetSim.Scenarios", "NetSim.Docker"]),
        ("Docker.DotNet.Enhanced", "Docker.DotNet", ["NetSim.DockerApi"]),
        ("SkiaSharp", "SkiaSharp", ["NetSim.Rendering"]),
        ("SkiaSharp.NativeAssets.Linux.NoDependencies", "SkiaSharp", ["NetSim.Rendering"]),
        ("System.CommandLine", "System.CommandLine", ["NetSim.Cli"]),
        ("Spectre.Console", "Spectre.Console", ["NetSim.Cli"]),
    ];

    /// <summary>Rooms whose folders may use each other, with the reason.</summary>
    public static readonly IReadOnlyDictionary<string, string> OneLayer = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["Model"] = "values only: a change names a route, a route names its origin, the topology folds changes; there is no machinery in it that a cycle could hide",
    };

    /// <summary>Folders of other rooms that use each other, with the reason. Each is a wall that should stand there one day.</summary>
    public static readonly IReadOnlyDictionary<string, string> MutualUse = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["Docker: Books, CommandLine, Containers, Engine, Firewall, Inspect, Naming, Networks"] = "DockerEngine, the door, stands in Engine beside the values that all folders read: version, settings, host view",
    };

    /// <summary>Rooms that leave things out, so that their README says what.</summary>
    public static readonly string[] Workshops = ["Docker", "Simulation", "Capture", "Analysis", "Rendering", "Scenarios"];
}
