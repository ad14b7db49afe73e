using System.Text;
using System.Text.RegularExpressions;

namespace NetSim.Simulation.Programs.Text;

/// <summary>Regular expressions of POSIX as .NET's.</summary>
internal static class BasicExpression
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Compiles one.</summary>
    /// <exception cref="FormatException">It can't be read.</exception>
    public static Regex Compile(string pattern, bool extended, RegexOptions options)
    {
        try
        {
            return new(Classes(extended ? pattern : ToExtended(pattern)), options | RegexOptions.CultureInvariant, Patience);
        }
        catch (ArgumentException problem)
        {
            throw new FormatException("Invalid regular expression", problem);
        }
    }

    /// <summary>A basic expression as an extended one: \( \| \+ \? \{ are operators there, and the plain ones are letters.</summary>
    public static string ToExtended(string pattern)
    {
        var extended = new StringBuilder();
        for (int i = 0; i < pattern.Length; i++)
        {
            char c = pattern[i];
            if (c == '\\' && i + 1 < pattern.Length && "(){}|+?".Contains(pattern[i + 1], StringComparison.Ordinal)) extended.Append(pattern[++i]);
            else if (c == '\\' && i + 1 < pattern.Length) extended.Append(c).Append(pattern[++i]);
            else if ("(){}|+?".Contains(c, StringComparison.Ordinal)) extended.Append('\\').Append(c);
            else extended.Append(c);
        }
        return extended.ToString();
    }

    /// <summary>[[:digit:]] and the like.</summary>
    private static string Classes(string pattern) => pattern.Replace("[:digit:]", "0-9", StringComparison.Ordinal).Replace("[:space:]", @"\s", StringComparison.Ordinal)
        .Replace("[:alpha:]", "a-zA-Z", StringComparison.Ordinal).Replace("[:alnum:]", "a-zA-Z0-9", StringComparison.Ordinal).Replace("[:upper:]", "A-Z", StringComparison.Ordinal)
        .Replace("[:lower:]", "a-z", StringComparison.Ordinal).Replace("[:xdigit:]", "0-9a-fA-F", StringComparison.Ordinal).Replace("[:blank:]", @" \t", StringComparison.Ordinal);
}
