namespace NetSim.Scenarios.Format;

/// <summary>A docker command line taken apart far enough to find the names in it. What it means is for the engine to say.</summary>
internal sealed class DockerWords
{
    private static readonly HashSet<string> Groups = new(["network", "container", "image", "volume", "system", "compose"], StringComparer.Ordinal);

    /// <summary>Options that stand alone; all others of a line take the next word when they have no "=".</summary>
    private static readonly HashSet<string> Switches = new(
        ["-d", "--detach", "-i", "--interactive", "-t", "--tty", "--rm", "-P", "--publish-all", "--privileged", "--init", "--read-only", "--no-healthcheck", "--internal", "--ipv6", "--ipv4",
            "--attachable", "--ingress", "-f", "--force", "-v", "--volumes", "-l", "--link-local", "-a", "--all", "-q", "--quiet", "--no-trunc", "-n", "--help", "--config-only", "--oom-kill-disable",
            "--sig-proxy", "--disable-content-trust", "--verbose"], StringComparer.Ordinal);

    private readonly List<(string Name, string? Value)> _options = [];

    private DockerWords(string verb) => Verb = verb;

    /// <summary>"run", "network create".</summary>
    public string Verb { get; }

    /// <summary>Words that are no options, up to and including the first of `run` and `exec` (what follows is the container's business).</summary>
    public List<string> Operands { get; } = [];

    /// <summary>Takes a line apart.</summary>
    public static DockerWords Of(IReadOnlyList<string> words)
    {
        int at = 0;
        while (at < words.Count && words[at].StartsWith('-')) at++;
        if (at >= words.Count) return new("");
        bool group = Groups.Contains(words[at]) && at + 1 < words.Count;
        var line = new DockerWords(group ? words[at] + " " + words[at + 1] : words[at]);
        line.Read(words, at + (group ? 2 : 1));
        return line;
    }

    /// <summary>Values of an option by any of its names, in order.</summary>
    public IEnumerable<string> Values(params string[] names) => _options.Where(o => names.Contains(o.Name) && o.Value is not null).Select(o => o.Value!);

    /// <summary>Is one of these switches on?</summary>
    public bool Switch(params string[] names) => _options.Exists(o => names.Contains(o.Name) && o.Value is null or "true");

    private bool StopsAtFirst => Verb is "run" or "create" or "exec" or "container run" or "container create" or "container exec";

    private void Read(IReadOnlyList<string> words, int at)
    {
        for (; at < words.Count; at++)
        {
            string w = words[at];
            if (!w.StartsWith('-') || w == "-")
            {
                Operands.Add(w);
                if (StopsAtFirst) return;
                continue;
            }
            at = w.StartsWith("--", StringComparison.Ordinal) ? Long(words, at) : Short(words, at);
        }
    }

    private int Long(IReadOnlyList<string> words, int at)
    {
        string w = words[at];
        int equals = w.IndexOf('=');
        if (equals > 0) _options.Add((w[..equals], w[(equals + 1)..]));
        else if (IsSwitch(w)) _options.Add((w, null));
        else _options.Add((w, at + 1 < words.Count ? words[++at] : null));
        return at;
    }

    /// <summary>Short ones stand together: -itd, -p8080:80.</summary>
    private int Short(IReadOnlyList<string> words, int at)
    {
        string w = words[at];
        for (int i = 1; i < w.Length; i++)
        {
            string name = "-" + w[i];
            if (IsSwitch(name))
            {
                _options.Add((name, null));
                continue;
            }
            string rest = w[(i + 1)..].TrimStart('=');
            _options.Add((name, rest.Length > 0 ? rest : at + 1 < words.Count ? words[++at] : null));
            break;
        }
        return at;
    }

    /// <summary>Some letters are switches of one verb and take a value in another: -v of run is a volume, -l a label, -a an attachment.</summary>
    private bool IsSwitch(string name)
    {
        bool run = Verb is "run" or "create" or "container run" or "container create";
        if (run && name is "-v" or "-l" or "-a") return false;
        if (name == "-f" && Verb is "inspect" or "network inspect" or "container inspect" or "ps") return false;
        if (name == "-t" && Verb is "stop" or "restart" or "container stop" or "container restart") return false;
        return Switches.Contains(name);
    }
}
