using System.Text;

namespace NetSim.Docker.Compose.Language;

/// <summary>A text can't be filled in.</summary>
internal sealed class SubstitutionException(string message) : Exception(message)
{
    /// <summary>Is a variable missing that the file says is required? Else the text has a wrong form.</summary>
    public bool Required { get; init; }
}

/// <summary>Fills variables into a text: $A ${A} ${A:-d} ${A-d} ${A:?e} ${A?e} ${A:+x} ${A+x}, nested, and $$ for a dollar.
/// Source: compose-go v2 template/template.go SubstituteWithOptions, and its tests; compose-spec 12-interpolation.md.</summary>
internal sealed class Substitution(Func<string, string?> lookup, Action<string> unset)
{
    private const int Deepest = 32;
    private static readonly string[] Operators = [":?", ":-", ":+", "?", "-", "+"];

    /// <summary>The text with its variables filled in.</summary>
    /// <exception cref="SubstitutionException">A required variable is missing, or the text has a wrong form.</exception>
    public string Fill(string text) => Fill(text, 0);

    private string Fill(string text, int depth)
    {
        if (!text.Contains('$', StringComparison.Ordinal)) return text;
        if (depth > Deepest) throw new SubstitutionException($"defaults are nested more than {Deepest} deep");
        var filled = new StringBuilder();
        for (int i = 0; i < text.Length; i++)
        {
            char next = i + 1 < text.Length ? text[i + 1] : '\0';
            if (text[i] != '$') filled.Append(text[i]);
            else if (next == '$') filled.Append(text[i++]);
            else if (next == '{') i = Braced(text, i, depth, filled);
            else if (IsFirst(next)) i = Named(text, i + 1, filled);
            else filled.Append('$');
        }
        return filled.ToString();
    }

    private int Named(string text, int from, StringBuilder filled)
    {
        int end = EndOfName(text, from);
        filled.Append(Plain(text[from..end]));
        return end - 1;
    }

    private int Braced(string text, int at, int depth, StringBuilder filled)
    {
        int close = Close(text, at + 1);
        int end = EndOfName(text, at + 2);
        if (close < 0 || end == at + 2 || end > close) throw Invalid(text);
        string name = text[(at + 2)..end], rest = text[end..close];
        if (rest.Length == 0) filled.Append(Plain(name));
        else filled.Append(Operated(name, rest, text, depth));
        return close;
    }

    private string Operated(string name, string rest, string text, int depth)
    {
        string sign = Operators.FirstOrDefault(o => rest.StartsWith(o, StringComparison.Ordinal)) ?? throw Invalid(text);
        string word = rest[sign.Length..];
        string? value = lookup(name);
        bool there = sign[0] == ':' ? !string.IsNullOrEmpty(value) : value is not null;
        switch (sign[^1])
        {
            case '-': return there ? value! : Fill(word, depth + 1);
            case '+': return there ? Fill(word, depth + 1) : value ?? "";
            default:
                if (there) return value!;
                string reason = Fill(word, depth + 1);
                throw new SubstitutionException($"required variable {name} is missing a value{(reason.Length > 0 ? ": " + reason : "")}") { Required = true };
        }
    }

    private string Plain(string name)
    {
        if (lookup(name) is { } value) return value;
        unset(name);
        return "";
    }

    /// <summary>The brace that closes the one at a place; where braces don't pair, the last one of the line.</summary>
    private static int Close(string text, int open)
    {
        int depth = 0;
        for (int i = open; i < text.Length; i++)
        {
            if (text[i] == '{') depth++;
            if (text[i] == '}' && --depth == 0) return i;
        }
        return text.LastIndexOf('}') is var last && last > open ? last : -1;
    }

    private static int EndOfName(string text, int from)
    {
        int end = from;
        if (end >= text.Length || !IsFirst(text[end])) return from;
        while (end < text.Length && (IsFirst(text[end]) || char.IsAsciiDigit(text[end]))) end++;
        return end;
    }

    private static bool IsFirst(char c) => char.IsAsciiLetter(c) || c == '_';

    private static SubstitutionException Invalid(string text) => new($"\"{text}\" has a $ that begins no variable; to write a dollar sign, double it: $$");
}
