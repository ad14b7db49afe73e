using System.Globalization;
using System.Text;

namespace NetSim.Simulation.Programs.Text;

/// <summary>Backslash escapes of echo -e and printf.</summary>
internal static class Escapes
{
    /// <summary>Replaces \n, \t, \r, \\, \0NNN, \xHH.</summary>
    public static string Resolve(string text)
    {
        var resolved = new StringBuilder();
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\' || i + 1 == text.Length)
            {
                resolved.Append(text[i]);
                continue;
            }
            char c = text[++i];
            if (c is >= '0' and <= '7') resolved.Append((char)(Digits(text, ref i, 8, c == '0' ? 4 : 3) & 255));
            else if (c == 'x' && i + 1 < text.Length && char.IsAsciiHexDigit(text[i + 1]))
            {
                i++;
                resolved.Append((char)Digits(text, ref i, 16, 2));
            }
            else resolved.Append(Of(c));
        }
        return resolved.ToString();
    }

    private static int Digits(string text, ref int at, int numberBase, int most)
    {
        int value = 0, start = at;
        while (at < text.Length && at - start < most && int.TryParse(text.AsSpan(at, 1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int digit) && digit < numberBase)
        {
            value = value * numberBase + digit;
            at++;
        }
        at--;
        return value;
    }

    private static string Of(char c) => c switch
    {
        'n' => "\n",
        't' => "\t",
        'r' => "\r",
        'a' => "\a",
        'b' => "\b",
        'e' => "\e",
        'f' => "\f",
        'v' => "\v",
        '\\' => "\\",
        '"' => "\"",
        '\'' => "'",
        _ => "\\" + c,
    };
}
