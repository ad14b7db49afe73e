using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using NetSim.Simulation.Programs.Text;

namespace NetSim.Simulation.Programs.Tools;

/// <summary>grep: -v -i -c -q -n -o -w -x -E -F -e; basic and extended expressions.</summary>
internal sealed class Grep : IProgram
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public string Name => "grep";

    public async Task<int> Run(ProcessContext process)
    {
        var arguments = new Arguments(process.Arguments, ["e", "m", "A", "B", "C"]);
        var operands = arguments.Operands.ToList();
        string? pattern = arguments.Value("e");
        if (pattern is null)
        {
            if (operands.Count == 0) return process.Fail(2, "Usage: grep [OPTION]... PATTERNS [FILE]...\nTry 'grep --help' for more information.");
            pattern = operands[0];
            operands.RemoveAt(0);
        }
        Regex regex;
        try
        {
            regex = new(Expression(pattern, arguments), arguments.Has("i") ? RegexOptions.IgnoreCase | RegexOptions.CultureInvariant : RegexOptions.None, Patience);
        }
        catch (ArgumentException)
        {
            return process.Fail(2, $"grep: {pattern}: Invalid regular expression");
        }
        if (await FilterInput.Read(process, operands) is not { } text) return 2;
        var lines = FilterInput.Lines(text).Select((Line, Number) => (Line, Number: Number + 1)).Where(l => regex.IsMatch(l.Line) != arguments.Has("v")).ToList();
        if (arguments.Has("c")) process.Output.Write($"{lines.Count}\n");
        else if (!arguments.Has("q"))
            foreach (var (line, number) in lines.Take((int)arguments.Number(int.MaxValue, "m")))
                foreach (string shown in arguments.Has("o") ? regex.Matches(line).Select(m => m.Value).Where(v => v.Length > 0) : [line])
                    process.Output.Write((arguments.Has("n") ? $"{number}:" : "") + shown + "\n");
        return lines.Count > 0 ? 0 : 1;
    }

    private static string Expression(string pattern, Arguments arguments)
    {
        string e = arguments.Has("F") ? Regex.Escape(pattern) : arguments.Has("E", "P") ? pattern : BasicExpression.ToExtended(pattern);
        return arguments.Has("x") ? $"^(?:{e})$" : arguments.Has("w") ? $@"\b(?:{e})\b" : e;
    }
}

/// <summary>cut: -d X -f LIST, -c LIST.</summary>
internal sealed class Cut : IProgram
{
    public string Name => "cut";

    public async Task<int> Run(ProcessContext process)
    {
        var arguments = new Arguments(process.Arguments, ["d", "f", "c", "b"]);
        if (await FilterInput.Read(process, arguments.Operands) is not { } text) return 1;
        char by = arguments.Value("d") is { Length: > 0 } d ? d[0] : '\t';
        foreach (string line in FilterInput.Lines(text))
        {
            if (arguments.Value("f") is not { } fields) process.Output.Write(string.Concat(line.Where((_, i) => Wanted(arguments.Value("c", "b") ?? "1-", i + 1))) + "\n");
            else if (!line.Contains(by, StringComparison.Ordinal)) process.Output.Write(line + "\n");
            else process.Output.Write(string.Join(by, line.Split(by).Where((_, i) => Wanted(fields, i + 1))) + "\n");
        }
        return 0;
    }

    private static bool Wanted(string list, int n)
    {
        foreach (string part in list.Split(','))
        {
            var ends = part.Split('-');
            int from = int.TryParse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out int a) ? a : 1;
            int to = ends.Length == 1 ? from : int.TryParse(ends[1], NumberStyles.None, CultureInfo.InvariantCulture, out int b) ? b : int.MaxValue;
            if (n >= from && n <= to) return true;
        }
        return false;
    }
}

/// <summary>tr: SET1 SET2, -d SET1, -s; ranges and [:upper:] [:lower:].</summary>
internal sealed class Tr : IProgram
{
    public string Name => "tr";

    public async Task<int> Run(ProcessContext process)
    {
        var arguments = new Arguments(process.Arguments, []);
        var sets = arguments.Operands.Select(o => Set(Escapes.Resolve(o))).ToList();
        if (sets.Count == 0) return process.Fail(1, "tr: missing operand\nTry 'tr --help' for more information.");
        string text = await process.Input.ReadAll();
        var result = new StringBuilder();
        foreach (char c in text)
        {
            int at = sets[0].IndexOf(c, StringComparison.Ordinal);
            bool found = at >= 0 != arguments.Has("c", "C");
            char shown = found && sets.Count > 1 && sets[1].Length > 0 && !arguments.Has("d") ? sets[1][Math.Clamp(at, 0, sets[1].Length - 1)] : c;
            if (found && arguments.Has("d")) continue;
            if (found && arguments.Has("s") && result.Length > 0 && result[^1] == shown) continue;
            result.Append(shown);
        }
        process.Output.Write(result.ToString());
        return 0;
    }

    private static string Set(string text)
    {
        text = text.Replace("[:upper:]", "A-Z", StringComparison.Ordinal).Replace("[:lower:]", "a-z", StringComparison.Ordinal).Replace("[:digit:]", "0-9", StringComparison.Ordinal)
            .Replace("[:space:]", " \t\n\r\f\v", StringComparison.Ordinal).Replace("[:alnum:]", "A-Za-z0-9", StringComparison.Ordinal);
        var set = new StringBuilder();
        for (int i = 0; i < text.Length; i++)
        {
            if (i + 2 < text.Length && text[i + 1] == '-' && text[i + 2] >= text[i])
            {
                for (char c = text[i]; c <= text[i + 2]; c++) set.Append(c);
                i += 2;
            }
            else set.Append(text[i]);
        }
        return set.ToString();
    }
}

/// <summary>wc: -l -w -c.</summary>
internal sealed class Wc : IProgram
{
    public string Name => "wc";

    public async Task<int> Run(ProcessContext process)
    {
        var arguments = new Arguments(process.Arguments, []);
        if (await FilterInput.Read(process, arguments.Operands) is not { } text) return 1;
        var counts = new List<int>();
        bool all = !arguments.Has("l", "w", "c");
        if (all || arguments.Has("l")) counts.Add(text.Count(c => c == '\n'));
        if (all || arguments.Has("w")) counts.Add(text.Split([' ', '\t', '\n'], StringSplitOptions.RemoveEmptyEntries).Length);
        if (all || arguments.Has("c")) counts.Add(Encoding.UTF8.GetByteCount(text));
        string names = arguments.Operands.Count > 0 ? " " + arguments.Operands[0] : "";
        process.Output.Write((counts.Count == 1 ? $"{counts[0]}" : string.Join(' ', counts.Select(c => $"{c,7}"))) + names + "\n");
        return 0;
    }
}

/// <summary>sort and uniq, as far as lines go: -r -n -u, and uniq -c.</summary>
internal sealed class Sort(string name) : IProgram
{
    public string Name => name;

    public async Task<int> Run(ProcessContext process)
    {
        var arguments = new Arguments(process.Arguments, ["k", "t"]);
        if (await FilterInput.Read(process, arguments.Operands) is not { } text) return 2;
        var lines = FilterInput.Lines(text);
        if (name == "uniq")
        {
            var runs = new List<(string Line, int Count)>();
            foreach (string l in lines)
                if (runs.Count > 0 && runs[^1].Line == l) runs[^1] = (l, runs[^1].Count + 1);
                else runs.Add((l, 1));
            lines = runs.Select(r => arguments.Has("c") ? $"{r.Count,7} {r.Line}" : r.Line).ToList();
        }
        else
        {
            lines = (arguments.Has("n") ? lines.OrderBy(Number).ThenBy(l => l, StringComparer.Ordinal) : lines.Order(StringComparer.Ordinal)).ToList();
            if (arguments.Has("u")) lines = lines.Distinct().ToList();
            if (arguments.Has("r")) lines.Reverse();
        }
        process.Output.Write(string.Concat(lines.Select(l => l + "\n")));
        return 0;
    }

    private static double Number(string line) => double.TryParse(line.TrimStart().Split(' ')[0], NumberStyles.Float, CultureInfo.InvariantCulture, out double n) ? n : 0;
}
