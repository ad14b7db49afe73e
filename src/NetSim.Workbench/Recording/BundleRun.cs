using System.Text.Json.Nodes;
using NetSim.Docker.Engine;
using NetSim.Model.Input;
using NetSim.Model.Topology;
using NetSim.Model.Tracing;
using NetSim.Scenarios.Running;
using NetSim.Workbench.Explaining;
using NetSim.Workbench.Opening;

namespace NetSim.Workbench.Recording;

/// <summary>A bundle as `run` takes it: built, docker lines tried on it, and written back in the layout it was read in.</summary>
public sealed class BundleRun
{
    /// <summary>What an engine does not take over from another's inspect output, and who writes it back does.</summary>
    private static readonly string[] Kept =
        ["Created", "Image", "Config.AttachStdout", "Config.AttachStderr", "HostConfig.MaskedPaths", "HostConfig.ReadonlyPaths", "State.Pid", "State.StartedAt", "State.FinishedAt", "State.Error", "NetworkSettings.SandboxID", "NetworkSettings.SandboxKey",
            "ResolvConfPath", "HostnamePath", "HostsPath", "LogPath"];

    /// <summary>The same of an endpoint: what was asked of it, null or empty.</summary>
    private static readonly string[] KeptOfEndpoint = ["IPAMConfig", "Aliases", "DNSNames"];

    private readonly Dictionary<string, JsonObject> _read = new(StringComparer.Ordinal);
    private readonly DockerEngine _engine;
    private readonly Topology _topology;
    private readonly Trace _trace = new();

    private BundleRun(string path, OpenedBundle bundle)
    {
        (Title, Engine, Warnings) = (Path.GetFileName(Path.TrimEndingDirectorySeparator(path)), bundle.Version, [.. bundle.Warnings]);
        (_engine, _topology) = (bundle.Engine.Engine, bundle.Topology());
        foreach (var c in bundle.Changes) _trace.Add(SimTime.Zero, c);
        var folder = BundleFolder.Open(path);
        foreach (var row in folder.Rows("network-inspect.json").Concat(folder.Rows("container-inspect.json"))) _read[$"{row["Id"]}"] = row;
    }

    /// <summary>The folder's name.</summary>
    public string Title { get; }

    /// <summary>"28.5.2": which engine it is of, said or guessed.</summary>
    public string Engine { get; }

    /// <summary>What was guessed, is missing, or is not modelled.</summary>
    public List<string> Warnings { get; }

    /// <summary>The lines that were tried, with what the engine said.</summary>
    public List<(string Command, int ExitCode, string Output, string Error)> Steps { get; } = [];

    /// <summary>How many networks there are at the end.</summary>
    public int Networks => _engine.InspectNetworks().Count;

    /// <summary>How many containers there are at the end.</summary>
    public int Containers => _engine.InspectContainers().Count;

    /// <summary>Its end state, to be drawn.</summary>
    public Opened Opened => new(_trace, Title, Engine, Warnings);

    /// <summary>Opens a bundle and tries docker lines on it, one after the other.</summary>
    /// <param name="path">A directory or a .zip.</param>
    /// <param name="engine">Which engine it is of, or null.</param>
    /// <param name="with">"docker network connect back web"; one that the engine refuses is a result.</param>
    /// <exception cref="InputException">It is no bundle, or a line is no docker line.</exception>
    public static BundleRun Of(string path, string? engine, IReadOnlyList<string> with)
    {
        var run = new BundleRun(path, BundleOpening.Read(path, engine));
        foreach (string line in with) run.Try(line);
        return run;
    }

    /// <summary>Writes it: the inspect files, the host's and the containers' tables, rules, and the lines that were tried.</summary>
    /// <exception cref="MachineException">The folder can't be written.</exception>
    public void Record(string folder)
    {
        try
        {
            RecordingFolder.Clear(folder);
            Directory.CreateDirectory(folder);
            var steps = Steps.Select((s, i) => (JsonNode)new JsonObject { ["line"] = i + 1, ["command"] = s.Command, ["rc"] = s.ExitCode, ["stdout"] = s.Output, ["stderr"] = s.Error });
            StateFiles.Dump(folder, "steps.json", new JsonArray([.. steps]));
            StateFiles.Dump(folder, "version.json", new JsonObject { ["Server"] = new JsonObject { ["Version"] = Engine } });
            StateFiles.Write(_topology, new BooksAt("", SimTime.Zero, AsRead(_engine.InspectNetworks()), AsRead(_engine.InspectContainers()), _engine.Ps(SimTime.Zero) + "\n" + _engine.NetworkLs()), folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MachineException($"{folder} can't be written: {e.Message}", "");
        }
    }

    /// <summary>What was read of a container or network that is still as it was: times, process numbers, names of namespaces.</summary>
    private JsonArray AsRead(JsonArray objects)
    {
        foreach (var o in objects.OfType<JsonObject>())
        {
            if (!_read.TryGetValue($"{o["Id"]}", out var read) || $"{o["State"]?["Status"]}" != $"{read["State"]?["Status"]}") continue;
            foreach (string path in Kept) Keep(o, read, path.Split('.'));
            foreach (var (name, endpoint) in o["NetworkSettings"]?["Networks"]?.AsObject() ?? [])
                if (endpoint is JsonObject own && read["NetworkSettings"]?["Networks"]?[name] is JsonObject before && $"{own["EndpointID"]}" == $"{before["EndpointID"]}")
                    foreach (string key in KeptOfEndpoint) Keep(own, before, [key]);
        }
        return objects;
    }

    private static void Keep(JsonObject own, JsonObject read, string[] path)
    {
        foreach (string part in path[..^1])
        {
            if (own[part] is not JsonObject o || read[part] is not JsonObject r) return;
            (own, read) = (o, r);
        }
        if (read.ContainsKey(path[^1])) own[path[^1]] = read[path[^1]]?.DeepClone();
    }

    private void Try(string line)
    {
        var result = BundleChange.Execute(_engine, _topology, line);
        Warnings.AddRange(result.Warnings);
        foreach (var c in BundleKernel.Follow(result.Changes))
        {
            _topology.Apply(c);
            _trace.Add(SimTime.Zero, c);
        }
        Steps.Add((line, result.ExitCode, result.Output, result.Error));
    }
}
