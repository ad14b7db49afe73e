namespace NetSim.Scenarios.Tests;

/// <summary>Where the files of the project lie that the tests run over.</summary>
internal static class Tree
{
    /// <summary>The folder of NetSim.sln.</summary>
    public static string Root { get; } = Find();

    /// <summary>The folder of recordings of real engines.</summary>
    public static string Recordings { get; } = Path.Combine(Root, "tests/Recordings");

    /// <summary>Files of a folder of the tree by their names, sorted; empty when there is no such folder.</summary>
    public static IEnumerable<string> Files(string folder, params string[] endings) => !Directory.Exists(Path.Combine(Root, folder)) ? []
        : Directory.GetFiles(Path.Combine(Root, folder)).Where(f => endings.Length == 0 || endings.Any(e => f.EndsWith(e, StringComparison.Ordinal))).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal);

    private static string Find()
    {
        string? at = AppContext.BaseDirectory;
        while (at is not null && !File.Exists(Path.Combine(at, "NetSim.sln"))) at = Path.GetDirectoryName(at);
        return at ?? throw new InvalidOperationException("the tests must lie below the folder of NetSim.sln");
    }
}
