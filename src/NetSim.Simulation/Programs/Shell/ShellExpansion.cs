using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using NetSim.Simulation.Programs.Text;

namespace NetSim.Simulation.Programs.Shell;

/// <summary>Expands words: variables, command substitution, arithmetic, then splitting at white space (POSIX.1-2017, Shell Command Language, 2.6). No path names.</summary>
internal sealed class ShellExpansion(ShellState state, Func<ShellCommand, Task<string>> substitute)
{
    private const int MostPieces = 10_000;

    /// <summary>The fields of several words.</summary>
    public async Task<List<string>> Fields(IEnumerable<Word> words)
    {
        var fields = new List<string>();
        foreach (var w in words)
            foreach (var braced in Braces(w)) await Split(braced, fields);
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
            if (part is WordPart.Variable { Name: "@", Operator: "" } && state.Positional.Count > 0)
            {
                fields.AddRange(state.Positional.Take(state.Positional.Count - 1).Select((p, i) => i == 0 ? field + p : p));
                if (state.Positional.Count > 1) field.Clear();
                field.Append(state.Positional[^1]);
                open = true;
                continue;
            }
            string text = await Part(part);
            if (part.Quoted || part is WordPart.Literal)
            {
                field.Append(text);
                open |= part is not WordPart.Variable { Name: "@" };
                continue;
            }
            var pieces = text.Split([' ', '\t', '\n'], StringSplitOptions.RemoveEmptyEntries);
            for (int i = 0; i < pieces.Length; i++)
            {
                if (open && (i > 0 || char.IsWhiteSpace(text[0]))) Close(field, fields);
                field.Append(pieces[i]);
                open = true;
            }
            if (open && text.Length > 0 && char.IsWhiteSpace(text[^1]))
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
            case "length": return (value ?? "").Length.ToString(CultureInfo.InvariantCulture);
            case ":-" or "-": return useOther ? await Single(v.Argument!) : value!;
            case ":+" or "+": return useOther ? "" : await Single(v.Argument!);
            case ":=" or "=": return useOther ? state.Variables[v.Name] = await Single(v.Argument!) : value!;
            case ":?" or "?": return useOther ? throw new ShellSyntaxException($"{v.Name}: {await Single(v.Argument!)}") : value!;
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
        "!" => state.LastJob.ToString(CultureInfo.InvariantCulture),
        _ when char.IsAsciiDigit(name[0]) => int.Parse(name, CultureInfo.InvariantCulture) is var n && n <= state.Positional.Count ? state.Positional[n - 1] : null,
        _ => state.Variables.GetValueOrDefault(name),
    };
}
