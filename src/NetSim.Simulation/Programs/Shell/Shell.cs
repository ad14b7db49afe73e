namespace NetSim.Simulation.Programs.Shell;

/// <summary>How a shell words its complaints.</summary>
/// <param name="Name">"sh", "bash".</param>
/// <param name="IsBusybox">Is it ash of busybox?</param>
internal sealed record ShellWording(string Name, bool IsBusybox)
{
    /// <summary>"bash: line 1: foo: command not found", "sh: foo: not found".</summary>
    public string NotFound(string command) => IsBusybox ? $"{Name}: {command}: not found\n" : $"{Name}: line 1: {command}: command not found\n";

    /// <summary>Any other complaint.</summary>
    public string Problem(string text) => IsBusybox ? $"{Name}: {text}\n" : $"{Name}: line 1: {text}\n";
}

/// <summary>A small POSIX shell, as sh (bash by that name, and ash of busybox) and bash: lists, pipelines, quotes, variables, $( ), loops, redirections, jobs.</summary>
internal sealed class Shell(string name, bool isBusybox) : IProgram
{
    public string Name => isBusybox ? "busybox " + name : name;

    public async Task<int> Run(ProcessContext process)
    {
        var words = process.Arguments.Skip(1).ToList();
        bool isCommand = false, exitOnError = false;
        while (words.Count > 0 && words[0].Length > 1 && words[0][0] is '-' or '+')
        {
            string option = words[0];
            words.RemoveAt(0);
            if (option == "--") break;
            if (option.StartsWith("--", StringComparison.Ordinal)) continue;
            if (option.Contains('o', StringComparison.Ordinal) && words.Count > 0) words.RemoveAt(0);
            isCommand |= option.Contains('c', StringComparison.Ordinal);
            exitOnError |= option.Contains('e', StringComparison.Ordinal);
        }
        string? text = isCommand ? words.FirstOrDefault() ?? "" : words.Count > 0 ? process.Files.Read(words[0]) : null;
        if (text is null && words.Count > 0) return process.Fail(127, $"{name}: {(isBusybox ? "can't open '" + words[0] + "'" : words[0])}: No such file or directory");
        var state = new ShellState
        {
            Variables = new(process.Environment, StringComparer.Ordinal),
            Exported = [.. process.Environment.Keys],
            Zero = isCommand ? words.Count > 1 ? words[1] : name : words.Count > 0 ? words[0] : name,
            Positional = words.Skip(isCommand ? 2 : 1).ToList(),
            ExitOnError = exitOnError,
        };
        var shell = new ShellRun(process, state, new(name, isBusybox));
        var streams = new ShellStreams(process.Input, process.Output, process.Error);
        return text is not null ? await shell.RunText(text, streams) : await Interactive(process, shell, streams);
    }

    /// <summary>Commands from standard input. A terminal nobody types at keeps it waiting.</summary>
    private static async Task<int> Interactive(ProcessContext process, ShellRun shell, ShellStreams streams)
    {
        if (!process.Spec.Terminal) return await shell.RunText(await process.Input.ReadAll(), streams with { Input = TextPipe.Empty() });
        int status = 0;
        while (await process.Input.ReadLine() is { } line) status = await shell.RunText(line, streams);
        return status;
    }
}
