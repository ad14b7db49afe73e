using System.CommandLine;
using NetSim.Workbench.Opening;

namespace NetSim.Cli.Commands;

/// <summary>Options for a Compose project, named as `docker compose` names them.</summary>
internal sealed class ProjectOptions
{
    private readonly Option<string[]> _files = Many("--file", "a Compose file laid over the first one, as `docker compose -f` does", "FILE", "-f");
    private readonly Option<string[]> _profiles = Many("--profile", "a profile of the Compose project that is active", "NAME");
    private readonly Option<string[]> _envFiles = Many("--env-file", "variables for the Compose project, in place of .env", "FILE");
    private readonly Option<string?> _name = new("--project-name") { Description = "the Compose project's name", HelpName = "NAME" };

    /// <summary>All options in the order of the help.</summary>
    public IEnumerable<Option> All => [_files, _profiles, _envFiles, _name];

    /// <summary>What was given.</summary>
    public ProjectWish Read(ParseResult r) => new()
    {
        Files = r.GetValue(_files) ?? [],
        Profiles = r.GetValue(_profiles) ?? [],
        EnvFiles = r.GetValue(_envFiles) ?? [],
        Name = r.GetValue(_name),
    };

    private static Option<string[]> Many(string name, string description, string help, params string[] aliases) => new(name, aliases) { Description = description, HelpName = help, Arity = ArgumentArity.OneOrMore, AllowMultipleArgumentsPerToken = false };
}
