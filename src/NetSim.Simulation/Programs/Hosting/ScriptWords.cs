namespace NetSim.Simulation.Programs.Hosting;

/// <summary>The commands that a script of `sh -c` seems to run, without running it: good enough to see whether all of them are modelled.</summary>
internal static class ScriptWords
{
    private static readonly string[] Shells = ["sh", "bash", "ash", "dash"];

    private static readonly HashSet<string> Own = new(StringComparer.Ordinal)
    {
        "while", "until", "for", "do", "done", "if", "then", "else", "elif", "fi", "case", "esac", "in", "{", "}", "!", "cd", "export", "set", "unset", "exit", "trap", "wait", "read", "local", "return", "shift", "source", ".", ":", "ulimit", "umask", "exec", "break", "continue",
    };

    /// <summary>Each simple command of the script, by its words; none when the command line is no `sh -c`.</summary>
    public static IEnumerable<IReadOnlyList<string>> Commands(IReadOnlyList<string> arguments)
    {
        if (arguments.Count < 3 || !Shells.Contains(arguments[0][(arguments[0].LastIndexOf('/') + 1)..]) || !arguments[1].EndsWith('c')) yield break;
        foreach (string piece in arguments[2].Split([';', '&', '|', '\n'], StringSplitOptions.RemoveEmptyEntries))
        {
            var words = piece.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries).SkipWhile(w => Own.Contains(w) && w is not "for" and not "case" and not "cd" and not "export" || w.Contains('=', StringComparison.Ordinal)).ToList();
            if (words.Count > 0 && !Own.Contains(words[0]) && words[0].All(c => char.IsLetterOrDigit(c) || c is '/' or '.' or '_' or '-')) yield return words;
        }
    }
}
