using System.Collections.Concurrent;
using NetSim.Workbench.Exporting;
using NetSim.Workbench.Opening;

namespace NetSim.Scenarios.Tests.Stories;

/// <summary>Scenarios that ran, each once for all tests.</summary>
internal static class Runs
{
    private static readonly ConcurrentDictionary<(string File, string? Engine), Lazy<Simulated>> Known = new();

    /// <summary>Names of the files of scenarios/, and of the Compose projects that have a folder of their own there.</summary>
    public static IReadOnlyList<string> Scenarios { get; } = [.. Tree.Files("scenarios", ".yaml", ".yml", ".sh"), .. Projects()];

    /// <summary>The run of a scenario of scenarios/.</summary>
    public static Simulated Of(string scenario) => At(Path.Combine(Tree.Root, "scenarios", scenario), null);

    /// <summary>The run of any scenario file, with an engine or that of its own choice.</summary>
    public static Simulated At(string path, string? engine) => Known.GetOrAdd((path, engine), key => new(() => Anew(key.File, key.Engine))).Value;

    /// <summary>A run that nobody else sees. One that has not ended after two minutes never will.</summary>
    public static Simulated Anew(string path, string? engine)
    {
        var run = Task.Run(() => ScenarioOpening.Run(path, engine, seed: 1, CancellationToken.None));
        if (!((IAsyncResult)run).AsyncWaitHandle.WaitOne(TimeSpan.FromMinutes(2))) throw new TimeoutException($"{path} does not end");
        return run.GetAwaiter().GetResult();
    }

    /// <summary>Its pcapng.</summary>
    public static byte[] Pcapng(Simulated run) => Bytes(s => TracePcapng.Write(run.Trace, run.Trace.ZeroUnixNanoseconds, s));

    /// <summary>Its trace as JSON lines.</summary>
    public static byte[] Json(Simulated run) => Bytes(s => TraceJson.Write(run.Trace, s));

    private static IEnumerable<string> Projects() => Directory.GetDirectories(Path.Combine(Tree.Root, "scenarios")).Order(StringComparer.Ordinal)
        .Where(d => File.Exists(Path.Combine(d, "compose.yaml"))).Select(d => Path.GetFileName(d) + "/compose.yaml");

    private static byte[] Bytes(Action<Stream> write)
    {
        using var stream = new MemoryStream();
        write(stream);
        return stream.ToArray();
    }
}
