using NetSim.Model.Input;
using NetSim.Scenarios.Worlds;

namespace NetSim.Scenarios.Format;

/// <summary>Reads a scenario of any form; the form is told by the content.</summary>
public static class ScenarioReader
{
    private const int LargestFile = 4 << 20;

    /// <summary>Reads a file.</summary>
    /// <exception cref="InputException">It can't be read, or says something that can't be meant.</exception>
    public static Scenario ReadFile(string path)
    {
        if (Directory.Exists(path)) throw new InputException(path, "", "this is a folder; name the scenario's file in it, such as " + Path.Combine(path, "steps.sh"));
        try
        {
            if (new FileInfo(path).Length > LargestFile) throw new InputException(path, "", "this is larger than 4 MiB, which no scenario is");
            return Read(path, File.ReadAllText(path));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InputException(path, "", "there is no such file");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException(path, "", "the file can't be read: " + e.Message);
        }
    }

    /// <summary>Reads a text; <paramref name="file"/> is the name for complaints and tells a form where the content can't.</summary>
    public static Scenario Read(string file, string text)
    {
        if (text.Contains('\0')) throw new InputException(file, "", "this is no text; a scenario is a .yaml file or a .sh file of command lines");
        return IsSteps(file, text) ? StepsReader.Read(file, text, WorldReader.Default) : YamlScenarioReader.Read(file, text, WorldReader.Default);
    }

    private static bool IsSteps(string file, string text)
    {
        if (file.EndsWith(".sh", StringComparison.Ordinal)) return true;
        if (file.EndsWith(".yaml", StringComparison.Ordinal) || file.EndsWith(".yml", StringComparison.Ordinal)) return false;
        var first = text.Split('\n').Select(l => l.Trim()).FirstOrDefault(l => l.Length > 0 && (l[0] != '#' || l.StartsWith("#@", StringComparison.Ordinal)));
        return first is not null && (first.StartsWith("#@", StringComparison.Ordinal) || first.Split(' ')[0] is "docker" or "host" or "outside" or "sleep");
    }
}
