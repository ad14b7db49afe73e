namespace NetSim.Simulation.Programs.Text;

/// <summary>Patterns of case and ${x#y}: * ? [abc].</summary>
internal static class ShellPattern
{
    /// <summary>Does the whole text fit?</summary>
    public static bool Fits(string text, string pattern) => Fits(text.AsSpan(), pattern.AsSpan());

    /// <summary>Removes the shortest (# %) or longest (## %%) fitting beginning (#) or end (%).</summary>
    public static string Trim(string text, string op, string pattern)
    {
        var lengths = Enumerable.Range(0, text.Length + 1);
        if (op.Length == 2) lengths = lengths.Reverse();
        foreach (int n in lengths)
        {
            if (op[0] == '#' && Fits(text[..n], pattern)) return text[n..];
            if (op[0] == '%' && Fits(text[^n..], pattern)) return text[..^n];
        }
        return text;
    }

    private static bool Fits(ReadOnlySpan<char> text, ReadOnlySpan<char> pattern)
    {
        if (pattern.Length == 0) return text.Length == 0;
        if (pattern[0] == '*')
        {
            for (int n = 0; n <= text.Length; n++)
                if (Fits(text[n..], pattern[1..])) return true;
            return false;
        }
        if (text.Length == 0) return false;
        int close = pattern[0] == '[' ? pattern.IndexOf(']') : -1;
        if (close > 1) return pattern[1..close].Contains(text[0]) && Fits(text[1..], pattern[(close + 1)..]);
        return (pattern[0] == '?' || pattern[0] == text[0]) && Fits(text[1..], pattern[1..]);
    }
}
