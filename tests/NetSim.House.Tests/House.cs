using System.Reflection;
using System.Text.RegularExpressions;

namespace NetSim.House.Tests;

/// <summary>The tree and the assemblies that the tests of this project look at.</summary>
internal static partial class House
{
    private static readonly string[] NotOurs = ["artifacts", "bin", "obj", "out", ".git", ".vs", ".idea", "TestResults"];

    /// <summary>The folder of NetSim.sln.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Names of the rooms, "Model" and so on, by the folders of src.</summary>
    public static IReadOnlyList<string> Rooms { get; } = Directory.GetDirectories(Path.Combine(Root, "src"), "NetSim.*")
        .Select(d => Path.GetFileName(d)["NetSim.".Length..]).Order(StringComparer.Ordinal).ToList();

    /// <summary>All files that belong to the project, as paths below the root with '/'.</summary>
    public static IReadOnlyList<string> Files { get; } = Walk(Root).Select(f => Path.GetRelativePath(Root, f).Replace('\\', '/')).Order(StringComparer.Ordinal).ToList();

    /// <summary>C# files below a folder, as paths below the root.</summary>
    public static IEnumerable<string> Code(string below) => Files.Where(f => f.StartsWith(below, StringComparison.Ordinal) && f.EndsWith(".cs", StringComparison.Ordinal));

    /// <summary>The text of a file of the tree.</summary>
    public static string Text(string file) => File.ReadAllText(Path.Combine(Root, file));

    /// <summary>Is there such a file?</summary>
    public static bool Has(string file) => File.Exists(Path.Combine(Root, file));

    /// <summary>The built assembly of a room.</summary>
    public static Assembly Assembly(string room) => System.Reflection.Assembly.LoadFrom(Path.Combine(AppContext.BaseDirectory, room == "Cli" ? "netsim.dll" : $"NetSim.{room}.dll"));

    /// <summary>Was the room built? A test project that does not reference it would not see it.</summary>
    public static bool IsBuilt(string room) => File.Exists(Path.Combine(AppContext.BaseDirectory, room == "Cli" ? "netsim.dll" : $"NetSim.{room}.dll"));

    /// <summary>Types that people wrote in a room.</summary>
    public static IEnumerable<Type> Types(string room) => Assembly(room).GetTypes().Where(t => !Generated().IsMatch(t.FullName ?? "") && t.Namespace?.StartsWith("NetSim", StringComparison.Ordinal) == true);

    /// <summary>A list as the text of a failure: one entry a line.</summary>
    public static string Lines(IEnumerable<string> entries) => Environment.NewLine + string.Join(Environment.NewLine, entries);

    [GeneratedRegex(@"[<>]|\bProgram$|RegexGenerator|__")]
    private static partial Regex Generated();

    private static IEnumerable<string> Walk(string folder)
    {
        foreach (string f in Directory.GetFiles(folder)) yield return f;
        foreach (string d in Directory.GetDirectories(folder).Where(d => !NotOurs.Contains(Path.GetFileName(d))))
            foreach (string f in Walk(d)) yield return f;
    }

    private static string FindRoot()
    {
        string? at = AppContext.BaseDirectory;
        while (at is not null && !File.Exists(Path.Combine(at, "NetSim.sln"))) at = Path.GetDirectoryName(at);
        return at ?? throw new InvalidOperationException("the tests must lie below the folder of NetSim.sln");
    }
}
