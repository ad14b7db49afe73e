using NetSim.Docker.Compose;
using NetSim.Model.Input;
using NetSim.Scenarios.Format;

namespace NetSim.Scenarios.Running;

/// <summary>`docker compose …` among the lines of a scenario. Files are found from the scenario's folder; in a Compose file, without -f, that very project is meant.</summary>
internal sealed class ComposeLines(Scenario scenario, RunningWorld world, ComposeRun compose)
{
    private static readonly string[] OnContainers = ["start", "stop", "restart", "kill", "pause", "unpause"];
    private static readonly string[] OfNoConcern = ["pull", "build", "push"];

    /// <summary>Is this a line of Compose?</summary>
    public static bool Is(IReadOnlyList<string> words) => words.Count > 0 && words[0] == "compose";

    /// <summary>Runs one.</summary>
    public Outcome Run(IReadOnlyList<string> words, out IReadOnlyList<string> warnings)
    {
        var said = new List<string>();
        warnings = said;
        try
        {
            var line = ComposeLine.Parse([.. words.Skip(1)]);
            return line.Verb == "version" ? new(0, line.Format == "short" ? "2.40.3\n" : "Docker Compose version v2.40.3\n", "") : Of(line, Project(line, said), said);
        }
        catch (FormatException e)
        {
            return new(16, "", e.Message + "\n");
        }
        catch (InputException e)
        {
            said.Add(e.Message);
            return new(1, "", e.Message + "\n");
        }
    }

    private ComposeProject Project(ComposeLine line, List<string> said)
    {
        string folder = Path.GetDirectoryName(scenario.File) ?? "";
        bool own = line.Wish.Files.Count == 0 && line.Wish.Folder is null && scenario.Project is not null;
        var files = own ? scenario.Project!.Files : line.Wish.Files.Select(f => Path.Combine(folder, f)).ToList();
        var project = ComposeProject.Load(line.Wish with
        {
            Files = files,
            FilesAlone = own || line.Wish.FilesAlone,
            Folder = line.Wish.Folder is { } f ? Path.Combine(folder, f) : files.Count == 0 ? folder : null,
            EnvFiles = line.Wish.EnvFiles.Select(e => Path.Combine(folder, e)).ToList(),
            Name = line.Wish.Name ?? (own ? scenario.Project!.Name : null),
        }, ComposeText.Files("", null));
        if (!own) said.AddRange(project.Warnings);
        return project;
    }

    private Outcome Of(ComposeLine line, ComposeProject project, List<string> said)
    {
        var unknown = line.Choice.Services.Where(s => !project.HasService(s)).ToList();
        if (unknown.Count > 0) return new(1, "", $"no such service: {unknown[0]}\n");
        switch (line.Verb)
        {
            case "up" or "create": return Done(ComposeEngine.PlanUp(world.Dockerd.Engine, project, line.Choice), said) is var outcome && line.Detached ? outcome : outcome with { GoesOn = outcome.ExitCode == 0 };
            case "down": return Done(ComposeEngine.PlanDown(world.Dockerd.Engine, project, line.Choice), said);
            case "ps": return new(0, world.Look(view => ComposeEngine.Ps(world.Dockerd.Engine, project, line, view)), "");
            case "exec": return Exec(line, project, said);
            case "port": return Port(line, project, said);
            case "rm": return Each(line, project, "rm", said);
            case "config" when line.Format == "services": return new(0, string.Concat(project.ServiceNames.Order(StringComparer.Ordinal).Select(s => s + "\n")), "");
            case "config" when line.Format == "quiet": return new(0, "", "");
            case "ls": return new(0, $"NAME                STATUS              CONFIG FILES\n{project.Name,-20}running({ComposeEngine.Containers(world.Dockerd.Engine, project, []).Count,-11}{project.Folder}/{Path.GetFileName(project.Files[0])}\n", "");
        }
        if (OnContainers.Contains(line.Verb)) return Each(line, project, line.Verb, said);
        if (OfNoConcern.Contains(line.Verb)) return new(0, "", "");
        said.Add($"docker compose {line.Verb} is not modelled");
        return new(1, "", "");
    }

    private Outcome Done(ComposePlan plan, List<string> said)
    {
        said.AddRange(plan.Warnings);
        if (plan.Error.Length > 0) return new(1, "", plan.Error + "\n");
        string told = "";
        foreach (var operation in plan.Operations)
        {
            var outcome = compose.Do(operation, out var warnings);
            said.AddRange(warnings.Except(said).ToList());
            told += outcome.Output + outcome.Error;
            if (outcome.ExitCode != 0) return new(outcome.ExitCode, "", told);
        }
        return new(0, "", told);
    }

    private Outcome Exec(ComposeLine line, ComposeProject project, List<string> said)
    {
        if (!project.HasService(line.Arguments[0])) return new(1, "", $"no such service: {line.Arguments[0]}\n");
        if (Container(line, project) is not { } container) return new(1, "", $"service \"{line.Arguments[0]}\" is not running\n");
        var outcome = world.Docker(["exec", .. line.Passed, container, .. line.Arguments.Skip(1)], out var warnings);
        said.AddRange(warnings);
        return outcome;
    }

    private Outcome Port(ComposeLine line, ComposeProject project, List<string> said)
    {
        if (line.Arguments.Count < 2 || Container(line, project) is not { } container) return new(1, "", $"service \"{line.Arguments.FirstOrDefault()}\" is not running\n");
        var outcome = world.Docker(["port", container, line.Arguments[1]], out var warnings);
        said.AddRange(warnings);
        return outcome with { Output = string.Concat(outcome.Output.Split('\n').Take(1).Select(l => l + "\n")) };
    }

    private string? Container(ComposeLine line, ComposeProject project) => ComposeEngine.Containers(world.Dockerd.Engine, project, [line.Arguments[0]]).ElementAtOrDefault(line.Index - 1);

    private Outcome Each(ComposeLine line, ComposeProject project, string verb, List<string> said)
    {
        var containers = ComposeEngine.Containers(world.Dockerd.Engine, project, line.Choice.Services);
        if (verb is "stop" or "kill" or "pause") containers = containers.Reverse().ToList();
        string told = "";
        foreach (string c in containers)
        {
            var outcome = world.Docker([verb, c], out var warnings);
            said.AddRange(warnings);
            told += outcome.ExitCode == 0 ? $" Container {c}  {Past(verb)}\n" : outcome.Error;
            if (outcome.ExitCode != 0) return new(1, "", told);
        }
        return new(0, "", told);
    }

    private static string Past(string verb) => verb switch { "stop" => "Stopped", "rm" => "Removed", "start" => "Started", "restart" => "Restarted", "kill" => "Killed", "pause" => "Paused", _ => "Unpaused" };
}
