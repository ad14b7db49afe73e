namespace NetSim.Tests;

/// <summary>Folders of the source tree, for tests that read files beside them.</summary>
internal static class Folder
{
    /// <summary>The top of the source tree.</summary>
    public static string Top { get; } = Find();

    /// <summary>A folder of this test project: "Model/Netfilter/Data".</summary>
    public static string Tests(string path) => Path.Combine(Top, "tests", "NetSim.Tests", path);

    private static string Find()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (at is not null && !File.Exists(Path.Combine(at.FullName, "NetSim.sln"))) at = at.Parent;
        return at?.FullName ?? throw new DirectoryNotFoundException("no NetSim.sln above the tests");
    }
}
