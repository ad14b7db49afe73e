using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using NetSim.Docker.Engine;
using NetSim.Scenarios.Tests.Agreement;
using NetSim.Scenarios.Tests.Stories;
using NetSim.Workbench.Exporting;

namespace NetSim.Scenarios.Tests.Live;

/// <summary>The Docker Engine of this machine, started by tests/live-engine for one scenario, and NetSim beside it. The scenario is cut into cases at its snapshots.</summary>
internal sealed class LiveEngine : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private readonly string _folder = Directory.CreateTempSubdirectory("netsim-live").FullName;
    private readonly Dictionary<string, IReadOnlyList<Judged>> _judged = new(StringComparer.Ordinal);

    /// <summary>The scenario that both play.</summary>
    public static string Scenario { get; } = Path.Combine(Tree.Root, "tests/NetSim.Scenarios.Tests/Live/steps.sh");

    /// <summary>The cases: the snapshots of the scenario, each with the lines that lead to it.</summary>
    public static IReadOnlyList<(string Label, int From, int To)> Cases { get; } = Cut(File.ReadAllLines(Scenario));

    /// <summary>What docker version says: "20.10.24".</summary>
    public string Version { get; private set; } = "";

    /// <summary>Plays the scenario on the engine and in NetSim.</summary>
    /// <exception cref="InvalidOperationException">The machine can't run an engine, or the engine failed; the message says why.</exception>
    public void Play()
    {
        string real = Path.Combine(_folder, "real"), found = Path.Combine(_folder, "found");
        Start(real);
        Version = File.ReadAllText(Path.Combine(real, "VERSION")).Trim().Split('+', '-', '~')[0];
        if (!EngineVersion.TryParse(Version, out _)) throw new InvalidOperationException($"NetSim does not know Docker Engine {Version}");
        RunExport.Recording(Runs.Anew(Scenario, Version), found);
        foreach (var (label, from, to) in Cases)
            _judged[label] = Comparison.Of(Case(real, label, from, to), Case(found, label, from, to));
    }

    /// <summary>All facts of a case.</summary>
    public IReadOnlyList<Judged> Judge(string label) => _judged[label];

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static void Start(string real)
    {
        var start = new ProcessStartInfo(Path.Combine(Tree.Root, "tests/live-engine")) { RedirectStandardError = true, UseShellExecute = false };
        start.ArgumentList.Add(Scenario);
        start.ArgumentList.Add(real);
        using var script = Process.Start(start)!;
        var said = script.StandardError.ReadToEndAsync();
        if (!script.WaitForExit(Patience))
        {
            script.Kill(entireProcessTree: true);
            throw new InvalidOperationException($"tests/live-engine did not end in {Patience}");
        }
        if (script.ExitCode != 0) throw new InvalidOperationException(said.GetAwaiter().GetResult().Trim());
    }

    /// <summary>A snapshot with the steps before it.</summary>
    private static Recording Case(string folder, string label, int from, int to)
    {
        string place = Path.Combine(folder, "snap-" + label);
        var steps = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "steps.json")))!.AsArray().Where(s => s!["line"]!.GetValue<int>() is var n && n > from && n < to);
        File.WriteAllText(Path.Combine(place, "steps.json"), JsonSerializer.Serialize(steps));
        return new Recording(place);
    }

    private static List<(string, int, int)> Cut(string[] lines)
    {
        const string Mark = "#@ snapshot ";
        var cases = new List<(string, int, int)>();
        for (int i = 0, from = 0; i < lines.Length; i++)
        {
            if (!lines[i].StartsWith(Mark, StringComparison.Ordinal)) continue;
            cases.Add((lines[i][Mark.Length..], from, i + 1));
            from = i + 1;
        }
        return cases;
    }
}
