using System.Collections.Concurrent;
using System.IO.Compression;
using NUnit.Framework;

namespace NetSim.Scenarios.Tests;

/// <summary>Recordings of real engines, each unpacked once when it is first asked for.</summary>
[SetUpFixture]
public sealed class Recorded
{
    private static readonly Lazy<string> Scratch = new(() => Directory.CreateTempSubdirectory("recordings").FullName);
    private static readonly ConcurrentDictionary<(string, string), Lazy<string>> Unpacked = new();

    /// <summary>Engine and case of every recording.</summary>
    public static IReadOnlyList<(string Engine, string Case)> All { get; } =
        [.. from e in Directory.GetDirectories(Tree.Recordings).Order(StringComparer.Ordinal)
            from c in Directory.GetFiles(e, "*.zip").Order(StringComparer.Ordinal)
            select (Path.GetFileName(e), Path.GetFileNameWithoutExtension(c))];

    /// <summary>The zip of a recording.</summary>
    public static string Zip(string engine, string name) => Path.Combine(Tree.Recordings, engine, name + ".zip");

    /// <summary>The folder of a recording. Nobody writes there.</summary>
    public static string Folder(string engine, string name) => Unpacked.GetOrAdd((engine, name), _ => new(() =>
    {
        ZipFile.ExtractToDirectory(Zip(engine, name), Path.Combine(Scratch.Value, engine));
        return Path.Combine(Scratch.Value, engine, name);
    })).Value;

    [OneTimeTearDown]
    public void Remove_what_was_unpacked()
    {
        if (Scratch.IsValueCreated) Directory.Delete(Scratch.Value, recursive: true);
    }
}
