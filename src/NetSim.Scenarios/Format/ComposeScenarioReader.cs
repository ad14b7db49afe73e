using NetSim.Docker.Compose;
using NetSim.Model.Input;
using NetSim.Scenarios.Reading;
using NetSim.Scenarios.Worlds;

namespace NetSim.Scenarios.Format;

/// <summary>Reads a Compose file as a scenario: the project is brought up, and what its x-netsim says comes after that.</summary>
internal static class ComposeScenarioReader
{
    private const string Key = "x-netsim";

    /// <summary>Reads a project.</summary>
    /// <exception cref="InputException">Compose would refuse it, or x-netsim says something that can't be meant.</exception>
    public static Scenario Read(string file, string text, ComposeWish wish)
    {
        var project = ComposeProject.Load(wish with { Files = [file, .. wish.Files] }, ComposeText.Files(file, text));
        var scenario = new Scenario
        {
            File = file,
            Title = $"Compose project {project.Name}: {string.Join(", ", project.ServiceNames)}",
            World = WorldReader.OnAnyKernel(WorldReader.Default),
            Steps = [new ScenarioStep.ComposeUp(1, "docker compose up -d", project)],
            Project = project,
            Warnings = project.Warnings,
        };
        foreach (var own in project.Files.Select(f => Own(f, f == file ? text : TextFile.Read(f)!)).OfType<YamlMap>()) scenario = Add(scenario, own);
        ScenarioCheck.Check(scenario);
        return scenario;
    }

    /// <summary>NetSim's own part of a file, or null. Its dollars are not Compose's.</summary>
    private static YamlMap? Own(string file, string text) =>
        text.Contains(Key, StringComparison.Ordinal) && YamlFile.Read(file, text) is var top && top.Has(Key) ? top.Map(Key) : null;

    private static Scenario Add(Scenario scenario, YamlMap own)
    {
        own.Only(Key, "title", "engine", "daemon", "host", "outside", "images", "steps", "expect");
        return scenario with
        {
            Title = own.Text("title") ?? scenario.Title,
            Engine = YamlScenarioReader.Engine(own) ?? scenario.Engine,
            Daemon = own.Has("daemon") ? YamlScenarioReader.Daemon(own) : scenario.Daemon,
            World = WorldReader.Extend(scenario.World, own),
            Steps = [.. scenario.Steps, .. own.Items("steps").Select(n => StepReader.Read(own, n))],
            Expectations = [.. scenario.Expectations, .. own.Items("expect").Select(n => YamlScenarioReader.Expected(own, n))],
        };
    }
}
