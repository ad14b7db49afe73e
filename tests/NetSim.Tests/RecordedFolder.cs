using System.Collections.Concurrent;
using System.IO.Compression;
using NUnit.Framework;

namespace NetSim.Tests;

/// <summary>Recordings of real engines (tests/Recordings), each unpacked once when it is first asked for.</summary>
[SetUpFixture]
public sealed class RecordedFolder
{
    private static readonly Lazy<string> Scratch = new(() => Directory.CreateTempSubdirectory("recorded").FullName);
    private static readonly ConcurrentDictionary<(string, string), Lazy<string>> Unpacked = new();

    /// <summary>The folder of a recording: "28.5.2", "01-seed". Nobody writes there.</summary>
    public static string Of(string engine, string name) => Unpacked.GetOrAdd((engine, name), _ => new(() =>
    {
        ZipFile.ExtractToDirectory(Path.Combine(Zips(engine), name + ".zip"), Path.Combine(Scratch.Value, engine));
        return Path.Combine(Scratch.Value, engine, name);
    })).Value;

    /// <summary>The folder of an engine's recordings, which are zips.</summary>
    public static string Zips(string engine) => Path.Combine(Folder.Top, "tests", "Recordings", engine);

    [OneTimeTearDown]
    public void Remove_what_was_unpacked()
    {
        if (Scratch.IsValueCreated) Directory.Delete(Scratch.Value, recursive: true);
    }
}
