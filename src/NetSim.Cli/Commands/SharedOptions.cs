using System.CommandLine;

namespace NetSim.Cli.Commands;

/// <summary>Options that several verbs have, made anew for each.</summary>
internal static class SharedOptions
{
    /// <summary>--format text|json.</summary>
    public static Option<string> Format()
    {
        var option = new Option<string>("--format") { Description = "text or json", DefaultValueFactory = _ => "text", HelpName = "text|json" };
        option.AcceptOnlyFromAmong("text", "json");
        return option;
    }

    /// <summary>--quiet.</summary>
    public static Option<bool> Quiet() => new("--quiet") { Description = "nothing on standard error but errors" };

    /// <summary>--seed N.</summary>
    public static Option<int> Seed() => new("--seed") { Description = "makes chance; the same seed gives the same run", DefaultValueFactory = _ => 1, HelpName = "N" };

    /// <summary>--engine VERSION.</summary>
    public static Option<string?> Engine() => new("--engine") { Description = "the Docker Engine that is modelled, such as 28.5.2 or 20.10", HelpName = "VERSION" };

    /// <summary>An option that names a picture to write; the name says the format.</summary>
    public static Option<string?> Picture(string name, string description, IReadOnlyList<string> formats)
    {
        var option = new Option<string?>(name) { Description = $"{description} ({string.Join(", ", formats)})", HelpName = "FILE" };
        option.Validators.Add(result =>
        {
            string path = result.Tokens.Count > 0 ? result.Tokens[0].Value : "";
            if (!formats.Contains(Path.GetExtension(path).ToLowerInvariant())) result.AddError($"{name} {path}: the name should end in {string.Join(", ", formats)}");
        });
        return option;
    }

    /// <summary>--theme light|dark.</summary>
    public static Option<string> Theme()
    {
        var option = new Option<string>("--theme") { Description = "light or dark", DefaultValueFactory = _ => "light", HelpName = "light|dark" };
        option.AcceptOnlyFromAmong("light", "dark");
        return option;
    }

    /// <summary>An argument that names an input.</summary>
    public static Argument<string> Input()
    {
        var input = new Argument<string>("INPUT") { Description = "a scenario (.yaml, .sh), a Compose file, a bundle, a capture (pcap or pcapng; - is standard input), or a trace (.netsim-trace)" };
        input.Validators.Add(Output.UsageError.NoOptionAsValue);
        return input;
    }

    /// <summary>An option that names a file to write.</summary>
    public static Option<string?> File(string name, string description) => new(name) { Description = description, HelpName = "FILE" };
}
