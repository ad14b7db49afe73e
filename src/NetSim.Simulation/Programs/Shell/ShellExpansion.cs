using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using NetSim.Simulation.Programs.Text;

namespace NetSim.Simulation.Programs.Shell;

/// <summary>Expands words: variables, command substitution, arithmetic, then splitting at IFS and path names (POSIX.1-2017, Shell Command Language, 2.6); arrays of bash.</summary>
internal sealed class ShellExpansion(ShellState state, ProcessContext process, Func<ShellCommand, Task<string>> substitute)
{
    private const int MostPieces = 10_000;

    /// <summary>The fields of several words.</summary>
    public async Task<List<string>> Fields(IEnumerable<Word> words)
    {
        var fields = new List<string>();
        foreach (var w in words)
            foreach (var braced in Braces(w))
            {
                int first = fields.Count;
                await Split(braced, fields);
                if (fields.Count > first && braced.Parts.Any(p => p is WordPart.Literal { Quoted: false } l && l.Text.AsSpan().IndexOfAny("*?[") >= 0)) Paths(fields, first);
            }
        return fields;
    }

    /// <summary>The value of an arithmetic expression; assignments in it are made.</summary>
    public long Calculate(string text) => new ShellArithmetic(text, n => Value(n) ?? "0", (n, v) => state.Variables[n] = v).Value();

    /// <summary>{1..3} and {a,b} of bash, in a word without quotes and variables.</summary>
    private static IEnumerable<Word> Braces(Word word)
    {
        if (word.Plain is not { } text || Regex.Match(text, @"^(?<before>[^{}]*)\{(?<inner>[^{}]*)\}(?<after>[^{}]*)$", RegexOptions.None, TimeSpan.FromSeconds(1)) is not { Success: true } m) return [word];
        string inner = m.Groups["inner"].Value;
        var range = Regex.Match(inner, @"^(?<from>-?\d{1,6})\.\.(?<to>-?\d{1,6})$", RegexOptions.None, TimeSpan.FromSeconds(1));
        IEnumerable<string> pieces;
        if (range.Success)
        {
            int from = int.Parse(range.Groups["from"].Value, CultureInfo.InvariantCulture), to = int.Parse(range.Groups["to"].Value, CultureInfo.InvariantCulture);
            pieces = Enumerable.Range(0, Math.Min(Math.Abs(to - from) + 1, MostPieces)).Select(i => (from <= to ? from + i : from - i).ToString(CultureInfo.InvariantCulture));
        }
        else if (inner.Contains(',', StringComparison.Ordinal)) pieces = inner.Split(',');
        else return [word];
        return pieces.Select(p => new Word([new WordPart.Literal(m.Groups["before"].Value + p + m.Groups["after"].Value, false)]));
    }

    /// <summary>A pattern gives way to the paths it fits; without one it stays (2.6.6).</summary>
    private void Paths(List<string> fields, int first)
    {
        for (int i = fields.Count - 1; i >= first; i--)
        {
            string pattern = fields[i];
            if (!pattern.StartsWith('/')) continue;
            int depth = pattern.Count(c => c == '/');
            var fitting = process.Files.Paths().Select(p => string.Join('/', p.TrimEnd('/').Split('/').Take(depth + 1))).Distinct().Where(p => p.Count(c => c == '/') == depth && ShellPattern.Fits(p, pattern)).Order(StringComparer.Ordinal).ToList();
            if (fitting.Count == 0) continue;
            fields.RemoveAt(i);
            fields.InsertRange(i, fitting);
        }
    }

    /// <summary>The elements of $@ and ${NAME[@]}; null for anything else.</summary>
    private IReadOnlyList<string>? Many(WordPart part) => part is not WordPart.Variable { Operator: "" } v ? null
        : v.Name == "@" ? state.Positional : v.Name.EndsWith("[@]", StringComparison.Ordinal) || !v.Quoted && v.Name.EndsWith("[*]", StringComparison.Ordinal) ? Elements(v.Name) : null;

    private IReadOnlyList<string> Elements(string name) => state.Arrays.TryGetValue(name[..name.IndexOf('[', StringComparison.Ordinal)], out var array) ? array
        : state.Variables.TryGetValue(name[..name.IndexOf('[', StringComparison.Ordinal)], out string? one) ? [one] : [];

    /// <summary>A word as one field.</summary>
    public async Task<string> Single(Word word)
    {
        var text = new StringBuilder();
        foreach (var p in word.Parts) text.Append(await Part(p));
        return text.ToString();
    }

    private async Task Split(Word word, List<string> fields)
    {
        var field = new StringBuilder();
        bool open = false;
        foreach (var part in word.Parts)
        {
            if (Many(part) is { Count: > 0 } many)
            {
                fields.AddRange(many.Take(many.Count - 1).Select((p, i) => i == 0 ? field + p : p));
                if (many.Count > 1) field.Clear();
                field.Append(many[^1]);
                open = true;
                continue;
            }
            string text = await Part(part);
            if (part.Quoted || part is WordPart.Literal)
            {
                field.Append(text);
                open |= Many(part) is null;
                continue;
            }
            string separators = state.Separators;
            var pieces = text.Split(separators.ToCharArray(), StringSplitOptions.RemoveEmptyEntries);
            for (int i = 0; i < pieces.Length; i++)
            {
                if (open && (i > 0 || separators.Contains(text[0], StringComparison.Ordinal))) Close(field, fields);
                field.Append(pieces[i]);
                open = true;
            }
            if (open && text.Length > 0 && separators.Contains(text[^1], StringComparison.Ordinal))
            {
                Close(field, fields);
                open = false;
            }
        }
        if (open) fields.Add(field.ToString());
    }

    private static void Close(StringBuilder field, List<string> fields)
    {
        fields.Add(field.ToString());
        field.Clear();
    }

    private async Task<string> Part(WordPart part) => part switch
    {
        WordPart.Literal l => l.Text,
        WordPart.Variable v => await Variable(v),
        WordPart.Substitution s => (await substitute(s.Body)).TrimEnd('\n'),
        WordPart.Arithmetic a => Calculate(await Single(a.Expression)).ToString(CultureInfo.InvariantCulture),
        _ => "",
    };

    private async Task<string> Variable(WordPart.Variable v)
    {
        string? value = Value(v.Name);
        bool empty = string.IsNullOrEmpty(value);
        bool useOther = v.Operator.StartsWith(':') ? empty : value is null;
        switch (v.Operator)
        {
            case "": return value ?? "";
            case "length" when v.Name.EndsWith("[@]", StringComparison.Ordinal) || v.Name.EndsWith("[*]", StringComparison.Ordinal): return Elements(v.Name).Count.ToString(CultureInfo.InvariantCulture);
            case "length": return (value ?? "").Length.ToString(CultureInfo.InvariantCulture);
            case ":-" or "-": return useOther ? await Single(v.Argument!) : value!;
            case ":+" or "+": return useOther ? "" : await Single(v.Argument!);
            case ":=" or "=": return useOther ? state.Variables[v.Name] = await Single(v.Argument!) : value!;
            case ":?" or "?": return useOther ? throw new ShellSyntaxException($"{v.Name}: {await Single(v.Argument!)}") : value!;
            case ":": return Part(value ?? "", await Single(v.Argument!));
            case "/" or "//": return Replaced(value ?? "", await Single(v.Argument!), v.Operator == "//");
            default: return ShellPattern.Trim(value ?? "", v.Operator, await Single(v.Argument!));
        }
    }

    private string? Value(string name) => name switch
    {
        "?" => state.Status.ToString(CultureInfo.InvariantCulture),
        "#" => state.Positional.Count.ToString(CultureInfo.InvariantCulture),
        "@" or "*" => string.Join(' ', state.Positional),
        "0" => state.Zero,
        "$" => "1",
        "RANDOM" => process.Clock.Chance.Next(32768).ToString(CultureInfo.InvariantCulture),
        "!" => state.LastJob.ToString(CultureInfo.InvariantCulture),
        _ when char.IsAsciiDigit(name[0]) => int.Parse(name, CultureInfo.InvariantCulture) is var n && n <= state.Positional.Count ? state.Positional[n - 1] : null,
        _ when name.EndsWith(']') => Element(name),
        _ => state.Variables.GetValueOrDefault(name) ?? state.Arrays.GetValueOrDefault(name)?.FirstOrDefault(),
    };

    private string? Element(string name)
    {
        string at = name[(name.IndexOf('[', StringComparison.Ordinal) + 1)..^1];
        var all = Elements(name);
        if (at is "@" or "*") return string.Join(' ', all);
        long i = Calculate(at.TrimStart('$'));
        return i < 0 ? all.ElementAtOrDefault((int)(all.Count + i)) : i < all.Count ? all[(int)i] : null;
    }

    /// <summary>${NAME:OFFSET:LENGTH} of bash.</summary>
    private string Part(string value, string argument)
    {
        var ends = argument.Split(':');
        long from = Calculate(ends[0]);
        from = Math.Clamp(from < 0 ? value.Length + from : from, 0, value.Length);
        long length = ends.Length > 1 ? Calculate(ends[1]) : value.Length;
        long to = Math.Clamp(length < 0 ? value.Length + length : from + length, from, value.Length);
        return value[(int)from..(int)to];
    }

    /// <summary>${NAME/PATTERN/TEXT} of bash: the first, or all; the longest that fits.</summary>
    private static string Replaced(string value, string argument, bool all)
    {
        var words = argument.Split('/', 2);
        string by = words.Length > 1 ? words[1] : "";
        var text = new StringBuilder();
        for (int i = 0; i < value.Length;)
        {
            int end = Enumerable.Range(0, value.Length - i).Select(n => value.Length - n).FirstOrDefault(e => ShellPattern.Fits(value[i..e], words[0]), -1);
            if (end <= i)
            {
                text.Append(value[i++]);
                continue;
            }
            text.Append(by);
            i = end;
            if (!all) return text.Append(value[i..]).ToString();
        }
        return text.ToString();
    }
}
