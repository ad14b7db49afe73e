using System.Text.RegularExpressions;
using NetSim.Workbench.Diagnosing;

namespace NetSim.Scenarios.Tests.Faults;

/// <summary>The folders of scenarios/faults: each a fault that its scenario makes, and what a diagnosis calls it.</summary>
internal static partial class Catalogue
{
    private static readonly Dictionary<string, Diagnosed> Known = new(StringComparer.Ordinal);

    /// <summary>The names of the faults.</summary>
    public static IReadOnlyList<string> Names { get; } = Directory.GetDirectories(Path.Combine(Tree.Root, "scenarios/faults")).Select(d => Path.GetFileName(d)).Order(StringComparer.Ordinal).ToList();

    /// <summary>A file of a fault.</summary>
    public static string File(string fault, string name) => Path.Combine(Tree.Root, "scenarios/faults", fault, name);

    /// <summary>What is found in a scenario, a recording or captures; looked at once.</summary>
    public static Diagnosed Of(string path)
    {
        lock (Known)
        {
            if (!Known.TryGetValue(path, out var found)) Known.Add(path, found = DiagnosisRun.Of(new DiagnosisWish { Paths = [path], Tries = 0 }, CancellationToken.None));
            return found;
        }
    }

    /// <summary>Other findings that a fault's page says come with it.</summary>
    public static IReadOnlySet<string> Besides(string fault)
    {
        string text = System.IO.File.ReadAllText(File(fault, "README.md"));
        string last = text[text.LastIndexOf("Found as", StringComparison.Ordinal)..].Split('\n')[0];
        return Ticked().Matches(last).Select(m => m.Groups[1].Value).Where(n => n != fault).ToHashSet(StringComparer.Ordinal);
    }

    [GeneratedRegex("`([a-z0-9-]+)`")]
    private static partial Regex Ticked();
}
