using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NetSim.Simulation.Programs.Tools;

namespace NetSim.Simulation.Programs.Filters;

/// <summary>tee: passes its input on and writes it to files; -a.</summary>
internal sealed class Tee : IProgram
{
    public string Name => "tee";

    public async Task<int> Run(ProcessContext process)
    {
        var arguments = new Arguments(process.Arguments, []);
        var sinks = arguments.Operands.Select(p => new FileSink(process.Files, p, arguments.Has("a"))).ToList();
        while (await process.Input.Read() is { } text)
        {
            process.Output.Write(text);
            foreach (var s in sinks) s.Write(text);
        }
        return 0;
    }
}

/// <summary>rev and tac: lines backwards, or in the opposite order.</summary>
internal sealed class Reversed(string name) : IProgram
{
    public string Name => name;

    public async Task<int> Run(ProcessContext process)
    {
        if (await FilterInput.Read(process, process.Arguments.Skip(1)) is not { } text) return 1;
        var lines = FilterInput.Lines(text);
        if (name == "tac") lines.Reverse();
        else lines = lines.Select(l => new string([.. l.Reverse()])).ToList();
        process.Output.Write(string.Concat(lines.Select(l => l + "\n")));
        return 0;
    }
}

/// <summary>md5sum, sha1sum, sha256sum.</summary>
internal sealed class Checksums(string name) : IProgram
{
    public string Name => name;

    public async Task<int> Run(ProcessContext process)
    {
        var paths = process.Arguments.Skip(1).Where(a => !a.StartsWith('-')).DefaultIfEmpty("-").ToList();
        int code = 0;
        foreach (string path in paths)
        {
            string? text = path == "-" ? await process.Input.ReadAll() : process.Files.Read(path);
            if (text is null) code = process.Fail(1, $"{name}: {path}: No such file or directory");
            else process.Output.Write($"{Hash(Encoding.UTF8.GetBytes(text))}  {path}\n");
        }
        return code;
    }

    [SuppressMessage("Security", "CA5350:Do Not Use Weak Cryptographic Algorithms", Justification = "sha1sum is what it is")]
    [SuppressMessage("Security", "CA5351:Do Not Use Broken Cryptographic Algorithms", Justification = "md5sum is what it is")]
    private string Hash(byte[] bytes) => Convert.ToHexStringLower(name switch
    {
        "md5sum" => MD5.HashData(bytes),
        "sha1sum" => SHA1.HashData(bytes),
        _ => SHA256.HashData(bytes),
    });
}

/// <summary>xargs: words of its input as arguments; -n N, -I WORD, -r.</summary>
internal sealed class Xargs : IProgram
{
    private const int SomeFailed = 123;

    public string Name => "xargs";

    public async Task<int> Run(ProcessContext process)
    {
        var arguments = new Arguments(process.Arguments, ["n", "I", "P", "d", "L", "s"], stopAtOperand: true);
        string input = await process.Input.ReadAll();
        IReadOnlyList<string> command = arguments.Operands.Count > 0 ? arguments.Operands : ["echo"];
        if (arguments.Value("I") is { } mark)
        {
            int worst = 0;
            foreach (string line in FilterInput.Lines(input).Where(l => l.Length > 0))
                worst = Math.Max(worst, await Start(process, command.Select(c => c.Replace(mark, line.Trim(), StringComparison.Ordinal)).ToList()));
            return worst;
        }
        var words = input.Split([' ', '\t', '\n'], StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0) return arguments.Has("r") || process.Arguments.Count == 0 ? 0 : await Start(process, command);
        int code = 0;
        foreach (var chunk in words.Chunk(Math.Max(1, (int)arguments.Number(words.Length, "n")))) code = Math.Max(code, await Start(process, [.. command, .. chunk]));
        return code;
    }

    private static async Task<int> Start(ProcessContext process, IReadOnlyList<string> words)
    {
        var child = process.Start(new(words, process.Environment, TextPipe.Empty(), process.Output, process.Error));
        int code = await child.Ended;
        if (child.NotFound) return process.Fail(127, $"xargs: {words[0]}: No such file or directory");
        return code == 0 ? 0 : SomeFailed;
    }
}

/// <summary>basename and dirname.</summary>
internal sealed class PathParts(string name) : IProgram
{
    public string Name => name;

    public Task<int> Run(ProcessContext process)
    {
        if (process.Arguments.Count < 2) return Task.FromResult(process.Fail(1, $"{name}: missing operand\nTry '{name} --help' for more information."));
        string path = process.Arguments[1].Length > 1 ? process.Arguments[1].TrimEnd('/') : process.Arguments[1];
        int slash = path.LastIndexOf('/');
        string last = path[(slash + 1)..];
        if (name == "basename" && process.Arguments.Count > 2 && last != process.Arguments[2] && last.EndsWith(process.Arguments[2], StringComparison.Ordinal)) last = last[..^process.Arguments[2].Length];
        process.Output.Write((name == "basename" ? last : slash < 0 ? "." : slash == 0 ? "/" : path[..slash]) + "\n");
        return Task.FromResult(0);
    }
}

/// <summary>expr: arithmetic and comparisons of two operands, from left to right; length STRING.</summary>
internal sealed class Expr : IProgram
{
    public string Name => "expr";

    public Task<int> Run(ProcessContext process)
    {
        var words = process.Arguments.Skip(1).ToList();
        if (words.Count == 0) return Task.FromResult(process.Fail(2, "expr: missing operand\nTry 'expr --help' for more information."));
        if (words is ["length", var text]) return Task.FromResult(Say(process, text.Length.ToString(CultureInfo.InvariantCulture)));
        string value = words[0];
        for (int i = 1; i + 1 < words.Count; i += 2)
        {
            if (Apply(value, words[i], words[i + 1]) is not { } next) return Task.FromResult(process.Fail(2, words[i] is "/" or "%" && words[i + 1] == "0" ? "expr: division by zero" : "expr: non-integer argument"));
            value = next;
        }
        return Task.FromResult(Say(process, value));
    }

    private static int Say(ProcessContext process, string value)
    {
        process.Output.Write(value + "\n");
        return value is "" or "0" ? 1 : 0;
    }

    private static string? Apply(string left, string op, string right)
    {
        bool numbers = long.TryParse(left, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long a) & long.TryParse(right, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long b);
        int order = numbers ? a.CompareTo(b) : string.CompareOrdinal(left, right);
        bool? told = op switch { "=" or "==" => order == 0, "!=" => order != 0, "<" => order < 0, "<=" => order <= 0, ">" => order > 0, ">=" => order >= 0, _ => null };
        if (told is { } truth) return truth ? "1" : "0";
        if (!numbers || op is "/" or "%" && b == 0) return null;
        long? result = op switch { "+" => a + b, "-" => a - b, "*" => a * b, "/" => a / b, "%" => a % b, _ => null };
        return result?.ToString(CultureInfo.InvariantCulture);
    }
}
