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
    /// <summary>All cases of the three engines.</summary>
    public static IEnumerable<RecordedCase> All => new[] { new EngineVersion(20, 10, 24), new EngineVersion(26, 1, 5), new EngineVersion(28, 5, 2) }.SelectMany(Of);

    public override string ToString() => $"{Name} on {Engine}";

    private static List<RecordedCase> Of(EngineVersion engine)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Folder.Tests($"Docker/Recorded/Data/{engine}.json")));
        return json.RootElement.EnumerateArray().Select(c => new RecordedCase(engine, c.GetProperty("case").GetString()!, c.GetProperty("daemon").GetString()!,
            c.GetProperty("steps").EnumerateArray().Select(Step).ToList(),
            c.GetProperty("files").EnumerateObject().ToDictionary(f => f.Name, f => f.Value.EnumerateArray().Select(t => t.GetString()).ToArray()))).ToList();
    }

    private static RecordedStep Step(JsonElement s) => new(s.GetProperty("line").GetString()!, s.TryGetProperty("rc", out var rc) ? rc.GetInt32() : 0,
        s.TryGetProperty("out", out var o) ? o.GetString()! : "", s.TryGetProperty("err", out var e) ? e.GetString()! : "");
}
