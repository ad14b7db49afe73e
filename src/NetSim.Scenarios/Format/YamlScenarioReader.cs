using NetSim.Docker.Engine;
using NetSim.Model.Input;
using NetSim.Scenarios.Reading;
using NetSim.Scenarios.Worlds;
using YamlDotNet.RepresentationModel;

namespace NetSim.Scenarios.Format;

/// <summary>Reads NetSim's own form of a scenario.</summary>
internal static class YamlScenarioReader
{
    /// <summary>Reads a text, and checks all that can be checked before anything runs.</summary>
    /// <exception cref="InputException">Something in it can't be meant.</exception>
    public static Scenario Read(string file, string text, World world)
    {
        var top = YamlFile.Read(file, text);
        top.Only("a scenario", "title", "engine", "daemon", "host", "outside", "images", "steps", "expect");
        if (!top.Has("steps")) throw new InputException(file, "", "the scenario has no steps:, a list of what happens");
        var scenario = new Scenario
        {
            File = file,
            Title = top.Text("title") ?? "",
            Engine = Engine(top),
            Daemon = Daemon(top),
            World = WorldReader.Extend(WorldReader.OnAnyKernel(world), top),
            Steps = top.Items("steps").Select(n => StepReader.Read(top, n)).ToList(),
            Expectations = top.Items("expect").Select(n => Expected(top, n)).ToList(),
        };
        ScenarioCheck.Check(scenario);
        return scenario;
    }

    /// <summary>The engine that `engine:` names, or null.</summary>
    internal static EngineVersion? Engine(YamlMap top)
    {
        if (top.Text("engine") is not { } text) return null;
        if (EngineVersion.TryParse(text, out var version)) return version;
        throw top.Wrong(top.LineOf("engine"), $"\"{text}\" is no engine that NetSim models; it knows {string.Join(", ", EngineVersion.Known)}");
    }

    /// <summary>What `daemon:` says, as JSON.</summary>
    internal static string Daemon(YamlMap top)
    {
        if (top.Find("daemon") is not { } node) return "";
        return node is YamlScalarNode { Value: { } text } && DaemonJson.IsObject(text) ? text : YamlJson.Write(top.AsMap(node, "daemon"));
    }

    /// <summary>An entry of `expect:`.</summary>
    internal static Expectation Expected(YamlMap top, YamlNode n)
    {
        try
        {
            return Expectation.Parse(top.Scalar(n, "expect"), YamlMap.LineOf(n));
        }
        catch (FormatException e)
        {
            throw top.Wrong(n, e.Message);
        }
    }
}
