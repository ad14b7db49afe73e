using NUnit.Framework;

namespace NetSim.Scenarios.Tests.Stories;

/// <summary>Texts that a run must give again. With NETSIM_UPDATE_GOLDENS=1 they are written anew, and the difference is to be read before it is committed.</summary>
internal static class Goldens
{
    private static readonly string Folder = Path.Combine(Tree.Root, "tests/NetSim.Scenarios.Tests/Goldens");

    /// <summary>Holds a text against the golden one.</summary>
    public static void Check(string name, string text)
    {
        string path = Path.Combine(Folder, name);
        if (Environment.GetEnvironmentVariable("NETSIM_UPDATE_GOLDENS") == "1")
        {
            Directory.CreateDirectory(Folder);
            File.WriteAllText(path, text);
        }
        string golden = File.Exists(path) ? File.ReadAllText(path) : "";
        Assert.That(text == golden, $"{name}: {Difference(golden, text)}. If it should be so: NETSIM_UPDATE_GOLDENS=1 dotnet test tests/NetSim.Scenarios.Tests, and read the difference");
    }

    /// <summary>The first line that differs.</summary>
    private static string Difference(string golden, string text)
    {
        string[] a = golden.Split('\n'), b = text.Split('\n');
        int at = a.Zip(b).TakeWhile(p => p.First == p.Second).Count();
        return $"line {at + 1} was{Environment.NewLine}{a.ElementAtOrDefault(at)}{Environment.NewLine}and is{Environment.NewLine}{b.ElementAtOrDefault(at)}{Environment.NewLine}";
    }
}
