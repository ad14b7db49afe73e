using System.Text.Json;
using NetSim.Docker.Engine;

namespace NetSim.Tests.Docker.Recorded;

/// <summary>A docker line of a recorded case with what the real engine answered; a line of the host has no answer.</summary>
public sealed record RecordedStep(string Line, int ExitCode, string Output, string Error);

/// <summary>A case that was recorded on a real engine.</summary>
/// <param name="Engine">Which one.</param>
/// <param name="Name">"01-seed".</param>
/// <param name="Daemon">Its daemon.json, or empty.</param>
/// <param name="Steps">What was done.</param>
/// <param name="Files">At the end, by container: resolv.conf, hosts, hostname; null where there is none.</param>
public sealed record RecordedCase(EngineVersion Engine, string Name, string Daemon, IReadOnlyList<RecordedStep> Steps, IReadOnlyDictionary<string, string?[]> Files)
{
    /// <summary>Containers of this case race for addresses once the daemon has restarted; what follows from them is not compared.</summary>
    private const string Racing = "44-daemon-restart";

    /// <summary>All cases of the three engines but those from 101 on, in which the host's own programs act; NetSim.Scenarios.Tests has them.</summary>
    public static IEnumerable<RecordedCase> All => from engine in new[] { new EngineVersion(20, 10, 24), new EngineVersion(26, 1, 5), new EngineVersion(28, 5, 2) }
                                                   from zip in Directory.GetFiles(RecordedFolder.Zips($"{engine}"), "??-*.zip").Order(StringComparer.Ordinal)
                                                   select Of(engine, Path.GetFileNameWithoutExtension(zip));

    public override string ToString() => $"{Name} on {Engine}";

    private static RecordedCase Of(EngineVersion engine, string name)
    {
        string folder = RecordedFolder.Of($"{engine}", name);
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "steps.json")));
        var answers = json.RootElement.EnumerateArray().ToDictionary(s => s.GetProperty("line").GetInt32());
        var lines = File.ReadAllLines(Path.Combine(folder, "steps.sh"));
        const string Setting = "#@ daemon ";
        string daemon = lines.FirstOrDefault(l => l.StartsWith(Setting, StringComparison.Ordinal))?[Setting.Length..] ?? "";
        var steps = lines.SelectMany((l, i) => Step(l, answers.TryGetValue(i + 1, out var answer) ? answer : null)).ToList();
        int restart = steps.FindIndex(s => s.Line == "daemon-restart");
        if (name == Racing) steps.RemoveAll(s => s.Line.StartsWith("docker inspect", StringComparison.Ordinal) && steps.IndexOf(s) > restart);
        return new(engine, name, daemon, steps, name == Racing ? new Dictionary<string, string?[]>() : FilesOf(folder));
    }

    private static IEnumerable<RecordedStep> Step(string line, JsonElement? answer)
    {
        if (line == "#@ daemon-restart") yield return new("daemon-restart", 0, "", "");
        else if (line.StartsWith("host ", StringComparison.Ordinal)) yield return new(line, 0, "", "");
        else if (answer is { } a && line.StartsWith("docker ", StringComparison.Ordinal) && !line.StartsWith("docker exec", StringComparison.Ordinal))
            yield return new(line, a.GetProperty("rc").GetInt32(), a.GetProperty("stdout").GetString()!, a.GetProperty("stderr").GetString()!);
    }

    private static Dictionary<string, string?[]> FilesOf(string folder)
    {
        var files = new Dictionary<string, string?[]>(StringComparer.Ordinal);
        string inside = Path.Combine(folder, "containers");
        foreach (string f in Directory.Exists(inside) ? Directory.GetFiles(inside, "*.json") : [])
        {
            using var json = JsonDocument.Parse(File.ReadAllText(f));
            files[Path.GetFileNameWithoutExtension(f)] = new[] { "resolv_conf", "hosts", "hostname" }.Select(k => json.RootElement.TryGetProperty(k, out var t) ? t.GetString() : null).ToArray();
        }
        return files;
    }
}
