using System.Text.RegularExpressions;
using NetSim.Simulation.Programs.Text;

namespace NetSim.Simulation.Programs.Shell;

/// <summary>[[ ... ]] of bash: like test, with &amp;&amp; and ||, patterns after == and != and expressions after =~.</summary>
internal static class ShellCondition
{
    /// <summary>Does it hold?</summary>
    public static bool Holds(ProcessContext process, List<string> words)
    {
        int or = words.IndexOf("||");
        if (or >= 0) return Holds(process, words[..or]) || Holds(process, words[(or + 1)..]);
        int and = words.IndexOf("&&");
        if (and >= 0) return Holds(process, words[..and]) && Holds(process, words[(and + 1)..]);
        return words switch
        {
            ["!", .. var rest] => !Holds(process, rest),
            [var text, "==" or "=", var pattern] => ShellPattern.Fits(text, pattern),
            [var text, "!=", var pattern] => !ShellPattern.Fits(text, pattern),
            [var text, "=~", var pattern] => Regex.IsMatch(text, pattern, RegexOptions.None, TimeSpan.FromSeconds(1)),
            [var a, "<", var b] => string.CompareOrdinal(a, b) < 0,
            [var a, ">", var b] => string.CompareOrdinal(a, b) > 0,
            _ => Test.Holds(process, words),
        };
    }
}
