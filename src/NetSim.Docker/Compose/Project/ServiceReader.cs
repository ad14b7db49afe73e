using NetSim.Docker.Compose.Language;
using NetSim.Docker.Compose.Loading;
using NetSim.Docker.Compose.Reading;

namespace NetSim.Docker.Compose.Project;

/// <summary>Reads a service: what runs, and with which settings. Source: compose-go v2 types/types.go ServiceConfig, loader/normalize.go Normalize, types/project.go WithServicesEnvironmentResolved.</summary>
internal sealed class ServiceReader(string project, string folder, IReadOnlyDictionary<string, string> variables, SourceFiles sources, ComposeWarnings warnings)
{
    private static readonly string[] Unmodelled = ["pre_start", "post_start", "pre_stop", "provider"];

    /// <summary>Reads one.</summary>
    /// <exception cref="Model.Input.InputException">A field can't be meant.</exception>
    public ComposeService Read(ComposeEntry e)
    {
        var map = (ComposeMap)e.Value;
        var f = new Fields(map, ComposePath.Top.Next("services").Next(e.Key));
        foreach (string key in Unmodelled.Where(f.Has)) warnings.Add($"{f.PlaceOf(key)}: {f.PathOf(key)} is not modelled");
        string image = f.Text("image");
        if (image.Length == 0 && !f.Has("build") && !f.Has("provider")) throw e.Place.Wrong($"service \"{e.Key}\" has neither an image nor a build context specified");
        var (restart, limit) = Restart(f);
        var service = new ComposeService(e.Key, e.Place)
        {
            Image = image.Length > 0 ? image : $"{project}-{e.Key}",
            Built = f.Has("build"),
            ContainerName = ContainerName(f),
            Command = Command(f, "command"),
            Entrypoint = Command(f, "entrypoint"),
            Environment = Environment(f),
            Labels = Labels(f),
            Scale = Scale(f),
            Restart = restart,
            RestartLimit = limit,
            Privileged = f.Flag("privileged") ?? false,
            CapAdd = f.Texts("cap_add"),
            CapDrop = f.Texts("cap_drop"),
            Terminal = f.Flag("tty") ?? false,
            OpenStdin = f.Flag("stdin_open") ?? false,
            User = f.Text("user"),
            WorkingDirectory = f.Text("working_dir"),
            Profiles = f.Texts("profiles"),
            Health = HealthReader.Read(f),
            DependsOn = DependencyReader.Read(f),
            Hash = Fingerprint.Of(map.Without("build", "pull_policy", "scale", "deploy", "depends_on", "profiles")),
        };
        return new ServiceNetworking(f, warnings).AddTo(service);
    }

    private IReadOnlyList<string>? Command(Fields f, string key)
    {
        if (f.Map[key] is ComposeList) return f.Texts(key);
        if (f.Map[key] is not ComposeScalar s) return null;
        try
        {
            var (words, cut) = ShellCommand.Split(s.Text);
            if (cut >= 0) warnings.Add($"{s.Place}: {f.PathOf(key)} ends before \"{s.Text[cut..].Trim()}\", for Compose runs no shell; write [\"sh\", \"-c\", \"…\"]");
            return words;
        }
        catch (FormatException e)
        {
            throw s.Place.Wrong($"{f.PathOf(key)}: {e.Message}");
        }
    }

    /// <summary>env_file, with `environment` over it; a name without a value takes that of the environment, or is left out.</summary>
    private List<string> Environment(Fields f)
    {
        var own = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var missing = new List<string>();
        foreach (var (name, value) in f.Pairs("environment"))
        {
            if (name.Length > 0 && char.IsWhiteSpace(name[^1])) throw f.PlaceOf("environment").Wrong($"{f.PathOf("environment")}: the variable \"{name.Trim()}\" is declared with a trailing space");
            if ((value ?? variables.GetValueOrDefault(name)) is { } known) own[name] = known;
            else missing.Add(name);
        }
        var all = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in EnvFiles(f, own)) all[name] = value;
        foreach (var (name, value) in own) all[name] = value;
        foreach (string name in missing) all.Remove(name);
        return all.Select(v => $"{v.Key}={v.Value}").ToList();
    }

    private IEnumerable<KeyValuePair<string, string>> EnvFiles(Fields f, SortedDictionary<string, string> own)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        string? Known(string name) => variables.GetValueOrDefault(name) ?? own.GetValueOrDefault(name) ?? found.GetValueOrDefault(name);
        foreach (var (path, place, required, raw) in Named(f))
        {
            string at = SourceFiles.At(folder, path);
            if (raw && sources.Has(at)) warnings.Add($"{place}: env_file format raw is read like any other file of variables");
            if (sources.Variables(at, Known) is { } variablesOfFile) foreach (var (name, value) in variablesOfFile) found[name] = value;
            else if (required) throw place.Wrong($"env file {at} not found");
        }
        return found;
    }

    private static IEnumerable<(string Path, ComposePlace Place, bool Required, bool Raw)> Named(Fields f)
    {
        foreach (var node in (f.Map["env_file"] as ComposeList)?.Items ?? (f.Map["env_file"] is { } one ? [one] : []))
        {
            if (node is ComposeScalar s) yield return (s.Text, s.Place, true, false);
            if (node is not ComposeMap m) continue;
            var file = new Fields(m, f.PathOf("env_file"));
            yield return (file.Text("path"), file.PlaceOf("path"), file.Flag("required") ?? true, file.Text("format") == "raw");
        }
    }

    private SortedDictionary<string, string> Labels(Fields f)
    {
        var all = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in f.Scalars("label_file"))
        {
            var found = sources.Variables(SourceFiles.At(folder, file.Text), all.GetValueOrDefault) ?? throw file.Place.Wrong($"label file {file.Text} not found");
            foreach (var (name, value) in found) all[name] = value;
        }
        foreach (var (name, value) in f.TextMap("labels")) all[name] = value;
        return all;
    }

    private static string ContainerName(Fields f)
    {
        string name = f.Text("container_name");
        if (name.Length == 0 || (name.Length > 1 && char.IsAsciiLetterOrDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-'))) return name;
        throw f.PlaceOf("container_name").Wrong($"{f.PathOf("container_name")} does not match pattern '[a-zA-Z0-9][a-zA-Z0-9_.-]+': \"{name}\"");
    }

    private static int Scale(Fields f)
    {
        var deploy = f.Below("deploy");
        int? scale = f.Integer("scale"), replicas = deploy?.Integer("replicas");
        if (scale is not null && replicas is not null && scale != replicas) throw f.PlaceOf("scale").Wrong($"{f.PathOf("scale")}: can't set distinct values on 'scale' and 'deploy.replicas'");
        int n = scale ?? replicas ?? 1;
        var (place, path) = scale is null && deploy is not null ? (deploy.PlaceOf("replicas"), deploy.PathOf("replicas")) : (f.PlaceOf("scale"), f.PathOf("scale"));
        if (n is < 0 or > 1000) throw place.Wrong($"{path}: must be a number from 0 to 1000, but it is {n}");
        if (n > 1 && f.Has("container_name")) throw place.Wrong($"{path}: can't set container_name and {n} containers, for a container's name must be unique");
        return n;
    }

    private static (string Policy, int Limit) Restart(Fields f)
    {
        var parts = f.Text("restart").Split(':');
        string policy = parts[0];
        int limit = parts.Length > 1 && int.TryParse(parts[1], out int n) ? n : 0;
        if (f.Below("deploy")?.Below("restart_policy") is { } deployed) (policy, limit) = (deployed.Text("condition") is { Length: > 0 } c ? c : "any", deployed.Integer("max_attempts") ?? 0);
        string known = policy switch { "" or "none" or "no" => "no", "any" or "always" => "always", "on-failure" or "unless-stopped" => policy, _ => "" };
        if (known.Length == 0) throw f.PlaceOf("restart").Wrong($"{f.PathOf("restart")}: \"{policy}\" is no restart policy{Model.Input.Suggestion.For(policy, ["no", "always", "on-failure", "unless-stopped"])}");
        return (known, known == "on-failure" ? limit : 0);
    }
}
