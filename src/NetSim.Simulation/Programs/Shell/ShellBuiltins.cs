using System.Globalization;

namespace NetSim.Simulation.Programs.Shell;

/// <summary>Commands that a shell does itself.</summary>
internal static class ShellBuiltins
{
    private static readonly Dictionary<string, IProgram> Plain = new IProgram[] { new Echo(), new Printf(), new Test("test"), new Test("["), new Status("true", 0), new Status("false", 1), new Status(":", 0) }
        .ToDictionary(p => p.Name, StringComparer.Ordinal);

    /// <summary>Runs a built-in command; null when the word is none.</summary>
    public static async Task<int?> TryRun(ProcessContext process, ShellState state, IReadOnlyList<string> words, ShellStreams streams, ShellRun shell, IReadOnlyList<(string Name, string Value)> assignments)
    {
        if (Plain.TryGetValue(words[0], out var program))
            return await program.Run(process.With(words, state.Environment([]), streams.Input, streams.Output, streams.Error));
        switch (words[0])
        {
            case "exit": throw new ShellExit(Number(words, state.Status) & 255);
            case "return" or "break" or "continue": throw new ShellJump(words[0], Number(words, words[0] == "return" ? state.Status : 1));
            case "trap": return Trap(process, state, words);
            case "cd" or "umask" or "ulimit": return 0;
            case "export" or "local" or "readonly" or "declare": return Export(state, words);
            case "unset": foreach (string w in words.Skip(1)) state.Forget(w); return 0;
            case "set": return Set(state, words);
            case "shift": state.Positional = state.Positional.Skip(Number(words, 1)).ToList(); return 0;
            case "read": return await Read(state, words, streams, assignments.LastOrDefault(a => a.Name == "IFS").Value ?? state.Separators);
            case "wait": return await Wait(state, words);
            case "kill" when words.Count > 1 && Job(state, words[^1]) is { } job:
                job.Shell.Kill(words.Count > 2 ? words[1].TrimStart('-').Replace("SIG", "", StringComparison.Ordinal) is var s && s == "9" ? "KILL" : s is "15" ? "TERM" : s : "TERM");
                return 0;
            case "kill" when words.Count > 1 && words[^1].StartsWith('%'): streams.Error.Write($"{process.Name}: line 1: kill: {words[^1]}: no such job\n"); return 1;
            case "jobs": return 0;
            case "let" or "((": return words.Skip(1).Select(w => shell.Calculate(w, streams)).LastOrDefault(1) != 0 ? 0 : 1;
            case "[[": return ShellCondition.Holds(process, words.Skip(1).SkipLast(1).ToList()) ? 0 : 1;
            case "pwd": streams.Output.Write((process.Spec.Folder ?? "/") + "\n"); return 0;
            case "eval": return await shell.Run(new ShellParser(string.Join(' ', words.Skip(1))).Parse(), streams);
            case "." or "source": return await Source(process, words, streams, shell);
            case "command" when words.Count > 1 && words[1] is not ("-v" or "-V"): return await shell.External(words.Skip(1).ToList(), assignments, streams);
            case "type" or "command": return await Which(shell, state, words[^1], streams);
            case "exec": throw new ShellExit(await shell.External(words.Skip(1).ToList(), assignments, streams, inPlace: true));
            default: return null;
        }
    }

    private static int Number(IReadOnlyList<string> words, int otherwise) =>
        words.Count > 1 && int.TryParse(words[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int n) ? n : otherwise;

    private static int Export(ShellState state, IReadOnlyList<string> words)
    {
        foreach (string w in words.Skip(1).Where(w => !w.StartsWith('-')))
        {
            int equals = w.IndexOf('=', StringComparison.Ordinal);
            string name = equals < 0 ? w : w[..equals];
            if (equals >= 0) state.Variables[name] = w[(equals + 1)..];
            if (words[0] == "export") state.Exported.Add(name);
        }
        return 0;
    }

    private static int Set(ShellState state, IReadOnlyList<string> words)
    {
        for (int i = 1; i < words.Count; i++)
        {
            if (words[i] == "--" || !(words[i].StartsWith('-') || words[i].StartsWith('+')))
            {
                state.Positional = words.Skip(words[i] == "--" ? i + 1 : i).ToList();
                break;
            }
            if (words[i].Contains('e', StringComparison.Ordinal) && words[i] is not ("-o" or "+o")) state.ExitOnError = words[i][0] == '-';
            if (words[i] is not ("-o" or "+o") || ++i >= words.Count) continue;
            if (words[i] == "pipefail") state.PipeFail = words[i - 1] == "-o";
            else if (words[i] == "errexit") state.ExitOnError = words[i - 1] == "-o";
        }
        return 0;
    }

    /// <summary>What is to be run at the end is kept; signals end a shell as if nothing were set.</summary>
    private static int Trap(ProcessContext process, ShellState state, IReadOnlyList<string> words)
    {
        if (words.Count < 3) return 0;
        if (words.Skip(2).Any(w => w is "EXIT" or "0")) state.AtExit = words[1] is "-" or "" ? null : words[1];
        if (words.Skip(2).Any(w => w is not ("EXIT" or "0"))) process.Warn("trap keeps what is run at EXIT; a signal ends the shell");
        return 0;
    }

    private static async Task<int> Read(ShellState state, IReadOnlyList<string> words, ShellStreams streams, string separators)
    {
        var names = new List<string>();
        string? array = null;
        for (int i = 1; i < words.Count; i++)
        {
            if (words[i] is "-t" or "-p" or "-n" or "-N" or "-d" or "-u") i++;
            else if (words[i] == "-a" && i + 1 < words.Count) array = words[++i];
            else if (!words[i].StartsWith('-')) names.Add(words[i]);
        }
        if (names.Count == 0 && array is null) names.Add("REPLY");
        string? line = await streams.Input.ReadLine();
        string blanks = string.Concat(separators.Where(char.IsWhiteSpace));
        string rest = (line ?? "").Trim(blanks.ToCharArray());
        if (array is not null) state.Arrays[array] = [.. rest.Split(separators.ToCharArray(), StringSplitOptions.RemoveEmptyEntries)];
        for (int i = 0; i < names.Count; i++)
        {
            int end = i + 1 < names.Count ? rest.IndexOfAny(separators.ToCharArray()) : -1;
            state.Variables[names[i]] = end < 0 ? rest : rest[..end];
            rest = end < 0 ? "" : rest[(end + 1)..].TrimStart(blanks.ToCharArray());
        }
        return line is null ? 1 : 0;
    }

    /// <summary>The job of a process number or of %N.</summary>
    private static ShellJob? Job(ShellState state, string word) => word.StartsWith('%')
        ? int.TryParse(word.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out int n) ? state.Jobs.ElementAtOrDefault(n - 1) : null
        : state.Jobs.Find(j => j.Number.ToString(CultureInfo.InvariantCulture) == word);

    private static async Task<int> Wait(ShellState state, IReadOnlyList<string> words)
    {
        int status = 0;
        if (words.Count > 1)
        {
            foreach (string w in words.Skip(1)) status = Job(state, w) is { } job ? await job.Ended : 127;
            return status;
        }
        foreach (var j in state.Jobs.ToList()) await j.Ended;
        state.Jobs.Clear();
        return status;
    }

    private static async Task<int> Source(ProcessContext process, IReadOnlyList<string> words, ShellStreams streams, ShellRun shell)
    {
        if (words.Count < 2 || process.Files.Read(words[1]) is not { } text) return 1;
        return await shell.Run(new ShellParser(text).Parse(), streams);
    }

    private static async Task<int> Which(ShellRun shell, ShellState state, string word, ShellStreams streams)
    {
        if (Plain.ContainsKey(word) || state.Functions.ContainsKey(word))
        {
            streams.Output.Write(word + "\n");
            return 0;
        }
        return await shell.External(["which", word], [], streams);
    }
}
