namespace NetSim.Scenarios.Tests.Bundles;

/// <summary>Some files of a recording, in a folder of their own while it lasts.</summary>
internal sealed class PartsOf : IDisposable
{
    public PartsOf(string engine, string name, params string[] files)
    {
        Folder = Directory.CreateTempSubdirectory("bundle").FullName;
        foreach (string f in files) File.Copy(Path.Combine(Recorded.Folder(engine, name), f), Path.Combine(Folder, f));
    }

    public string Folder { get; }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
