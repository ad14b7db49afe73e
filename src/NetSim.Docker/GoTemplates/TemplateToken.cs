using System.Globalization;
using System.Text;

namespace NetSim.Docker.GoTemplates;

/// <summary>What a token of an action is.</summary>
internal enum TokenKind
{
    Word,
    Field,
    Variable,
    Dot,
    Number,
    String,
    Sign,
}

/// <summary>A token of an action.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">As it is written.</param>
/// <param name="At">Its place in the template.</param>
/// <param name="AfterSpace">Is there a blank before it?</param>
internal readonly record struct TemplateToken(TokenKind Kind, string Text, int At, bool AfterSpace)
{
    /// <summary>Is it this sign or word?</summary>
    public bool Is(string text) => Kind is TokenKind.Sign or TokenKind.Word && Text == text;
}

/// <summary>Parts an action into tokens. Source: go1.24 src/text/template/parse/lex.go.</summary>
internal sealed class TemplateLexer(string text, int start, int end, Func<int, string, GoTemplateException> error)
{
    private int _at = start;

    /// <summary>All tokens between the braces.</summary>
    public List<TemplateToken> Tokens()
    {
        var tokens = new List<TemplateToken>();
        while (true)
        {
            int before = _at;
            while (_at < end && char.IsWhiteSpace(text[_at])) _at++;
            if (_at >= end) return tokens;
            tokens.Add(Next(_at > before));
        }
    }

    private TemplateToken Next(bool afterSpace)
    {
        int from = _at;
        char c = text[_at];
        var kind = c switch
        {
            '"' => Quoted('"'),
            '\'' => Quoted('\''),
            '`' => Raw(),
            '$' => Name(TokenKind.Variable),
            '.' when _at + 1 < end && IsLetter(text[_at + 1]) => Name(TokenKind.Field),
            '.' when _at + 1 >= end || !char.IsAsciiDigit(text[_at + 1]) => Signs(1, TokenKind.Dot),
            '(' or ')' or '|' or ',' or '=' => Signs(1, TokenKind.Sign),
            ':' when _at + 1 < end && text[_at + 1] == '=' => Signs(2, TokenKind.Sign),
            _ when char.IsAsciiDigit(c) || c is '-' or '+' or '.' => Number(),
            _ when IsLetter(c) => Name(TokenKind.Word),
            _ => throw error(from, $"unexpected bad character U+{(int)c:X4}{(char.IsControl(c) ? "" : $" '{c}'")} in command"),
        };
        return new(kind, text[from.._at], from, afterSpace);
    }

    private static bool IsLetter(char c) => c == '_' || char.IsLetterOrDigit(c);

    private TokenKind Signs(int count, TokenKind kind)
    {
        _at += count;
        return kind;
    }

    private TokenKind Name(TokenKind kind)
    {
        _at++;
        while (_at < end && IsLetter(text[_at])) _at++;
        return kind;
    }

    private TokenKind Number()
    {
        int from = _at++;
        while (_at < end && (IsLetter(text[_at]) || text[_at] == '.')) _at++;
        string word = text[from.._at];
        return GoLiteral.IsNumber(word) ? TokenKind.Number : throw error(from, $"bad number syntax: \"{word}\"");
    }

    private TokenKind Quoted(char quote)
    {
        int from = _at++;
        while (_at < end && text[_at] != quote && text[_at] != '\n') _at += text[_at] == '\\' ? 2 : 1;
        if (_at >= end || text[_at] != quote) throw error(from, quote == '"' ? "unterminated quoted string" : "unterminated character constant");
        _at++;
        return quote == '"' ? TokenKind.String : TokenKind.Number;
    }

    private TokenKind Raw()
    {
        int from = _at, close = text.IndexOf('`', from + 1);
        if (close < 0 || close >= end) throw error(from, "unterminated raw quoted string");
        _at = close + 1;
        return TokenKind.String;
    }
}

/// <summary>Values of Go's literals.</summary>
internal static class GoLiteral
{
    /// <summary>Is it a number as Go writes it (without imaginary ones)?</summary>
    public static bool IsNumber(string word) => Number(word) is not null;

    /// <summary>A long or a double; null when it is none. A character in quotes is its number.</summary>
    public static object? Number(string word)
    {
        if (word is ['\'', .., '\'']) return String($"\"{word[1..^1]}\"") is [var c] ? (long)c : null;
        string digits = word.Replace("_", "", StringComparison.Ordinal);
        if (long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole)) return whole;
        if (digits.StartsWith("0x", StringComparison.OrdinalIgnoreCase) && long.TryParse(digits.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out whole)) return whole;
        return double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out double real) ? real : null;
    }

    /// <summary>The value of a string in quotes or back quotes.</summary>
    public static string String(string quoted)
    {
        if (quoted[0] == '`') return quoted[1..^1];
        var value = new StringBuilder();
        for (int i = 1; i < quoted.Length - 1; i++)
        {
            if (quoted[i] == '\\') i = Escape(quoted, i + 1, value);
            else value.Append(quoted[i]);
        }
        return value.ToString();
    }

    private static int Escape(string quoted, int at, StringBuilder value)
    {
        char c = quoted[at];
        int digits = c switch { 'x' => 2, 'u' => 4, 'U' => 8, _ => 0 };
        if (digits > 0 && at + digits < quoted.Length && int.TryParse(quoted.AsSpan(at + 1, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int code) && Rune.TryCreate(code, out var rune))
        {
            value.Append(rune.ToString());
            return at + digits;
        }
        value.Append(c switch { 'n' => '\n', 't' => '\t', 'r' => '\r', 'a' => '\a', 'b' => '\b', 'f' => '\f', 'v' => '\v', _ => c });
        return at;
    }
}
