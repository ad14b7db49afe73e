using System.Globalization;
using NetSim.Docker.CommandLine;

namespace NetSim.Docker.Compose;

/// <summary>A `docker compose` command line, taken apart. Source: compose v2 cmd/compose/compose.go, up.go, down.go, exec.go, ps.go.</summary>
public sealed record ComposeLine
{
    private static readonly string[] Plain = ["start", "stop", "restart", "kill", "pause", "unpause", "rm", "pull", "build", "push", "config", "ls", "version", "port", "logs", "top", "events", "images", "run", "cp", "watch", "wait", "stats", "volumes", "attach", "commit", "export"];

    /// <summary>"up".</summary>
    public required string Verb { get; init; }

    /// <summary>Which project.</summary>
    public ComposeWish Wish { get; init; } = new();

    /// <summary>What is chosen.</summary>
    public ComposeChoice Choice { get; init; } = new();

    /// <summary>Services, and what follows them.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>-d.</summary>
    public bool Detached { get; init; }

    /// <summary>--index: which container of a service.</summary>
    public int Index { get; init; } = 1;

    /// <summary>-a of ps: stopped containers too.</summary>
    public bool All { get; init; }

    /// <summary>-q of ps, --services of config and ps.</summary>
    public string Format { get; init; } = "";

    /// <summary>Flags that docker exec takes too: -e A=1, -t.</summary>
    public IReadOnlyList<string> Passed { get; init; } = [];

    /// <summary>Reads what follows the words `docker compose`.</summary>
    /// <exception cref="FormatException">It is no such line; the message says why.</exception>
    public static ComposeLine Parse(IReadOnlyList<string> words)
    {
        try
        {
            var global = new FlagSet { EndAtArgument = true }.Lists("file f", "profile", "env-file").Texts("project-name p", "project-directory", "progress", "ansi", "parallel")
                .Switches("compatibility", "dry-run", "all-resources", "verbose", "version v").Parse(words);
            if (global.Arguments.Count == 0) throw new FormatException("docker compose: say what to do, such as docker compose up -d");
            var wish = new ComposeWish
            {
                Files = global.List("file"),
                FilesAlone = global.Has("file"),
                Profiles = global.List("profile"),
                EnvFiles = global.List("env-file"),
                Name = global.Text("project-name"),
                Folder = global.Text("project-directory"),
            };
            return Verbal(global.Arguments[0], global.Arguments.Skip(1).ToList(), wish);
        }
        catch (UsageException e)
        {
            throw new FormatException($"docker compose: {e.Message}", e);
        }
    }

    private static ComposeLine Verbal(string verb, List<string> words, ComposeWish wish) => verb switch
    {
        "up" or "create" => Up(verb, words, wish),
        "down" => Down(words, wish),
        "exec" => Exec(words, wish),
        "ps" => Ps(words, wish),
        "scale" => Scale(words, wish),
        _ when Plain.Contains(verb) => Other(verb, words, wish),
        _ => throw new FormatException($"unknown docker command: \"compose {verb}\"{Model.Input.Suggestion.For(verb, [.. Plain, "up", "down", "create", "exec", "ps", "scale"])}"),
    };

    private static ComposeLine Up(string verb, List<string> words, ComposeWish wish)
    {
        var line = new FlagSet().Switches("detach d", "no-start", "no-deps", "force-recreate", "no-recreate", "remove-orphans", "build", "no-build", "quiet-pull", "quiet-build", "wait", "yes y", "no-color", "no-log-prefix",
            "timestamps", "abort-on-container-exit", "abort-on-container-failure", "always-recreate-deps", "renew-anon-volumes V", "menu", "watch w").Lists("scale", "attach", "no-attach").Texts("timeout t", "pull", "exit-code-from", "wait-timeout").Parse(words);
        return new ComposeLine
        {
            Verb = verb,
            Wish = wish,
            Arguments = line.Arguments,
            Detached = line.Is("detach") || line.Is("wait") || verb == "create",
            Choice = new ComposeChoice
            {
                Services = line.Arguments,
                Scale = Scales(line.List("scale")),
                NoStart = line.Is("no-start") || verb == "create",
                NoDependencies = line.Is("no-deps"),
                ForceRecreate = line.Is("force-recreate"),
                NoRecreate = line.Is("no-recreate"),
                RemoveOrphans = line.Is("remove-orphans"),
            },
        };
    }

    private static ComposeLine Down(List<string> words, ComposeWish wish)
    {
        var line = new FlagSet().Switches("volumes v", "remove-orphans").Texts("timeout t", "rmi").Parse(words);
        return new ComposeLine { Verb = "down", Wish = wish, Arguments = line.Arguments, Choice = new ComposeChoice { Services = line.Arguments, RemoveOrphans = line.Is("remove-orphans") } };
    }

    private static ComposeLine Exec(List<string> words, ComposeWish wish)
    {
        var line = new FlagSet { EndAtArgument = true }.Switches("detach d", "no-TTY T", "interactive i", "tty t", "privileged").Lists("env e").Texts("index", "user u", "workdir w").Parse(words);
        if (line.Arguments.Count < 2) throw new FormatException("docker compose exec requires a service and a command");
        return new ComposeLine
        {
            Verb = "exec",
            Wish = wish,
            Arguments = line.Arguments,
            Index = int.TryParse(line.Text("index"), NumberStyles.None, CultureInfo.InvariantCulture, out int n) && n > 0 ? n : 1,
            Passed = [.. line.List("env").SelectMany(e => new[] { "-e", e }), .. line.Is("detach") ? ["-d"] : Array.Empty<string>()],
        };
    }

    private static ComposeLine Ps(List<string> words, ComposeWish wish)
    {
        var line = new FlagSet().Switches("all a", "quiet q", "services", "no-trunc", "orphans").Lists("filter", "status").Texts("format").Parse(words);
        string format = line.Is("quiet") ? "quiet" : line.Is("services") ? "services" : line.Text("format") ?? "";
        return new ComposeLine { Verb = "ps", Wish = wish, Arguments = line.Arguments, All = line.Is("all"), Format = format };
    }

    private static ComposeLine Scale(List<string> words, ComposeWish wish)
    {
        var line = new FlagSet().Switches("no-deps").Parse(words);
        return new ComposeLine { Verb = "up", Wish = wish, Detached = true, Choice = new ComposeChoice { Scale = Scales(line.Arguments), NoDependencies = line.Is("no-deps"), Services = line.Arguments.ConvertAll(a => a.Split('=')[0]) } };
    }

    private static ComposeLine Other(string verb, List<string> words, ComposeWish wish)
    {
        var line = new FlagSet().Switches("quiet q", "services", "images", "volumes v", "force f", "stop s", "short", "no-deps", "all a", "follow").Texts("timeout t", "signal s", "index", "protocol", "format", "tail n").Parse(words);
        return new ComposeLine
        {
            Verb = verb,
            Wish = wish,
            Arguments = line.Arguments,
            Choice = new ComposeChoice { Services = verb == "port" ? line.Arguments.Take(1).ToList() : line.Arguments },
            Format = line.Is("services") ? "services" : line.Is("images") ? "images" : line.Is("quiet") ? "quiet" : line.Is("short") ? "short" : "",
            Index = int.TryParse(line.Text("index"), NumberStyles.None, CultureInfo.InvariantCulture, out int n) && n > 0 ? n : 1,
        };
    }

    private static Dictionary<string, int> Scales(IEnumerable<string> words)
    {
        var all = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (string word in words)
        {
            var parts = word.Split('=');
            if (parts.Length != 2 || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int n) || n > 1000) throw new FormatException($"invalid --scale option \"{word}\"; should be SERVICE=NUM");
            all[parts[0]] = n;
        }
        return all;
    }
}
