using System.Globalization;
using System.Text;

namespace NetSim.Simulation.Programs.Tools;

/// <summary>cat: files, or standard input.</summary>
internal sealed class Cat(bool isBusybox) : IProgram
{
    public string Name => isBusybox ? "busybox cat" : "cat";

    public async Task<int> Run(ProcessContext process)
    {
        var paths = process.Arguments.Skip(1).Where(a => a == "-" || !a.StartsWith('-')).DefaultIfEmpty("-").ToList();
        int code = 0;
        foreach (string path in paths)
        {
            if (path == "-")
            {
                while (await process.Input.Read() is { } text) process.Output.Write(text);
            }
            else if (process.Files.Read(path) is { } text) process.Output.Write(text);
            else code = process.Fail(1, isBusybox ? $"cat: can't open '{path}': No such file or directory" : $"cat: {path}: {(Files.Folders.Exists(process.Files, path) ? "Is a directory" : "No such file or directory")}");
        }
        return code;
    }
}

/// <summary>Text of the files named, or of standard input, for filters.</summary>
internal static class FilterInput
{
    /// <summary>All of it; null when a file is missing (which is told).</summary>
    public static async Task<string?> Read(ProcessContext process, IEnumerable<string> paths)
    {
        var text = new StringBuilder();
        bool any = false;
        foreach (string path in paths)
        {
            any = true;
            if (path != "-" && process.Files.Read(path) is null)
            {
                process.Error.Write($"{process.Name}: {(process.Name is "head" or "tail" ? $"cannot open '{path}' for reading" : path)}: No such file or directory\n");
                return null;
            }
            text.Append(path == "-" ? await process.Input.ReadAll() : process.Files.Read(path));
        }
        return any ? text.ToString() : await process.Input.ReadAll();
    }

    /// <summary>Lines without their ends.</summary>
    public static List<string> Lines(string text)
    {
        var lines = text.Split('\n').ToList();
        if (lines[^1].Length == 0) lines.RemoveAt(lines.Count - 1);
        return lines;
    }
}

/// <summary>head: the first lines (-n N, -N, -c N).</summary>
internal sealed class Head : IProgram
{
    public string Name => "head";

    public async Task<int> Run(ProcessContext process)
    {
        var (count, bytes, paths) = CountWords.Read(process.Arguments);
        if (paths.Count == 0 && bytes is null)
        {
            for (int i = 0; i < count; i++)
            {
                if (await process.Input.ReadLine() is not { } line) return 0;
                process.Output.Write(line + "\n");
            }
            process.Input.Abandon();
            return 0;
        }
        if (await FilterInput.Read(process, paths) is not { } text) return 1;
        if (bytes is { } most) process.Output.Write(text[..Math.Min(most, text.Length)]);
        else process.Output.Write(string.Concat(FilterInput.Lines(text).Take(count).Select(l => l + "\n")));
        return 0;
    }
}

/// <summary>tail: the last lines (-n N, -N, -n +N, -c N); -f waits for ever.</summary>
internal sealed class Tail : IProgram
{
    public string Name => "tail";

    public async Task<int> Run(ProcessContext process)
    {
        var (count, bytes, paths) = CountWords.Read(process.Arguments);
        bool fromStart = process.Arguments.Any(a => a.StartsWith('+') || a.StartsWith("-n+", StringComparison.Ordinal));
        if (await FilterInput.Read(process, paths) is not { } text) return 1;
        var lines = FilterInput.Lines(text);
        if (bytes is { } most) process.Output.Write(text[Math.Max(0, text.Length - most)..]);
        else process.Output.Write(string.Concat((fromStart ? lines.Skip(count - 1) : lines.TakeLast(count)).Select(l => l + "\n")));
        if (process.Arguments.Any(a => a is "-f" or "-F")) await new TextPipe().Read();
        return 0;
    }
}

/// <summary>"-n 2", "-2", "-c 10" of head and tail.</summary>
internal static class CountWords
{
    private const int UsualCount = 10;

    /// <summary>Lines, bytes (null: lines count), files.</summary>
    public static (int Lines, int? Bytes, List<string> Paths) Read(IReadOnlyList<string> argv)
    {
        int lines = UsualCount;
        int? bytes = null;
        var paths = new List<string>();
        for (int i = 1; i < argv.Count; i++)
        {
            string w = argv[i];
            bool apart = w is "-n" or "-c" && i + 1 < argv.Count;
            string digits = (apart ? argv[++i] : w).TrimStart('-', 'n', 'c', '+');
            if (!w.StartsWith('-') || w == "-") paths.Add(w);
            else if (int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int n))
            {
                if (w.StartsWith("-c", StringComparison.Ordinal)) bytes = n;
                else lines = n;
            }
        }
        return (lines, bytes, paths);
    }
}

/// <summary>which: is a program modelled?</summary>
internal sealed class Which(Func<string, bool> knows) : IProgram
{
    public string Name => "which";

    public Task<int> Run(ProcessContext process)
    {
        int code = 0;
        foreach (string word in process.Arguments.Skip(1))
        {
            if (knows(word)) process.Output.Write($"/usr/bin/{word}\n");
            else code = 1;
        }
        return Task.FromResult(code);
    }
}
