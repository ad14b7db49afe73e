using System.Globalization;
using System.Text;

namespace NetSim.Docker.GoTemplates;

/// <summary>fmt.Sprintf for the verbs v, s, d, q, t, x, X, f, c and %. Source: go1.24 src/fmt/print.go doPrintf.</summary>
internal sealed class GoFormat(IReadOnlySet<string>? maps)
{
    private const int MostWidth = 1_000_000;

    /// <summary>The text.</summary>
    public string Write(string format, IReadOnlyList<GoValue> arguments)
    {
        var text = new StringBuilder();
        int next = 0;
        for (int at = 0; at < format.Length;)
        {
            if (format[at] != '%')
            {
                text.Append(format[at++]);
                continue;
            }
            at++;
            string flags = Take(format, ref at, "+-# 0");
            int width = Number(format, ref at, arguments, ref next);
            int precision = -1;
            if (at < format.Length && format[at] == '.')
            {
                at++;
                precision = Math.Max(0, Number(format, ref at, arguments, ref next));
            }
            if (at >= format.Length) return text.Append("%!(NOVERB)").ToString();
            char verb = format[at++];
            string shown = verb == '%' ? "%" : next < arguments.Count ? Verb(verb, arguments[next++], flags, precision) : $"%!{verb}(MISSING)";
            text.Append(Pad(shown, width, flags));
        }
        if (next < arguments.Count) text.Append($"%!(EXTRA {string.Join(", ", arguments.Skip(next).Select(a => $"{a.TypeName}={a.Print(maps)}"))})");
        return text.ToString();
    }

    private string Verb(char verb, GoValue v, string flags, int precision) => (verb, v.Value) switch
    {
        ('v', _) => v.Print(maps),
        ('s', string s) => precision >= 0 && precision < s.Length ? s[..precision] : s,
        ('s', not (long or double or bool or null)) => v.Print(maps),
        ('d', long n) => flags.Contains('+') && n >= 0 ? $"+{n}" : n.ToString(CultureInfo.InvariantCulture),
        ('q', string s) => Quote(s),
        ('t', bool b) => b ? "true" : "false",
        ('x', long n) => n.ToString("x", CultureInfo.InvariantCulture),
        ('X', long n) => n.ToString("X", CultureInfo.InvariantCulture),
        ('x', string s) => Convert.ToHexStringLower(Encoding.UTF8.GetBytes(s)),
        ('f' or 'g' or 'e', double d) => d.ToString(verb == 'f' ? $"F{Math.Min(precision < 0 ? 6 : precision, 99)}" : "R", CultureInfo.InvariantCulture),
        ('c', long n) when Rune.TryCreate((int)Math.Clamp(n, -1, int.MaxValue), out var rune) => rune.ToString(),
        ('T', _) => v.TypeName,
        (_, null) => $"%!{verb}(<nil>)",
        _ => $"%!{verb}({v.TypeName}={v.Print(maps)})",
    };

    private static string Pad(string text, int width, string flags)
    {
        bool left = flags.Contains('-') || width < 0;
        width = Math.Min(Math.Abs(width), MostWidth);
        if (left) return text.PadRight(width);
        if (!flags.Contains('0') || text.Length == 0 || !char.IsAsciiDigit(text[^1])) return text.PadLeft(width);
        return text[0] is '-' or '+' ? text[0] + text[1..].PadLeft(Math.Max(0, width - 1), '0') : text.PadLeft(width, '0');
    }

    private static string Take(string format, ref int at, string characters)
    {
        int from = at;
        while (at < format.Length && characters.Contains(format[at])) at++;
        return format[from..at];
    }

    private static int Number(string format, ref int at, IReadOnlyList<GoValue> arguments, ref int next)
    {
        if (at < format.Length && format[at] == '*')
        {
            at++;
            return next < arguments.Count && arguments[next++].Value is long n ? (int)Math.Clamp(n, -MostWidth, MostWidth) : 0;
        }
        string digits = Take(format, ref at, "0123456789");
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int width) ? Math.Min(width, MostWidth) : 0;
    }

    private static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (char c in text)
            quoted.Append(c switch { '"' => "\\\"", '\\' => "\\\\", '\n' => "\\n", '\t' => "\\t", '\r' => "\\r", _ => char.IsControl(c) ? $"\\x{(int)c:x2}" : c.ToString() });
        return quoted.Append('"').ToString();
    }
}
