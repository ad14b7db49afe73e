using System.Globalization;

namespace NetSim.Simulation.Programs.Shell;

/// <summary>$((...)): whole numbers, variables, + - * / %, comparisons, brackets, assignments (= += -= ++ --).</summary>
internal sealed class ShellArithmetic(string text, Func<string, string> variable, Action<string, string>? assign = null)
{
    private static readonly string[][] Levels = [["||"], ["&&"], ["==", "!="], ["<=", ">=", "<", ">"], ["+", "-"], ["*", "/", "%"]];
    private int _at;

    /// <summary>The value.</summary>
    /// <exception cref="ShellSyntaxException">It is no expression.</exception>
    public long Value()
    {
        long value = Level(0);
        Blanks();
        return _at < text.Length ? throw new ShellSyntaxException($"{text}: syntax error: invalid arithmetic operator") : value;
    }

    private void Blanks()
    {
        while (_at < text.Length && char.IsWhiteSpace(text[_at])) _at++;
    }

    private long Level(int level)
    {
        if (level == Levels.Length) return Unary();
        long left = Level(level + 1);
        while (true)
        {
            Blanks();
            string? op = Levels[level].FirstOrDefault(o => string.CompareOrdinal(text, _at, o, 0, o.Length) == 0);
            if (op is null) return left;
            _at += op.Length;
            left = Apply(op, left, Level(level + 1));
        }
    }

    private long Apply(string op, long a, long b) => op switch
    {
        "||" => a != 0 || b != 0 ? 1 : 0,
        "&&" => a != 0 && b != 0 ? 1 : 0,
        "==" => a == b ? 1 : 0,
        "!=" => a != b ? 1 : 0,
        "<=" => a <= b ? 1 : 0,
        ">=" => a >= b ? 1 : 0,
        "<" => a < b ? 1 : 0,
        ">" => a > b ? 1 : 0,
        "+" => unchecked(a + b),
        "-" => unchecked(a - b),
        "*" => unchecked(a * b),
        _ when b == 0 => throw new ShellSyntaxException($"{text}: division by 0 (error token is \"0\")"),
        "/" => a / b,
        _ => a % b,
    };

    private long Unary()
    {
        Blanks();
        if (_at >= text.Length) return 0;
        char c = text[_at];
        if (_at + 1 < text.Length && c is '+' or '-' && text[_at + 1] == c && _at + 2 < text.Length && (char.IsAsciiLetter(text[_at + 2]) || text[_at + 2] == '_'))
        {
            _at += 2;
            string name = Word();
            return Assign(name, Number(name) + (c == '+' ? 1 : -1));
        }
        if (c is '-' or '+' or '!')
        {
            _at++;
            long value = Unary();
            return c == '-' ? unchecked(-value) : c == '!' ? (value == 0 ? 1 : 0) : value;
        }
        if (c == '(')
        {
            _at++;
            long value = Level(0);
            Blanks();
            if (_at < text.Length && text[_at] == ')') _at++;
            return value;
        }
        string word = Word();
        if (word.Length == 0) throw new ShellSyntaxException($"{text}: syntax error: operand expected");
        return char.IsAsciiDigit(word[0]) ? Number(word) : Assigned(word);
    }

    private string Word()
    {
        int start = _at;
        while (_at < text.Length && (char.IsAsciiLetterOrDigit(text[_at]) || text[_at] == '_')) _at++;
        return text[start.._at];
    }

    /// <summary>A variable, or an assignment to it.</summary>
    private long Assigned(string name)
    {
        Blanks();
        string rest = text[_at..];
        long before = Number(name);
        foreach (string op in (string[])["++", "--"])
        {
            if (!rest.StartsWith(op, StringComparison.Ordinal)) continue;
            _at += 2;
            Assign(name, before + (op == "++" ? 1 : -1));
            return before;
        }
        string? by = new[] { "+=", "-=", "*=", "/=", "%=" }.FirstOrDefault(o => rest.StartsWith(o, StringComparison.Ordinal));
        if (by is null && (!rest.StartsWith('=') || rest.StartsWith("==", StringComparison.Ordinal))) return before;
        _at += by is null ? 1 : 2;
        long value = Level(0);
        return Assign(name, by is null ? value : Apply(by[..1], before, value));
    }

    private long Assign(string name, long value)
    {
        assign?.Invoke(name, value.ToString(CultureInfo.InvariantCulture));
        return value;
    }

    private long Number(string word) =>
        long.TryParse(char.IsAsciiDigit(word[0]) ? word : variable(word), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long n) ? n : 0;
}
