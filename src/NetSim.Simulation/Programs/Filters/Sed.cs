using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using NetSim.Simulation.Programs.Text;
using NetSim.Simulation.Programs.Tools;

namespace NetSim.Simulation.Programs.Filters;

/// <summary>sed: s, y, p, d, q, =, a, i, c with addresses (number, $, /re/, ranges, !); -n -e -E -r -i -s.</summary>
internal sealed class Sed : IProgram
{
    public string Name => "sed";

    public async Task<int> Run(ProcessContext process)
    {
        var arguments = new Arguments(process.Arguments, ["e", "f", "expression"]);
        var scripts = arguments.Values("e", "expression").ToList();
        var files = arguments.Operands.ToList();
        if (scripts.Count == 0)
        {
            if (files.Count == 0) return process.Fail(1, "Usage: sed [OPTION]... {script-only-if-no-other-script} [input-file]...");
            scripts.Add(files[0]);
            files.RemoveAt(0);
        }
        List<SedCommand> commands;
        try
        {
            commands = SedReader.Read(string.Join('\n', scripts), arguments.Has("E", "r", "regexp-extended"));
        }
        catch (FormatException problem)
        {
            return process.Fail(1, $"sed: -e expression #1, char 1: {problem.Message}");
        }
        bool quiet = arguments.Has("n", "quiet"), inPlace = arguments.Has("i", "in-place");
        if (!inPlace) return await Over(process, files, commands, quiet);
        foreach (string file in files)
        {
            if (process.Files.Read(file) is not { } text) return process.Fail(2, $"sed: can't read {file}: No such file or directory");
            process.Files.Write(file, new SedRun(commands, quiet).Run(text).Text);
        }
        return 0;
    }

    private static async Task<int> Over(ProcessContext process, List<string> files, List<SedCommand> commands, bool quiet)
    {
        var missing = files.Where(f => f != "-" && process.Files.Read(f) is null).ToList();
        foreach (string f in missing) process.Fail(2, $"sed: can't read {f}: No such file or directory");
        if (files.Count > 0 && files.Count == missing.Count) return 2;
        var (text, code) = new SedRun(commands, quiet).Run(await FilterInput.Read(process, files.Except(missing)) ?? "");
        process.Output.Write(text);
        return missing.Count > 0 ? 2 : code;
    }
}

/// <summary>Where a command applies.</summary>
/// <param name="Line">A line number; -1: the last.</param>
/// <param name="Regex">Or what it contains.</param>
internal sealed record SedAddress(int Line, Regex? Regex)
{
    /// <summary>Does it fit a line?</summary>
    public bool Fits(string text, int number, bool last) => Regex is not null ? Regex.IsMatch(text) : Line < 0 ? last : Line == number;
}

/// <summary>A command.</summary>
internal sealed record SedCommand(SedAddress? From, SedAddress? To, bool Negated, char Name, string Text, Regex? Regex, string Flags)
{
    /// <summary>Is its range open?</summary>
    public bool Open { get; set; }
}

/// <summary>Reads scripts.</summary>
internal static class SedReader
{
    /// <summary>The commands of a script.</summary>
    /// <exception cref="FormatException">It can't be read.</exception>
    public static List<SedCommand> Read(string script, bool extended)
    {
        var commands = new List<SedCommand>();
        int at = 0;
        while (true)
        {
            while (at < script.Length && (char.IsWhiteSpace(script[at]) || script[at] is ';' or '{' or '}')) at++;
            if (at >= script.Length) return commands;
            commands.Add(Command(script, ref at, extended));
        }
    }

    private static SedCommand Command(string s, ref int at, bool extended)
    {
        var from = Address(s, ref at, extended);
        SedAddress? to = null;
        if (from is not null && at < s.Length && s[at] == ',')
        {
            at++;
            to = Address(s, ref at, extended) ?? throw new FormatException("unexpected `,'");
        }
        while (at < s.Length && s[at] == ' ') at++;
        bool negated = at < s.Length && s[at] == '!';
        if (negated) at++;
        if (at >= s.Length) throw new FormatException("missing command");
        char name = s[at++];
        switch (name)
        {
            case 's' or 'y':
                if (at >= s.Length) throw new FormatException($"unterminated `{name}' command");
                char by = s[at++];
                string pattern = Until(s, ref at, by, name), text = Until(s, ref at, by, name);
                int flags = at;
                while (at < s.Length && (char.IsAsciiLetterOrDigit(s[at]))) at++;
                var options = s[flags..at].Contains('I', StringComparison.OrdinalIgnoreCase) ? RegexOptions.IgnoreCase : RegexOptions.None;
                return new(from, to, negated, name, name == 'y' ? pattern + "\0" + text : text, name == 's' ? BasicExpression.Compile(pattern, extended, options) : null, s[flags..at]);
            case 'a' or 'i' or 'c':
                int end = s.IndexOf('\n', at);
                string rest = (end < 0 ? s[at..] : s[at..end]).TrimStart(' ', '\\', '\t');
                at = end < 0 ? s.Length : end;
                return new(from, to, negated, name, rest, null, "");
            case 'p' or 'd' or 'q' or '=' or 'n':
                return new(from, to, negated, name, "", null, "");
            default: throw new FormatException($"unknown command: `{name}'");
        }
    }

    private static SedAddress? Address(string s, ref int at, bool extended)
    {
        if (at >= s.Length) return null;
        if (s[at] == '$')
        {
            at++;
            return new(-1, null);
        }
        if (s[at] == '/')
        {
            at++;
            return new(0, BasicExpression.Compile(Until(s, ref at, '/', '/'), extended, RegexOptions.None));
        }
        int start = at;
        while (at < s.Length && char.IsAsciiDigit(s[at])) at++;
        return at == start ? null : new(int.TryParse(s.AsSpan(start, at - start), NumberStyles.None, CultureInfo.InvariantCulture, out int n) ? n : int.MaxValue, null);
    }

    private static string Until(string s, ref int at, char by, char name)
    {
        var text = new StringBuilder();
        for (; at < s.Length; at++)
        {
            if (s[at] == by)
            {
                at++;
                return text.ToString();
            }
            if (s[at] == '\\' && at + 1 < s.Length && s[at + 1] == by) at++;
            else if (s[at] == '\\' && at + 1 < s.Length) text.Append(s[at++]);
            text.Append(s[at]);
        }
        throw new FormatException($"unterminated `{name}' command");
    }
}

/// <summary>Runs a script over lines.</summary>
internal sealed class SedRun(List<SedCommand> commands, bool quiet)
{
    private readonly StringBuilder _result = new();

    /// <summary>The result, and the exit code.</summary>
    public (string Text, int Code) Run(string text)
    {
        var lines = FilterInput.Lines(text);
        for (int i = 0; i < lines.Count; i++)
            if (!Line(lines[i], i + 1, i + 1 == lines.Count)) break;
        return (_result.ToString(), 0);
    }

    private bool Line(string line, int number, bool last)
    {
        string after = "";
        foreach (var c in commands)
        {
            if (Applies(c, line, number, last) == c.Negated) continue;
            switch (c.Name)
            {
                case 's': Substitute(c, ref line); break;
                case 'y':
                    var sets = c.Text.Split('\0');
                    line = string.Concat(line.Select(ch => sets[0].IndexOf(ch, StringComparison.Ordinal) is var at and >= 0 && at < sets[1].Length ? sets[1][at] : ch));
                    break;
                case 'p': _result.Append(line).Append('\n'); break;
                case '=': _result.Append(number).Append('\n'); break;
                case 'i': _result.Append(c.Text).Append('\n'); break;
                case 'a': after += c.Text + "\n"; break;
                case 'c': _result.Append(c.Text).Append('\n'); return true;
                case 'd': return true;
                case 'q':
                    if (!quiet) _result.Append(line).Append('\n');
                    _result.Append(after);
                    return false;
            }
        }
        if (!quiet) _result.Append(line).Append('\n');
        _result.Append(after);
        return true;
    }

    private static bool Applies(SedCommand c, string line, int number, bool last)
    {
        if (c.From is null) return true;
        if (c.To is null) return c.From.Fits(line, number, last);
        if (c.Open)
        {
            if (c.To.Fits(line, number, last) || c.To is { Regex: null, Line: > 0 } && number >= c.To.Line) c.Open = false;
            return true;
        }
        if (!c.From.Fits(line, number, last)) return false;
        c.Open = c.To is not { Regex: null, Line: > 0 } || c.To.Line > number;
        return true;
    }

    private void Substitute(SedCommand c, ref string line)
    {
        int nth = c.Flags.Where(char.IsAsciiDigit).Select(d => d - '0').FirstOrDefault(1), seen = 0;
        bool all = c.Flags.Contains('g', StringComparison.Ordinal), changed = false;
        line = c.Regex!.Replace(line, m =>
        {
            seen++;
            if (seen < nth || seen > nth && !all) return m.Value;
            changed = true;
            return Filled(c.Text, m);
        });
        if (changed && c.Flags.Contains('p', StringComparison.Ordinal)) _result.Append(line).Append('\n');
    }

    private static string Filled(string template, Match m)
    {
        var text = new StringBuilder();
        for (int i = 0; i < template.Length; i++)
        {
            char c = template[i];
            if (c == '&') text.Append(m.Value);
            else if (c != '\\' || i + 1 >= template.Length) text.Append(c);
            else if (char.IsAsciiDigit(template[++i])) text.Append(m.Groups[template[i] - '0'].Value);
            else text.Append(template[i] switch { 'n' => '\n', 't' => '\t', var other => other });
        }
        return text.ToString();
    }
}
