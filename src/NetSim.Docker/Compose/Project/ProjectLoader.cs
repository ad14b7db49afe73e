using System.Text;
using NetSim.Docker.Compose.Language;
using NetSim.Docker.Compose.Loading;
using NetSim.Docker.Compose.Reading;
using NetSim.Model.Input;

namespace NetSim.Docker.Compose.Project;

/// <summary>Finds a project's files, variables, name and profiles, and reads it. Source: compose-go v2 cli/options.go WithDefaultConfigPath, WithDotEnv, withNamePrecedenceLoad; loader/loader.go projectName, NormalizeProjectName.</summary>
internal sealed class ProjectLoader
{
    private static readonly string[] Usual = ["compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml"];
    private static readonly string[] Overrides = ["compose.override.yml", "compose.override.yaml", "docker-compose.override.yml", "docker-compose.override.yaml"];
    private readonly ComposeWish _wish;
    private readonly SourceFiles _sources;
    private readonly ComposeWarnings _warnings = new();
    private readonly IReadOnlyList<string> _files;
    private readonly string _folder;
    private readonly Dictionary<string, string> _variables;

    private ProjectLoader(ComposeWish wish, ComposeFiles files)
    {
        (_wish, _sources) = (wish, new SourceFiles(files));
        _files = Found();
        _folder = wish.Folder ?? SourceFiles.FolderOf(_files[0]);
        _variables = new(files.Environment, StringComparer.Ordinal);
        Variables();
    }

    /// <summary>Reads a project.</summary>
    /// <exception cref="InputException">It can't be read, or Compose refuses it.</exception>
    public static ComposeProject Load(ComposeWish wish, ComposeFiles files) => new ProjectLoader(wish, files).Load();

    private ComposeProject Load()
    {
        string name = Name();
        _variables["COMPOSE_PROJECT_NAME"] = name;
        var file = new ModelLoader(_sources, _warnings).Load(_files, _folder, _variables, []);
        if (file["services"] is not ComposeMap { Entries.Count: > 0 } map) throw file.Place.Wrong("the project has no services, so there is nothing to start; a Compose file begins with services:");
        var reader = new ServiceReader(name, _folder, _variables, _sources, _warnings);
        foreach (var odd in map.Entries.Where(e => e.Value is not ComposeMap)) throw odd.Place.Wrong($"services.{odd.Key} must be a mapping, but it is {odd.Value.Kind}");
        var services = map.Entries.Select(reader.Read).ToList();
        var active = Profiles();
        var on = services.Where(s => s.Profiles.Count == 0 || s.Profiles.Any(active.Contains) || active.Contains("*")).ToList();
        var networks = new NetworkReader(name, _warnings).Read(file, services.Exists(s => s.Networks.Any(n => n.Key == "default")));
        var off = services.Except(on).ToList();
        new ProjectCheck(file, on, off, networks).Check();
        return new ComposeProject(name, "/srv/" + FolderName(), _files)
        {
            Services = on,
            Disabled = off,
            Networks = networks,
            Said = _warnings,
        };
    }

    private IReadOnlyList<string> Found()
    {
        if (_wish.Files.Count > 1) return _wish.Files;
        string folder = _wish.Files.Count == 1 ? SourceFiles.FolderOf(_wish.Files[0]) : _wish.Folder ?? "";
        string? first = _wish.Files.Count == 1 ? _wish.Files[0] : Usual.Select(n => SourceFiles.At(folder, n)).FirstOrDefault(_sources.Has);
        if (first is null) throw new InputException(folder.Length > 0 ? folder : ".", "", "no configuration file provided: there is no compose.yaml in this folder");
        bool plain = _wish.Files.Count == 0 || Usual.Contains(Path.GetFileName(first));
        string? over = plain && !_wish.FilesAlone ? Overrides.Select(n => SourceFiles.At(folder, n)).FirstOrDefault(_sources.Has) : null;
        return over is null ? [first] : [first, over];
    }

    /// <summary>.env of the folder, or the files that were named; the environment wins.</summary>
    private void Variables()
    {
        var files = _wish.EnvFiles.Count > 0 ? _wish.EnvFiles : [SourceFiles.At(_folder, ".env")];
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string file in files)
        {
            var more = _sources.Variables(file, n => _variables.GetValueOrDefault(n) ?? found.GetValueOrDefault(n));
            if (more is null && _wish.EnvFiles.Count > 0) throw new InputException(file, "", "couldn't find env file");
            foreach (var (name, value) in more ?? new Dictionary<string, string>(StringComparer.Ordinal)) found[name] = value;
        }
        foreach (var (name, value) in found) _variables.TryAdd(name, value);
    }

    private string Name()
    {
        if (_wish.Name is { Length: > 0 } given) return Given(given, "-p");
        if (_variables.GetValueOrDefault("COMPOSE_PROJECT_NAME") is { Length: > 0 } variable) return Given(variable, "COMPOSE_PROJECT_NAME");
        string? named = null;
        foreach (var document in _files.SelectMany(_sources.Documents))
            if (document["name"] is ComposeScalar { Text.Length: > 0 }) named = ((ComposeScalar)new Interpolation(_variables, _warnings).Fill(new ComposeMap(document.Place, [document.Find("name")!]))["name"]!).Text;
        string name = Normal(named ?? FolderName());
        return name.Length > 0 ? name : throw new InputException(_files[0], "", "project name must not be empty: write name: at the top of the file");
    }

    private string FolderName() => Path.GetFileName(Path.GetFullPath(_folder.Length > 0 ? _folder : ".").TrimEnd('/'));

    private static string Given(string name, string by) => Normal(name) == name ? name
        : throw new InputException(by, "", $"invalid project name \"{name}\": must consist only of lowercase alphanumeric characters, hyphens, and underscores as well as start with a letter or number");

    private static string Normal(string name)
    {
        var kept = new StringBuilder();
        foreach (char c in name.ToLowerInvariant()) if (char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '_' or '-') kept.Append(c);
        return kept.ToString().TrimStart('_', '-');
    }

    private List<string> Profiles() =>
        _wish.Profiles.Count > 0 ? [.. _wish.Profiles] : (_variables.GetValueOrDefault("COMPOSE_PROFILES") ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).ToList();
}
