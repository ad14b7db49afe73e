using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Nodes;
using NetSim.Model.Input;

namespace NetSim.Workbench.Opening;

/// <summary>The files of a bundle, in a directory or a .zip (there also in a folder of its own).</summary>
internal sealed class BundleFolder
{
    private const string Wanted = "network-inspect.json";

    /// <summary>More than this is no bundle: bytes of all files together.</summary>
    private const long Most = 512_000_000;

    private readonly SortedDictionary<string, byte[]> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JsonNode?> _json = new(StringComparer.Ordinal);
    private readonly string _path;
    private long _unpacked;

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
    public string? Text(string file) => _files.TryGetValue(file, out var bytes) ? System.Text.Encoding.UTF8.GetString(bytes).TrimStart('\uFEFF') : null;

    /// <summary>The JSON of a file, or null.</summary>
    /// <exception cref="InputException">It is none.</exception>
    public JsonNode? Json(string file)
    {
        if (_json.TryGetValue(file, out var known)) return known;
        if (!_files.TryGetValue(file, out var bytes)) return null;
        try
        {
            return _json[file] = JsonNode.Parse(bytes.AsSpan().StartsWith(Mark) ? bytes.AsSpan(Mark.Length) : bytes, documentOptions: new() { MaxDepth = 64, AllowTrailingCommas = true });
        }
        catch (JsonException e)
        {
            throw new InputException(Name(file), $"{e.LineNumber + 1}:{e.BytePositionInLine + 1}", "is no JSON from here on");
        }
    }

    /// <summary>The objects of a file that is an array; none when it is something else.</summary>
    public IEnumerable<JsonObject> Rows(string file) => (Json(file) as JsonArray)?.OfType<JsonObject>() ?? [];

    /// <summary>An error whose place is a path in JSON, with the line there.</summary>
    public InputException WithLine(InputException e)
    {
        var (file, bytes) = _files.FirstOrDefault(f => Name(f.Key) == e.File);
        int line = bytes is null ? 0 : JsonPlace.Line(bytes, e.Place);
        string problem = e.Message[(e.File.Length + e.Place.Length + 3)..];
        return line == 0 ? e : new(e.File, $"{line}", $"{e.Place}: {problem}");
    }

    private void TakeDirectory()
    {
        try
        {
            foreach (string pattern in new[] { "*.json", "host-ip*.txt", "host-resolv.conf" })
                foreach (string f in Directory.GetFiles(_path, pattern)) Take(Path.GetFileName(f), f);
            string inside = Path.Combine(_path, "containers");
            if (!Directory.Exists(inside)) return;
            foreach (string f in Directory.GetFiles(inside, "*.json")) Take($"containers/{Path.GetFileName(f)}", f);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException(_path, "", "can't be read: " + e.Message);
        }
    }

    private void Take(string name, string path)
    {
        if (new FileInfo(path).Length > Most) throw TooLarge();
        _files[name] = File.ReadAllBytes(path);
    }

    private InputException TooLarge() => new(_path, "", "is larger than a bundle can be (512 MB)");

    private void TakeZip()
    {
        try
        {
            using var zip = ZipFile.OpenRead(_path);
            var at = zip.Entries.Where(e => e.FullName == Wanted || e.FullName.EndsWith($"/{Wanted}", StringComparison.Ordinal)).OrderBy(e => e.FullName.Length).FirstOrDefault();
            string top = at is null ? "" : at.FullName[..^Wanted.Length];
            foreach (var e in zip.Entries.Where(e => e.FullName.StartsWith(top, StringComparison.Ordinal) && Keeps(e.FullName[top.Length..])))
                _files[e.FullName[top.Length..]] = Bytes(e);
        }
        catch (InvalidDataException)
        {
            throw new InputException(_path, "", "is no bundle: neither a directory nor a .zip that is whole");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new InputException(_path, "", "can't be read: " + e.Message);
        }
    }

    /// <summary>The mark with which some editors begin UTF-8.</summary>
    private static ReadOnlySpan<byte> Mark => [0xEF, 0xBB, 0xBF];

    private static bool Keeps(string name) => name.EndsWith(".json", StringComparison.Ordinal) && name.Count(c => c == '/') == (name.StartsWith("containers/", StringComparison.Ordinal) ? 1 : 0)
        || name is "host-iptables.txt" or "host-ip6tables.txt" or "host-nftables.txt" or "host-resolv.conf";

    /// <summary>Unpacks a file; what it says of its size is not believed.</summary>
    private byte[] Bytes(ZipArchiveEntry entry)
    {
        using var stream = entry.Open();
        using var copy = new MemoryStream();
        var block = new byte[81920];
        for (int n; (n = stream.Read(block)) > 0; copy.Write(block, 0, n))
            if ((_unpacked += n) > Most) throw TooLarge();
        return copy.ToArray();
    }
}
