using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Nodes;
using NetSim.Model.Input;

namespace NetSim.Workbench.Opening;

/// <summary>The files of a bundle, in a directory or a .zip (there also in a folder of its own).</summary>
internal sealed class BundleFolder
{
    private const string Wanted = "network-inspect.json";
    private readonly SortedDictionary<string, byte[]> _files = new(StringComparer.Ordinal);
    private readonly string _path;

    private BundleFolder(string path) => _path = path;

    /// <summary>Names of containers of which the inside is known.</summary>
    public IEnumerable<string> Inside => _files.Keys.Where(f => f.StartsWith("containers/", StringComparison.Ordinal)).Select(f => f["containers/".Length..^".json".Length]);

    /// <summary>Is it one? It is, when it has the first of the files that are needed.</summary>
    public static bool IsBundle(string path) => Directory.Exists(path) ? File.Exists(Path.Combine(path, Wanted)) : path.EndsWith(".zip", StringComparison.OrdinalIgnoreCase) && File.Exists(path);

    /// <summary>Reads the files.</summary>
    /// <exception cref="InputException">There is no such directory or .zip, or it lacks what is needed.</exception>
    public static BundleFolder Open(string path)
    {
        var folder = new BundleFolder(path);
        if (Directory.Exists(path)) folder.TakeDirectory();
        else if (File.Exists(path)) folder.TakeZip();
        else throw new InputException(path, "", "there is no such directory or .zip");
        foreach (string needed in new[] { Wanted, "container-inspect.json" })
            if (!folder._files.ContainsKey(needed)) throw new InputException(path, "", $"has no {needed}; it comes from `docker {(needed == Wanted ? "network inspect $(docker network ls -q)" : "inspect $(docker ps -aq)")}`");
        return folder;
    }

    /// <summary>A file's name for messages.</summary>
    public string Name(string file) => Path.Combine(_path, file);

    /// <summary>The text of a file, or null.</summary>
    public string? Text(string file) => _files.TryGetValue(file, out var bytes) ? System.Text.Encoding.UTF8.GetString(bytes) : null;

    /// <summary>The JSON of a file, or null.</summary>
    /// <exception cref="InputException">It is none.</exception>
    public JsonNode? Json(string file)
    {
        if (!_files.TryGetValue(file, out var bytes)) return null;
        try
        {
            return JsonNode.Parse(bytes, documentOptions: new() { MaxDepth = 64, AllowTrailingCommas = true });
        }
        catch (JsonException e)
        {
            throw new InputException(Name(file), $"{e.LineNumber + 1}:{e.BytePositionInLine + 1}", "is no JSON from here on");
        }
    }

    private void TakeDirectory()
    {
        foreach (string pattern in new[] { "*.json", "host-ip*.txt" })
            foreach (string f in Directory.GetFiles(_path, pattern)) _files[Path.GetFileName(f)] = File.ReadAllBytes(f);
        string inside = Path.Combine(_path, "containers");
        if (!Directory.Exists(inside)) return;
        foreach (string f in Directory.GetFiles(inside, "*.json")) _files[$"containers/{Path.GetFileName(f)}"] = File.ReadAllBytes(f);
    }

    private void TakeZip()
    {
        try
        {
            using var zip = ZipFile.OpenRead(_path);
            var at = zip.Entries.Where(e => e.FullName == Wanted || e.FullName.EndsWith($"/{Wanted}", StringComparison.Ordinal)).OrderBy(e => e.FullName.Length).FirstOrDefault();
            string top = at is null ? "" : at.FullName[..^Wanted.Length];
            foreach (var e in zip.Entries.Where(e => e.FullName.StartsWith(top, StringComparison.Ordinal) && e.Length < 100_000_000))
                if (Keeps(e.FullName[top.Length..])) _files[e.FullName[top.Length..]] = Bytes(e);
        }
        catch (InvalidDataException)
        {
            throw new InputException(_path, "", "is no bundle: neither a directory nor a .zip");
        }
    }

    private static bool Keeps(string name) => name.EndsWith(".json", StringComparison.Ordinal) && name.Count(c => c == '/') == (name.StartsWith("containers/", StringComparison.Ordinal) ? 1 : 0)
        || name is "host-iptables.txt" or "host-ip6tables.txt";

    private static byte[] Bytes(ZipArchiveEntry entry)
    {
        using var stream = entry.Open();
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
