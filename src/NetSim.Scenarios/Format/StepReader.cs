using NetSim.Scenarios.Reading;
using YamlDotNet.RepresentationModel;

namespace NetSim.Scenarios.Format;

/// <summary>Reads an entry of `steps:`: a line as it would be typed, or a mapping of say and one of run, docker, host, outside, sleep, fault, restart.</summary>
internal static class StepReader
{
    private static readonly string[] Verbs = ["run", "docker", "host", "outside", "sleep", "fault", "restart"];

    /// <summary>Reads one.</summary>
    public static ScenarioStep Read(YamlMap top, YamlNode node)
    {
        if (node is YamlScalarNode) return Line(top, node, top.Scalar(node, "steps"), null, false);
        var m = top.AsMap(node, "steps").Only("a step", ["say", "fails", .. Verbs]);
        var verbs = Verbs.Where(m.Has).ToList();
        if (verbs.Count != 1)
            throw m.Wrong(m.Line, verbs.Count == 0 ? "a step should say what happens: one of " + string.Join(", ", Verbs) : $"a step should do one thing, but it has {string.Join(" and ", verbs)}");
        string verb = verbs[0];
        var at = m.Find(verb)!;
        string? say = m.Text("say")?.Trim();
        if (verb == "fault") return FaultReader.Read(m.AsMap(at, verb), say);
        string text = m.Scalar(at, verb).Trim();
        if (verb == "restart") return text == "daemon" ? new ScenarioStep.DaemonRestart(m.LineOf(verb), "restart daemon", say) : throw m.Wrong(at, "restart: can only be daemon; a container is restarted with docker: restart NAME");
        if (verb == "docker" && text.StartsWith("docker ", StringComparison.Ordinal)) verb = "run";
        return Line(m, at, verb == "run" ? text : $"{verb} {text}", say, m.Text("fails") == "true");
    }

    private static ScenarioStep Line(YamlMap m, YamlNode at, string line, string? say, bool mayFail)
    {
        line = line.ReplaceLineEndings(" ").Trim();
        var words = Worlds.SiteReader.Words(m, at, line);
        int number = YamlMap.LineOf(at);
        switch (words[0])
        {
            case "docker" when words.Count > 1: return new ScenarioStep.Docker(number, line, say, [.. words.Skip(1)], mayFail);
            case "host" or "outside" when words.Count > 1: return new ScenarioStep.Program(number, line, say, words[0], [.. words.Skip(1)]);
            case "sleep" when words.Count == 2 && Durations.TryParse(words[1], out var span): return new ScenarioStep.Sleep(number, line, say, span);
            case "sleep": throw m.Wrong(at, $"\"{line}\" should name a time, such as sleep 2 or sleep 500ms");
            default:
                string hint = Model.Input.Suggestion.For(words[0], ["docker", "host", "outside", "sleep"]);
                throw m.Wrong(at, $"\"{line}\" should begin with docker, host, outside or sleep{hint}");
        }
    }
}
