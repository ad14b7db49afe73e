using NetSim.Docker.Engine;

namespace NetSim.Docker.CommandLine;

/// <summary>What a flag takes.</summary>
internal enum FlagKind
{
    /// <summary>Nothing, or =true or =false.</summary>
    Switch,
    /// <summary>A text; the last one counts.</summary>
    Text,
    /// <summary>A text, any number of times.</summary>
    List,
}

/// <summary>A flag of a command.</summary>
/// <param name="Name">"publish".</param>
/// <param name="Short">'p', or none.</param>
/// <param name="Kind">What it takes.</param>
/// <param name="Modelled">Does it do something here? Else a warning names it.</param>
internal sealed record Flag(string Name, char Short, FlagKind Kind, bool Modelled)
{
    /// <summary>The first client that knows it; 0 is any.</summary>
    public int Since { get; init; }
}

/// <summary>The flags of a command, read as the docker client reads them. Source: github.com/spf13/pflag.</summary>
internal sealed class FlagSet
{
    private readonly Dictionary<string, Flag> _byName = new(StringComparer.Ordinal);
    private readonly Dictionary<char, Flag> _byShort = [];

    /// <summary>Do flags end at the first argument (run, create, exec)?</summary>
    public bool EndAtArgument { get; init; }

    /// <summary>Adds switches: "detach d".</summary>
    public FlagSet Switches(params string[] names) => Add(FlagKind.Switch, modelled: true, names);

    /// <summary>Adds texts.</summary>
    public FlagSet Texts(params string[] names) => Add(FlagKind.Text, modelled: true, names);

    /// <summary>Adds lists.</summary>
    public FlagSet Lists(params string[] names) => Add(FlagKind.List, modelled: true, names);

    /// <summary>Adds flags with a value that have no part in networking; a warning names them.</summary>
    public FlagSet Unmodelled(params string[] names) => Add(FlagKind.List, modelled: false, names);

    /// <summary>Adds switches that are not modelled.</summary>
    public FlagSet UnmodelledSwitches(params string[] names) => Add(FlagKind.Switch, modelled: false, names);

    /// <summary>Another name of a flag: "net" for "network".</summary>
    public FlagSet Alias(string alias, string name)
    {
        _byName[alias] = _byName[name];
        return this;
    }

    /// <summary>Earlier clients don't know these flags.</summary>
    public FlagSet Since(int major, params string[] names)
    {
        foreach (string name in names) _byName[name] = _byName[name] with { Since = major };
        return this;
    }

    /// <summary>Reads a command's arguments as the client of that version does; without one every flag is known.</summary>
    /// <exception cref="UsageException">A flag is unknown or lacks its value.</exception>
    public ParsedLine Parse(IReadOnlyList<string> arguments, EngineVersion? version = null)
    {
        var line = new ParsedLine();
        for (int i = 0; i < arguments.Count; i++)
        {
            string a = arguments[i];
            if (a == "--")
            {
                line.Arguments.AddRange(arguments.Skip(i + 1));
                break;
            }
            if (a.Length < 2 || a[0] != '-')
            {
                line.Arguments.Add(a);
                if (!EndAtArgument) continue;
                line.Arguments.AddRange(arguments.Skip(i + 1));
                break;
            }
            i = a.StartsWith("--", StringComparison.Ordinal) ? Long(line, arguments, i, version) : Shorts(line, arguments, i);
        }
        return line;
    }

    private FlagSet Add(FlagKind kind, bool modelled, string[] names)
    {
        foreach (string entry in names)
        {
            var parts = entry.Split(' ');
            var flag = new Flag(parts[0], parts.Length > 1 ? parts[1][0] : '\0', kind, modelled);
            _byName[flag.Name] = flag;
            if (flag.Short != '\0') _byShort[flag.Short] = flag;
        }
        return this;
    }

    private int Long(ParsedLine line, IReadOnlyList<string> arguments, int i, EngineVersion? version)
    {
        string a = arguments[i][2..];
        int equals = a.IndexOf('=', StringComparison.Ordinal);
        string name = equals < 0 ? a : a[..equals];
        if (!_byName.TryGetValue(name, out var flag) || version?.AtLeast(flag.Since) == false) throw Refuse(name == "help" ? "help requested" : $"unknown flag: --{name}");
        if (equals >= 0) line.Add(flag, flag.Kind == FlagKind.Switch ? Boolean(flag, a[(equals + 1)..]) : a[(equals + 1)..]);
        else if (flag.Kind == FlagKind.Switch) line.Add(flag, "true");
        else if (i + 1 < arguments.Count) line.Add(flag, arguments[++i]);
        else throw Refuse($"flag needs an argument: --{name}");
        return i;
    }

    private int Shorts(ParsedLine line, IReadOnlyList<string> arguments, int i)
    {
        string a = arguments[i];
        for (int at = 1; at < a.Length; at++)
        {
            if (!_byShort.TryGetValue(a[at], out var flag)) throw Refuse($"unknown shorthand flag: '{a[at]}' in {a}");
            string rest = a[(at + 1)..];
            if (rest.StartsWith('=')) rest = flag.Kind == FlagKind.Switch ? Boolean(flag, rest[1..]) : rest[1..];
            else if (flag.Kind == FlagKind.Switch)
            {
                line.Add(flag, "true");
                continue;
            }
            if (rest.Length > 0) line.Add(flag, rest);
            else if (i + 1 < arguments.Count) line.Add(flag, arguments[++i]);
            else throw Refuse($"flag needs an argument: '{a[at]}' in {a}");
            break;
        }
        return i;
    }

    /// <summary>What Go takes for a Boolean (strconv.ParseBool).</summary>
    private static string Boolean(Flag flag, string text) => text is "1" or "t" or "T" or "TRUE" or "true" or "True" or "0" or "f" or "F" or "FALSE" or "false" or "False" ? text
        : throw Refuse($"invalid argument \"{text}\" for \"{(flag.Short == '\0' ? "" : $"-{flag.Short}, ")}--{flag.Name}\" flag: strconv.ParseBool: parsing \"{text}\": invalid syntax");

    private static UsageException Refuse(string message) => new(message) { ExitCode = 125, WithHint = true };
}

/// <summary>The flags and arguments of a command line.</summary>
internal sealed class ParsedLine
{
    private readonly Dictionary<string, List<string>> _values = new(StringComparer.Ordinal);

    /// <summary>What is no flag.</summary>
    public List<string> Arguments { get; } = [];

    /// <summary>Flags that were given and are not modelled.</summary>
    public List<string> Unmodelled { get; } = [];

    /// <summary>Was it given?</summary>
    public bool Has(string name) => _values.ContainsKey(name);

    /// <summary>A switch.</summary>
    public bool Is(string name) => _values.TryGetValue(name, out var v) && v[^1] is "true" or "1" or "t" or "T" or "TRUE" or "True";

    /// <summary>A switch with a default.</summary>
    public bool Is(string name, bool otherwise) => Has(name) ? Is(name) : otherwise;

    /// <summary>A text, or null.</summary>
    public string? Text(string name) => _values.TryGetValue(name, out var v) ? v[^1] : null;

    /// <summary>A list.</summary>
    public IReadOnlyList<string> List(string name) => _values.TryGetValue(name, out var v) ? v : [];

    /// <summary>"a=b" entries as a map; one without "=" has an empty value.</summary>
    public Dictionary<string, string> Map(string name)
    {
        var map = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string entry in List(name))
        {
            int equals = entry.IndexOf('=', StringComparison.Ordinal);
            map[equals < 0 ? entry : entry[..equals]] = equals < 0 ? "" : entry[(equals + 1)..];
        }
        return map;
    }

    /// <summary>Notes a flag.</summary>
    public void Add(Flag flag, string value)
    {
        if (!_values.TryGetValue(flag.Name, out var list)) _values[flag.Name] = list = [];
        list.Add(value);
        if (!flag.Modelled) Unmodelled.Add("--" + flag.Name);
    }
}
