using System.CommandLine;
using System.CommandLine.Parsing;
using NetSim.Model.Input;

namespace NetSim.Cli.Output;

/// <summary>A wrong command line, told in one line.</summary>
internal static class UsageError
{
    /// <summary>What is wrong, and where to read more.</summary>
    public static string Of(ParseResult result)
    {
        var command = result.CommandResult.Command;
        if (command is RootCommand root) return Verb(root, result);
        string? unknown = result.UnmatchedTokens.FirstOrDefault(t => t.StartsWith('-'));
        string problem = unknown is not null
            ? $"{command.Name} has no option {unknown}{Suggestion.For(unknown, command.Options.Select(o => o.Name)).TrimEnd('?')}"
            : result.Errors[0].Message.ReplaceLineEndings(" ").Replace("\t", "").TrimEnd('.');
        return $"{problem}; see netsim {command.Name} --help";
    }

    /// <summary>Refuses an argument that looks like an option which is not there.</summary>
    public static void NoOptionAsValue(ArgumentResult result)
    {
        var command = (result.Parent as CommandResult)?.Command;
        var odd = result.Tokens.Select(t => t.Value).FirstOrDefault(t => t.Length > 1 && t[0] == '-');
        if (odd is not null) result.AddError($"{command?.Name} has no option {odd}{Suggestion.For(odd, command?.Options.Select(o => o.Name) ?? []).TrimEnd('?')}");
    }

    private static string Verb(RootCommand root, ParseResult result)
    {
        var verbs = root.Subcommands.Select(c => c.Name).ToList();
        string? word = result.UnmatchedTokens.Count > 0 ? result.UnmatchedTokens[0] : null;
        if (word is null) return $"say what to do ({string.Join(", ", verbs)}), such as netsim run scenarios/app-network.yaml; see netsim --help";
        string hint = Suggestion.For(word, verbs);
        return $"\"{word}\" is no verb{(hint.Length > 0 ? hint : "; there are " + string.Join(", ", verbs))}";
    }
}
