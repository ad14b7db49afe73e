using NetSim.Docker.Compose;
using NetSim.Model.Input;
using NetSim.Scenarios.Reading;
using NetSim.Scenarios.Worlds;

namespace NetSim.Scenarios.Format;

/// <summary>Reads a scenario of any form; the form is told by the content.</summary>
public static class ScenarioReader
{
    /// <summary>Reads a file; a folder is the Compose project in it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="compose">What else is said of a Compose project: more files, profiles, variables, a name.</param>
    /// <exception cref="InputException">It can't be read, or says something that can't be meant.</exception>
    public static Scenario ReadFile(string path, ComposeWish? compose = null)
    {
        if (Directory.Exists(path))
        {
            string? inside = ComposeText.UsualNames.Select(n => Path.Combine(path, n)).FirstOrDefault(File.Exists);
            if (inside is null) throw new InputException(path, "", "this is a folder; name the scenario's file in it, such as " + Path.Combine(path, "steps.sh"));
            path = inside;
        }
        return Read(path, TextFile.Read(path) ?? throw new InputException(path, "", "there is no such file"), compose);
    }

    /// <summary>Reads a text; <paramref name="file"/> is the name for complaints and tells a form where the content can't.</summary>
    public static Scenario Read(string file, string text, ComposeWish? compose = null)
    {
        if (text.Contains('\0')) throw new InputException(file, "", "this is no text; a scenario is a .yaml file or a .sh file of command lines");
        bool steps = IsSteps(file, text);
        if (!steps && ComposeText.IsCompose(text)) return ComposeScenarioReader.Read(file, text, compose ?? new ComposeWish());
        if (compose is not null) throw new InputException(file, "", "this is no Compose file (it has no services: at its top), so further files, profiles, variables and a project's name mean nothing to it");
        return steps ? StepsReader.Read(file, text, WorldReader.Default) : YamlScenarioReader.Read(file, text, WorldReader.Default);
    }

    private static bool IsSteps(string file, string text)
    {
        if (file.EndsWith(".sh", StringComparison.Ordinal)) return true;
        if (file.EndsWith(".yaml", StringComparison.Ordinal) || file.EndsWith(".yml", StringComparison.Ordinal)) return false;
        var first = text.Split('\n').Select(l => l.Trim()).FirstOrDefault(l => l.Length > 0 && (l[0] != '#' || l.StartsWith("#@", StringComparison.Ordinal)));
        return first is not null && (first.StartsWith("#@", StringComparison.Ordinal) || first.Split(' ')[0] is "docker" or "host" or "outside" or "sleep");
    }
}
