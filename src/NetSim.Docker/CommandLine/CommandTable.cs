using NetSim.Docker.Books;
using NetSim.Model.Input;

namespace NetSim.Docker.CommandLine;

/// <summary>All docker commands that are modelled; a new one is a line here.</summary>
internal static class CommandTable
{
    private static readonly Dictionary<string, Command> Commands =
        new[] { [NetworkCreateCommand.Command, ExecCommand.Command], NetworkCommands.All, RunCommands.All, LifeCommands.All, LookCommands.All, EngineCommands.All, ProgramCommands.All, ContentCommands.All, ImageCommands.All, VolumeCommands.All, SystemCommands.All }
            .SelectMany(c => c).ToDictionary(c => c.Path, StringComparer.Ordinal);

    private static readonly Dictionary<string, string> OtherNames = new(StringComparer.Ordinal)
    {
        ["network list"] = "network ls",
        ["network remove"] = "network rm",
        ["container ls"] = "ps",
        ["container list"] = "ps",
        ["container ps"] = "ps",
        ["container remove"] = "rm",
        ["system info"] = "info",
        ["system events"] = "events",
        ["image pull"] = "pull",
        ["image ls"] = "images",
        ["image list"] = "images",
        ["volume list"] = "volume ls",
        ["volume remove"] = "volume rm",
    };

    /// <summary>Commands whose second word says what they do.</summary>
    private static readonly string[] Groups = ["image", "volume", "system", "container", "context", "plugin", "trust", "manifest", "builder", "buildx", "checkpoint", "scout"];

    /// <summary>Commands that docker has and that are not modelled: they are answered as ours, not as unknown ones.</summary>
    private static readonly string[] Others = [.. Groups, "build", "commit", "export", "history", "import", "load", "login", "logout", "push", "rmi", "save", "search", "tag", "init"];

    /// <summary>Runs the command of a docker command line.</summary>
    public static void Run(Daemon d, IReadOnlyList<string> arguments, Reply reply)
    {
        var words = arguments.SkipWhile(a => a.StartsWith('-')).ToList();
        if (Find(words, out int used) is not { } command)
        {
            Unknown(d, words, reply);
            return;
        }
        try
        {
            var line = command.Flags.Parse(words.Skip(used).ToList(), d.Version);
            d.Warnings.AddRange(line.Unmodelled.Distinct(StringComparer.Ordinal).Select(f => $"docker {command.Path} {f} is not modelled"));
            Count(d, command, line);
            command.Run(d, line, reply);
        }
        catch (DaemonException fault)
        {
            reply.Refused(fault.Message);
        }
        catch (UsageException fault)
        {
            reply.ErrorLine(Refusals.Usage(d.Version, command, fault).TrimEnd('\n'));
            reply.ExitCode = fault.ExitCode;
        }
    }

    private static Command? Find(List<string> words, out int used)
    {
        for (used = Math.Min(2, words.Count); used > 0; used--)
        {
            string path = string.Join(' ', words.Take(used));
            if (Commands.TryGetValue(path, out var command) || (OtherNames.TryGetValue(path, out string? other) && Commands.TryGetValue(other, out command))) return command;
            if (used == 2 && words[0] == "container" && Commands.TryGetValue(words[1], out command)) return command;
        }
        return null;
    }

    private static void Count(Daemon d, Command command, ParsedLine line)
    {
        int n = line.Arguments.Count;
        if (n >= command.Least && n <= command.Most) return;
        string how = command.Most == command.Least ? command.Least == 0 ? "accepts no arguments" : $"requires {(d.Version.AtLeast(28) ? "" : "exactly ")}{Plural(command.Least)}"
            : n < command.Least ? $"requires at least {Plural(command.Least)}" : $"requires at most {Plural(command.Most)}";
        string quote = d.Version.AtLeast(28) ? "'" : "\"";
        throw new UsageException($"{quote}docker {command.Path}{quote} {how}") { Usage = CommandSummaries.Of(command.Path, d.Version) };
    }

    private static string Plural(int n) => n == 1 ? "1 argument" : $"{n} arguments";

    /// <summary>`docker network` without a command, or with one that is none.</summary>
    private static void Group(Daemon d, List<string> words, Reply reply)
    {
        bool alone = words.Count == 1;
        string path = string.Join(' ', words.Take(2));
        reply.ErrorLine(alone || !d.Version.AtLeast(28) ? CommandSummaries.OfGroup(words[0])
            : $"docker: unknown command: docker {path}\n\nUsage:  docker {words[0]}\n\nRun 'docker {words[0]} --help' for more information");
        reply.ExitCode = alone ? 0 : 1;
    }

    private static void Unknown(Daemon d, List<string> words, Reply reply)
    {
        string first = words.Count > 0 ? words[0] : "";
        if (first == "network")
        {
            Group(d, words, reply);
            return;
        }
        if (SwarmWords.Answer(d, words, reply)) return;
        if (Others.Contains(first))
        {
            string command = Groups.Contains(first) ? string.Join(' ', words.Take(2)) : first;
            d.Warnings.Add($"docker {command} is not modelled{Suggestion.For(string.Join(' ', words.Take(2)), Commands.Keys)}");
            reply.ErrorLine($"netsim: docker {command} is not modelled");
            reply.ExitCode = 1;
            return;
        }
        d.Warnings.Add(first switch
        {
            "compose" => "docker compose is run by whoever reads the files, not by the engine",
            _ => $"docker {string.Join(' ', words.Take(2))} is not modelled{Suggestion.For(string.Join(' ', words.Take(2)), Commands.Keys)}",
        });
        reply.ErrorLine(d.Version.AtLeast(28) ? $"docker: unknown command: docker {first}\n\nRun 'docker --help' for more information" : $"docker: '{first}' is not a docker command.\nSee 'docker --help'");
        reply.ExitCode = 1;
    }
}
