using System.Text.Json;
using NUnit.Framework;

namespace NetSim.Tests.Analysis;

/// <summary>Real captures against what tshark 4.0 says of them.</summary>
public sealed class VerdictTests
{
    /// <summary>Figures that differ, and why.</summary>
    private static readonly Dictionary<string, string> Different = new(StringComparer.Ordinal)
    {
        ["sctp-www.pcap /sctp/associations"] = "tshark tells associations apart by addresses and tags together",
    };

    private static IEnumerable<string> Names => Directory.GetFiles(Folder.Tests("Analysis/Verdicts")).Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal);

    [TestCaseSource(nameof(Names))]
    public void Our_figures_are_those_of_tshark(string name)
    {
        using var verdict = JsonDocument.Parse(File.ReadAllText(Folder.Tests($"Analysis/Verdicts/{name}.json")));

        var ours = AnalysisRun.Json(AnalysisRun.Capture("analysis/" + name));

        Assert.That(Differences(verdict.RootElement, ours, "").Where(d => !Different.ContainsKey($"{name} {d.Split(':')[0]}")), Is.Empty);
    }

    private static IEnumerable<string> Differences(JsonElement theirs, JsonElement? ours, string path)
    {
        if (theirs.ValueKind == JsonValueKind.Object) return Members(theirs).SelectMany(m => Differences(m.Value, Find(ours, m.Name), $"{path}/{m.Name}"));
        // What tshark lists singly we list too, and perhaps more.
        if (theirs.ValueKind == JsonValueKind.Array && path.EndsWith("per_stream", StringComparison.Ordinal))
            return theirs.EnumerateArray().Select((t, n) => (t, n)).SelectMany(x => Differences(x.t, ours!.Value[x.n], $"{path}[{x.n}]"));
        string expected = Text(theirs), found = ours is { } o ? Text(o) : "0";
        return expected == found ? [] : [$"{path}: tshark {expected}, ours {found}"];
    }

    private static IEnumerable<JsonProperty> Members(JsonElement element) => element.EnumerateObject();

    private static JsonElement? Find(JsonElement? element, string name) => element is { ValueKind: JsonValueKind.Object } e && e.TryGetProperty(name, out var found) ? found : null;

    private static string Text(JsonElement element) => JsonSerializer.Serialize(element);
}
