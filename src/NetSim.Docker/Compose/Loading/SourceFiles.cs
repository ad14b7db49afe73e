using NetSim.Docker.Compose.Language;
using NetSim.Docker.Compose.Reading;
using NetSim.Model.Input;

namespace NetSim.Docker.Compose.Loading;

/// <summary>The files of a project, each read and parsed once.</summary>
internal sealed class SourceFiles(ComposeFiles files)
{
    private const int MostFiles = 200;
    private readonly Dictionary<string, IReadOnlyList<ComposeMap>> _parsed = new(StringComparer.Ordinal);

    /// <summary>Is there such a file?</summary>
    public bool Has(string path) => files.Read(path) is not null;

    /// <summary>The documents of a YAML file.</summary>
    /// <exception cref="InputException">It is not there, or no YAML.</exception>
    public IReadOnlyList<ComposeMap> Documents(string path)
    {
        if (_parsed.TryGetValue(path, out var known)) return known;
        if (_parsed.Count >= MostFiles) throw new InputException(path, "", $"the project reads more than {MostFiles} files, which no Compose project does");
        return _parsed[path] = ComposeYaml.Read(path, files.Read(path) ?? throw new InputException(path, "", "there is no such file"));
    }

    /// <summary>The variables of a file, or null where it is not there.</summary>
    public IReadOnlyDictionary<string, string>? Variables(string path, Func<string, string?> outer) => files.Read(path) is { } text ? VariablesFile.Read(path, text, outer) : null;

    /// <summary>A path of a file, seen from a folder, with its dots taken away.</summary>
    public static string At(string folder, string path)
    {
        string joined = Path.Combine(folder, path);
        var kept = new List<string>();
        foreach (string part in joined.Split('/'))
        {
            if (part is "." || (part.Length == 0 && kept.Count > 0)) continue;
            if (part == ".." && kept.Count > 0 && kept[^1] is not (".." or "")) kept.RemoveAt(kept.Count - 1);
            else kept.Add(part);
        }
        return string.Join('/', kept);
    }

    /// <summary>The folder of a file; empty for a bare name.</summary>
    public static string FolderOf(string path) => Path.GetDirectoryName(path) ?? "";
}
