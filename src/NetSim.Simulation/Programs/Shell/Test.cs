using System.Globalization;

namespace NetSim.Simulation.Programs.Shell;

/// <summary>test(1) and [: strings, numbers, files, !, -a, -o.</summary>
internal sealed class Test(string name) : IProgram
{
    public string Name => name;

    public Task<int> Run(ProcessContext process)
    {
        var words = process.Arguments.Skip(1).ToList();
        if (name == "[")
        {
            if (words.Count == 0 || words[^1] != "]") return Task.FromResult(process.Fail(2, "[: missing `]'"));
            words.RemoveAt(words.Count - 1);
        }
        return Task.FromResult(Holds(process, words) ? 0 : 1);
    }

    /// <summary>Does it hold?</summary>
    public static bool Holds(ProcessContext process, List<string> words) => Or(process, words);

    private static bool Or(ProcessContext process, List<string> words)
    {
        int at = words.IndexOf("-o");
        return at > 0 ? Or(process, words[..at]) || Or(process, words[(at + 1)..]) : And(process, words);
    }

    private static bool And(ProcessContext process, List<string> words)
    {
        int at = words.IndexOf("-a");
        return at > 0 ? And(process, words[..at]) && And(process, words[(at + 1)..]) : One(process, words);
    }

    private static bool One(ProcessContext process, List<string> words) => words switch
    {
        [] => false,
        ["!", .. var rest] => !One(process, rest),
        [var word] => word.Length > 0,
        ["-n", var word] => word.Length > 0,
        ["-z", var word] => word.Length == 0,
        ["-f", var path] => process.Files.Read(path) is not null,
        ["-d", var path] => process.Files.Read(path) is null && Files.Folders.Exists(process.Files, path),
        ["-e" or "-r" or "-w" or "-x", var path] => process.Files.Read(path) is not null || Files.Folders.Exists(process.Files, path),
        ["-s", var path] => !string.IsNullOrEmpty(process.Files.Read(path)),
        [var a, "=" or "==", var b] => a == b,
        [var a, "!=", var b] => a != b,
        [var a, var op, var b] => Compare(Number(a), op, Number(b)),
        _ => false,
    };

    private static long Number(string text) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long n) ? n : 0;

    private static bool Compare(long a, string op, long b) => op switch
    {
        "-eq" => a == b,
        "-ne" => a != b,
        "-lt" => a < b,
        "-le" => a <= b,
        "-gt" => a > b,
        "-ge" => a >= b,
        _ => false,
    };
}
